#pragma once

#include "postgres_value.h"
#include "ssprotect/crypto/secret.h"

#include <deque>
#include <memory>
#include <unordered_map>
#include <vector>

namespace ssprotect::store {

/// How to reach a server, and what holds for each connection to it.
struct PostgresAccess {
    crypto::SecretBytes url; ///< as libpq takes it; it may hold a password
    std::string label;
    Duration patience; ///< with a row that somebody else holds, and with a connection
    Duration longestStatement;
};

struct ClearAnswer {
    void operator()(PGresult* result) const { PQclear(result); }
};
using Answer = std::unique_ptr<PGresult, ClearAnswer>;

/// One connection in libpq's pipeline mode: statements are sent without waiting for what became of those before, and
/// one round trip collects all answers. Statements are prepared once, by their text and the types of their parameters.
/// One thread.
class PostgresLink {
public:
    /// With `tellWhy` the Error quotes libpq (addresses, names, never the password): for who runs the server.
    static Result<std::unique_ptr<PostgresLink>> connect(const PostgresAccess& access, bool tellWhy);

    /// Nothing can be done with it any more.
    bool isLost() const { return lost_; }
    /// A look at what the server sent or closed meanwhile.
    bool isReady();
    bool inTransaction() const;
    /// The SQLSTATE of the latest Error; empty: none, or the connection is lost.
    const std::string& lastState() const { return lastState_; }
    /// How many answers are yet to be collected.
    std::size_t waiting() const { return sent_.size(); }

    Status send(std::string_view sql, const PostgresParameters& parameters);
    /// A statement whose answer is looked at later, whatever is sent behind it.
    Status sendKept(std::string_view sql);
    /// The answer of the latest one, once it is collected.
    const PGresult* kept() const { return kept_.get(); }
    /// What was sent leaves at once, so that the server works on it while more is made ready.
    Status push();
    /// For a text that comes but once.
    Status sendUnprepared(std::string_view sql);
    /// Waits for all that was sent: the first Error, or the last answer.
    Result<Answer> collect();
    /// The same, and the answers of the `count` statements that were sent last.
    Result<std::vector<Answer>> collectLast(std::size_t count);
    /// Several statements as they stand, without parameters.
    Status script(const std::string& sql);

private:
    struct Finish {
        void operator()(PGconn* handle) const { PQfinish(handle); }
    };
    struct Sent {
        std::string prepares; ///< the key of the statement that this makes; empty: it runs one
        bool keeps = false;
    };

    PostgresLink(PGconn* handle, std::string label) : handle_(handle), label_(std::move(label)) {}
    Status setUp(const PostgresAccess& access);
    Result<const std::string*> prepared(std::string_view sql, const PostgresParameters& parameters);
    Status sentOr(int sent, Sent what);
    Error errorOf(const PGresult* result);
    Error loss();

    std::unique_ptr<PGconn, Finish> handle_;
    std::string label_;
    bool lost_ = false;
    std::string lastState_;
    std::deque<Sent> sent_;
    Answer kept_;
    std::unordered_map<std::string, std::string> statements_; ///< types and text → name
    std::size_t named_ = 0;
};

} // namespace ssprotect::store
