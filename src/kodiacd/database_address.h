#pragma once

#include "ssprotect/crypto/secret.h"
#include "ssprotect/platform/file_system.h"

#include <string>
#include <string_view>

namespace ssprotect::kodiacd {

/// Where a database lies: `sqlite:PATH` or an URL of libpq, `postgresql://…`.
struct DatabaseAddress {
    enum class Engine { sqlite, postgres };

    Engine engine = Engine::sqlite;
    platform::Path file;          ///< SQLite
    std::string url;              ///< PostgreSQL, without a password
    crypto::SecretBytes password; ///< that the text had; empty: none

    /// `sqlite:PATH` or the URL, without a password: fit to be written down and shown.
    std::string text() const;
    /// The URL for libpq, with the password if there is one.
    crypto::SecretBytes urlWithPassword() const;
};

/// A relative path begins at `base`. `invalid-input` for anything else than the two kinds.
Result<DatabaseAddress> parseDatabaseAddress(std::string_view text, const platform::Path& base);

} // namespace ssprotect::kodiacd
