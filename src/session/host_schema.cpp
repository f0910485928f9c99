#include "host_schema.h"

#include <array>

namespace ssprotect::session {
namespace {

constexpr std::array kMigrations{store::Migration{1, R"sql(
CREATE TABLE settings (
    name TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
);
CREATE TABLE profiles (
    name_key TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    email_key TEXT NOT NULL,
    email TEXT NOT NULL,
    server TEXT NOT NULL,
    account BLOB,
    organization BLOB,
    current INTEGER NOT NULL,
    UNIQUE (server, email_key)
);
CREATE TABLE accounts (
    number INTEGER PRIMARY KEY,
    account BLOB NOT NULL UNIQUE,
    organization BLOB NOT NULL,
    email_key TEXT NOT NULL,
    root BLOB NOT NULL,
    vault_generation INTEGER NOT NULL
);
CREATE INDEX accounts_by_email ON accounts (email_key);
CREATE TABLE counters (
    host BLOB NOT NULL PRIMARY KEY,
    account BLOB NOT NULL,
    bound INTEGER NOT NULL,
    confirmed INTEGER NOT NULL
);
CREATE TABLE hostlist (
    account BLOB NOT NULL,
    path BLOB NOT NULL,
    folded_path BLOB NOT NULL,
    folded_name BLOB NOT NULL,
    file BLOB NOT NULL,
    version INTEGER NOT NULL,
    organization BLOB NOT NULL,
    owner BLOB NOT NULL,
    mode INTEGER NOT NULL,
    size INTEGER NOT NULL,
    stored_at INTEGER NOT NULL,
    opened_at INTEGER,
    PRIMARY KEY (account, path)
) WITHOUT ROWID;
CREATE INDEX hostlist_by_chain ON hostlist (account, file, version);
CREATE TABLE released (
    account BLOB NOT NULL,
    path BLOB NOT NULL,
    file BLOB NOT NULL,
    version INTEGER NOT NULL,
    owner BLOB NOT NULL,
    session BLOB NOT NULL,
    PRIMARY KEY (account, path)
) WITHOUT ROWID;
CREATE TABLE seen (
    account BLOB NOT NULL,
    path BLOB NOT NULL,
    file BLOB NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (account, path, file)
) WITHOUT ROWID;
)sql"}};

} // namespace

store::Schema hostSchema() { return {"ssprotect-host", kMigrations}; }

} // namespace ssprotect::session
