#include "ssprotect/kodiac/authority.h"

#include <array>

namespace ssprotect::kodiac {
namespace {

// Ids, keys and digests are BLOBs, times Unix milliseconds. Columns called "sealed" lie under the master key. History
// (audit, versions' creators) refers to accounts without a foreign key: it stays when they go.
constexpr std::string_view kFirst = R"sql(
CREATE TABLE meta (
    name  TEXT PRIMARY KEY,
    value BLOB NOT NULL
);

CREATE TABLE organizations (
    id          BLOB NOT NULL PRIMARY KEY,
    root        BLOB NOT NULL,
    share_epoch INTEGER NOT NULL,
    key_epoch   INTEGER NOT NULL,
    created     INTEGER NOT NULL
);

CREATE TABLE share_roots (
    organization BLOB NOT NULL REFERENCES organizations(id),
    epoch        INTEGER NOT NULL,
    sealed       BLOB NOT NULL,
    created      INTEGER NOT NULL,
    PRIMARY KEY (organization, epoch)
);

CREATE TABLE accounts (
    id                    BLOB NOT NULL PRIMARY KEY,
    organization          BLOB NOT NULL REFERENCES organizations(id),
    email                 TEXT NOT NULL,
    email_key             TEXT NOT NULL UNIQUE,
    state                 TEXT NOT NULL,
    disabled              INTEGER NOT NULL DEFAULT 0,
    privilege             TEXT NOT NULL,
    software_id           TEXT NOT NULL UNIQUE,
    signing               BLOB NOT NULL,
    agreement             BLOB NOT NULL,
    mode                  INTEGER NOT NULL,
    release_protections   INTEGER NOT NULL DEFAULT 1,
    integrity_override    INTEGER NOT NULL DEFAULT 0,
    unsigned_apps         INTEGER NOT NULL DEFAULT 0,
    no_second_factor      INTEGER NOT NULL DEFAULT 0,
    no_bulk_second_factor INTEGER NOT NULL DEFAULT 0,
    keys_exported         INTEGER,
    exported_file         BLOB,
    created               INTEGER NOT NULL
);

CREATE TABLE passwords (
    account BLOB NOT NULL PRIMARY KEY REFERENCES accounts(id),
    salt    BLOB NOT NULL,
    n       INTEGER NOT NULL,
    r       INTEGER NOT NULL,
    p       INTEGER NOT NULL,
    sealed  BLOB NOT NULL,
    changed INTEGER NOT NULL
);

CREATE TABLE vaults (
    account    BLOB NOT NULL PRIMARY KEY REFERENCES accounts(id),
    generation INTEGER NOT NULL,
    content    BLOB NOT NULL
);

CREATE TABLE members (
    organization BLOB NOT NULL REFERENCES organizations(id),
    account      BLOB NOT NULL REFERENCES accounts(id),
    email        TEXT NOT NULL,
    signing      BLOB NOT NULL,
    agreement    BLOB NOT NULL,
    signer       BLOB NOT NULL,
    signature    BLOB NOT NULL,
    PRIMARY KEY (organization, account)
);

CREATE TABLE content_keys (
    organization BLOB NOT NULL REFERENCES organizations(id),
    epoch        INTEGER NOT NULL,
    account      BLOB NOT NULL REFERENCES accounts(id),
    encapsulated BLOB NOT NULL,
    ciphertext   BLOB NOT NULL,
    sealer       BLOB NOT NULL,
    signature    BLOB NOT NULL,
    PRIMARY KEY (organization, epoch, account)
);

CREATE TABLE hosts (
    account      BLOB NOT NULL REFERENCES accounts(id),
    host         BLOB NOT NULL,
    name         TEXT NOT NULL,
    sealed       BLOB,
    next_counter INTEGER NOT NULL DEFAULT 0,
    failures     INTEGER NOT NULL DEFAULT 0,
    retry_at     INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (account, host)
);

CREATE TABLE replies (
    account BLOB NOT NULL,
    host    BLOB NOT NULL,
    counter INTEGER NOT NULL,
    hash    BLOB NOT NULL,
    done    INTEGER NOT NULL,
    body    TEXT,
    sealed  BLOB,
    PRIMARY KEY (account, host),
    FOREIGN KEY (account, host) REFERENCES hosts(account, host)
);

CREATE TABLE sessions (
    id             BLOB NOT NULL PRIMARY KEY,
    account        BLOB NOT NULL REFERENCES accounts(id),
    host           BLOB NOT NULL,
    token          BLOB NOT NULL,
    previous_token BLOB,
    second_factor  INTEGER NOT NULL,
    created        INTEGER NOT NULL,
    expires        INTEGER NOT NULL,
    ended          INTEGER
);
CREATE INDEX sessions_of_account ON sessions (account, host);

CREATE TABLE nonces (
    nonce        BLOB NOT NULL PRIMARY KEY,
    kind         TEXT NOT NULL,
    email_key    TEXT NOT NULL,
    host         BLOB NOT NULL,
    client_nonce BLOB NOT NULL,
    expires      INTEGER NOT NULL
);

CREATE TABLE login_delays (
    who      BLOB NOT NULL PRIMARY KEY,
    failures INTEGER NOT NULL,
    retry_at INTEGER NOT NULL
);

CREATE TABLE files (
    id           BLOB NOT NULL PRIMARY KEY,
    organization BLOB NOT NULL REFERENCES organizations(id),
    owner        BLOB NOT NULL,
    mode         INTEGER NOT NULL,
    salt         BLOB NOT NULL,
    next         INTEGER NOT NULL,
    created      INTEGER NOT NULL
);

CREATE TABLE grants (
    id      BLOB NOT NULL PRIMARY KEY,
    account BLOB NOT NULL,
    host    BLOB NOT NULL,
    file    BLOB NOT NULL REFERENCES files(id),
    version INTEGER NOT NULL,
    created INTEGER NOT NULL,
    spent   INTEGER
);

CREATE TABLE versions (
    file        BLOB NOT NULL REFERENCES files(id),
    version     INTEGER NOT NULL,
    identity    BLOB NOT NULL,
    creator     BLOB NOT NULL,
    host        BLOB NOT NULL,
    grant_id    BLOB REFERENCES grants(id),
    state       INTEGER NOT NULL,
    size        INTEGER,
    digest      BLOB,
    signature   BLOB,
    sealed_name BLOB,
    sealed_path BLOB,
    PRIMARY KEY (file, version)
);

CREATE TABLE audit (
    sequence  INTEGER PRIMARY KEY,
    at        INTEGER NOT NULL,
    account   BLOB,
    host      BLOB,
    session   BLOB,
    proven    INTEGER NOT NULL,
    operation TEXT NOT NULL,
    file      BLOB,
    version   INTEGER NOT NULL DEFAULT 0,
    result    TEXT NOT NULL,
    reason    TEXT NOT NULL DEFAULT ''
);
CREATE INDEX audit_of_account ON audit (account, sequence);
)sql";

// PROT-4: an account may leave unchanged documents their version.
constexpr std::string_view kSecond = "ALTER TABLE accounts ADD COLUMN keep_unchanged INTEGER NOT NULL DEFAULT 0";

constexpr std::array kMigrations{store::Migration{1, kFirst}, store::Migration{2, kSecond}};

} // namespace

store::Schema authoritySchema() { return {"kodiac", kMigrations}; }

} // namespace ssprotect::kodiac
