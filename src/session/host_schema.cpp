#include "host_schema.h"

#include <array>

namespace ssprotect::session {
namespace {

constexpr std::array kMigrations{
    store::Migration{1, R"sql(
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
-- What this host knows of a chain at a path. One chain at most is listed or released there (ChainStatus);
-- the others are kept for the newest version that was seen of them.
CREATE TABLE chains (
    account BLOB NOT NULL,
    path BLOB NOT NULL,
    file BLOB NOT NULL,
    status INTEGER NOT NULL,
    version INTEGER NOT NULL,
    newest INTEGER NOT NULL,
    owner BLOB NOT NULL,
    organization BLOB,
    mode INTEGER NOT NULL DEFAULT 0,
    size INTEGER NOT NULL DEFAULT 0,
    stored_at INTEGER NOT NULL DEFAULT 0,
    opened_at INTEGER,
    session BLOB,
    PRIMARY KEY (account, path, file)
) WITHOUT ROWID;
)sql"},
    // Accounts on other KODiACs than the embedded one, and Organizations whose root changes hands.
    store::Migration{2, R"sql(
ALTER TABLE profiles RENAME COLUMN server TO servers;
ALTER TABLE profiles ADD COLUMN pins TEXT NOT NULL DEFAULT '';
ALTER TABLE accounts ADD COLUMN servers TEXT NOT NULL DEFAULT '';
ALTER TABLE accounts ADD COLUMN root_number INTEGER NOT NULL DEFAULT 0;
ALTER TABLE accounts ADD COLUMN newest_root BLOB;
ALTER TABLE accounts ADD COLUMN newest_number INTEGER NOT NULL DEFAULT 0;
ALTER TABLE accounts ADD COLUMN comparison_code TEXT NOT NULL DEFAULT '';
)sql"}};

} // namespace

store::Schema hostSchema() { return {"ssprotect-host", kMigrations}; }

} // namespace ssprotect::session
