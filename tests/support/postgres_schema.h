#pragma once

#include "ssprotect/crypto/secret.h"

#include <memory>
#include <string>

namespace ssprotect::support {

/// A schema of one test's own on the server that the environment variable SSPROTECT_TEST_POSTGRES names by its URL
/// (cmake/postgres.sh starts one), dropped with all in it at the end.
class PostgresSchema {
public:
    /// False: there is no server to test with, and `whyNot` says so.
    static bool isPossible();
    static std::string whyNot();

    PostgresSchema();
    ~PostgresSchema();
    PostgresSchema(const PostgresSchema&) = delete;
    PostgresSchema& operator=(const PostgresSchema&) = delete;

    /// Of this schema, with more parameters ("&sslmode=require") if need be.
    crypto::SecretBytes url(const std::string& more = {}) const;
    /// As another process does it; the first field of the first row.
    std::string ask(const std::string& sql);
    /// What ask is in the same transaction from here on, for locks that are to be held.
    void begin() { ask("BEGIN"); }
    void end() { ask("COMMIT"); }
    /// Ends every connection to this schema but the one of `ask`, as a server does that stops. Says how many there
    /// were.
    int cutConnections();
    const std::string& name() const { return name_; }

private:
    struct Server;
    std::string name_;
    std::unique_ptr<Server> server_;
};

} // namespace ssprotect::support
