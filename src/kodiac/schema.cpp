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

// Organizations of many: people and their states, policies, edit locks and their news, mail. An account that has not
// registered yet has keys of zeros.
constexpr std::string_view kThird = R"sql(
ALTER TABLE organizations ADD COLUMN kind TEXT NOT NULL DEFAULT 'individual';
ALTER TABLE organizations ADD COLUMN name TEXT NOT NULL DEFAULT '';
ALTER TABLE organizations ADD COLUMN name_key TEXT;
ALTER TABLE organizations ADD COLUMN seats INTEGER NOT NULL DEFAULT 1;
ALTER TABLE organizations ADD COLUMN quota_mb INTEGER NOT NULL DEFAULT 0;
ALTER TABLE organizations ADD COLUMN recover INTEGER NOT NULL DEFAULT 0;
ALTER TABLE organizations ADD COLUMN rotation_pending INTEGER NOT NULL DEFAULT 0;
ALTER TABLE organizations ADD COLUMN events INTEGER NOT NULL DEFAULT 0;
ALTER TABLE organizations ADD COLUMN sign_up INTEGER NOT NULL DEFAULT 0;
ALTER TABLE organizations ADD COLUMN sign_up_total INTEGER NOT NULL DEFAULT 0;
ALTER TABLE organizations ADD COLUMN sign_up_pending INTEGER NOT NULL DEFAULT 0;
ALTER TABLE organizations ADD COLUMN password_length INTEGER NOT NULL DEFAULT 0;
ALTER TABLE organizations ADD COLUMN password_classes INTEGER NOT NULL DEFAULT 0;
ALTER TABLE organizations ADD COLUMN password_days INTEGER NOT NULL DEFAULT 0;
ALTER TABLE organizations ADD COLUMN password_history INTEGER NOT NULL DEFAULT 0;
ALTER TABLE organizations ADD COLUMN password_forced INTEGER NOT NULL DEFAULT 0;
ALTER TABLE organizations ADD COLUMN token INTEGER NOT NULL DEFAULT 0;
ALTER TABLE organizations ADD COLUMN enhanced_login INTEGER NOT NULL DEFAULT 0;
ALTER TABLE organizations ADD COLUMN split_chains INTEGER NOT NULL DEFAULT 0;
ALTER TABLE organizations ADD COLUMN move_splits INTEGER NOT NULL DEFAULT 0;
ALTER TABLE organizations ADD COLUMN retain_versions INTEGER NOT NULL DEFAULT 3;
CREATE UNIQUE INDEX organizations_by_name ON organizations (name_key);

ALTER TABLE accounts ADD COLUMN key_generation INTEGER NOT NULL DEFAULT 1;
ALTER TABLE accounts ADD COLUMN wants_delegate INTEGER NOT NULL DEFAULT 0;
ALTER TABLE accounts ADD COLUMN privileged_since INTEGER;
ALTER TABLE accounts ADD COLUMN ignore_enhanced INTEGER NOT NULL DEFAULT 0;
ALTER TABLE accounts ADD COLUMN split_chains INTEGER NOT NULL DEFAULT 0;
ALTER TABLE accounts ADD COLUMN quota_mb INTEGER NOT NULL DEFAULT 0;
ALTER TABLE accounts ADD COLUMN used_bytes INTEGER NOT NULL DEFAULT 0;
ALTER TABLE accounts ADD COLUMN signed_up INTEGER NOT NULL DEFAULT 0;
ALTER TABLE accounts ADD COLUMN validated INTEGER;
ALTER TABLE accounts ADD COLUMN validated_by BLOB;
ALTER TABLE accounts ADD COLUMN compared INTEGER NOT NULL DEFAULT 0;
ALTER TABLE accounts ADD COLUMN removed INTEGER;
ALTER TABLE accounts ADD COLUMN sync_until INTEGER NOT NULL DEFAULT 0;
CREATE INDEX accounts_of_organization ON accounts (organization);

CREATE TABLE member_keys (
    account      BLOB NOT NULL REFERENCES accounts(id),
    generation   INTEGER NOT NULL,
    organization BLOB NOT NULL REFERENCES organizations(id),
    email        TEXT NOT NULL,
    signing      BLOB NOT NULL,
    agreement    BLOB NOT NULL,
    signer       BLOB NOT NULL,
    signature    BLOB NOT NULL,
    PRIMARY KEY (account, generation)
);
CREATE INDEX member_keys_of_organization ON member_keys (organization);
INSERT INTO member_keys (account, generation, organization, email, signing, agreement, signer, signature)
    SELECT account, 1, organization, email, signing, agreement, signer, signature FROM members;
DROP TABLE members;
ALTER TABLE versions ADD COLUMN creator_generation INTEGER NOT NULL DEFAULT 1;

CREATE TABLE delegates (
    account      BLOB NOT NULL PRIMARY KEY REFERENCES accounts(id),
    organization BLOB NOT NULL REFERENCES organizations(id),
    signer       BLOB NOT NULL,
    signature    BLOB NOT NULL
);
CREATE INDEX delegates_of_organization ON delegates (organization);

CREATE TABLE root_transfers (
    organization BLOB NOT NULL REFERENCES organizations(id),
    number       INTEGER NOT NULL,
    giver        BLOB NOT NULL,
    taker        BLOB NOT NULL,
    old_root     BLOB NOT NULL,
    new_root     BLOB NOT NULL,
    signature    BLOB NOT NULL,
    created      INTEGER NOT NULL,
    PRIMARY KEY (organization, number)
);

CREATE TABLE registration_codes (
    account BLOB NOT NULL PRIMARY KEY REFERENCES accounts(id),
    hash    BLOB NOT NULL UNIQUE,
    kind    TEXT NOT NULL,
    created INTEGER NOT NULL,
    expires INTEGER NOT NULL,
    used    INTEGER
);

CREATE TABLE edit_locks (
    organization BLOB NOT NULL REFERENCES organizations(id),
    name         TEXT NOT NULL,
    epoch        INTEGER NOT NULL,
    account      BLOB,
    session      BLOB,
    expires      INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (organization, name)
);

CREATE TABLE lock_waiters (
    number       INTEGER PRIMARY KEY,
    organization BLOB NOT NULL REFERENCES organizations(id),
    name         TEXT NOT NULL,
    account      BLOB NOT NULL,
    session      BLOB NOT NULL,
    expires      INTEGER NOT NULL,
    UNIQUE (organization, name, session)
);

CREATE TABLE events (
    organization BLOB NOT NULL REFERENCES organizations(id),
    sequence     INTEGER NOT NULL,
    kind         TEXT NOT NULL,
    subject      TEXT NOT NULL,
    account      BLOB,
    at           INTEGER NOT NULL,
    PRIMARY KEY (organization, sequence)
);

CREATE TABLE host_requests (
    account      BLOB NOT NULL REFERENCES accounts(id),
    host         BLOB NOT NULL,
    agreement    BLOB NOT NULL,
    created      INTEGER NOT NULL,
    expires      INTEGER NOT NULL,
    encapsulated BLOB,
    ciphertext   BLOB,
    PRIMARY KEY (account, host)
);

CREATE TABLE enhanced_logins (
    account BLOB NOT NULL REFERENCES accounts(id),
    host    BLOB NOT NULL,
    since   INTEGER NOT NULL,
    PRIMARY KEY (account, host)
);

CREATE TABLE profiles (
    account  BLOB NOT NULL REFERENCES accounts(id),
    name_key TEXT NOT NULL,
    name     TEXT NOT NULL,
    email    TEXT NOT NULL,
    servers  TEXT NOT NULL,
    pins     TEXT NOT NULL,
    PRIMARY KEY (account, name_key)
);

ALTER TABLE hosts ADD COLUMN digits INTEGER NOT NULL DEFAULT 8;
ALTER TABLE hosts ADD COLUMN oath INTEGER NOT NULL DEFAULT 0;
ALTER TABLE hosts ADD COLUMN oath_next INTEGER NOT NULL DEFAULT 0;
ALTER TABLE hosts ADD COLUMN removed INTEGER;
ALTER TABLE replies ADD COLUMN code BLOB;

ALTER TABLE audit ADD COLUMN organization BLOB;
ALTER TABLE audit ADD COLUMN subject BLOB;
CREATE INDEX audit_of_organization ON audit (organization, sequence);

CREATE TABLE mails (
    id            BLOB NOT NULL PRIMARY KEY,
    organization  BLOB,
    account       BLOB,
    kind          TEXT NOT NULL,
    recipient     TEXT NOT NULL,
    facts         TEXT NOT NULL,
    sealed        BLOB,
    created       INTEGER NOT NULL,
    due           INTEGER NOT NULL,
    attempts      INTEGER NOT NULL DEFAULT 0,
    claimed_until INTEGER NOT NULL DEFAULT 0,
    state         TEXT NOT NULL,
    error         TEXT NOT NULL DEFAULT '',
    sent          INTEGER
);
CREATE INDEX mails_due ON mails (state, due);
CREATE INDEX mails_of_account ON mails (account, kind);
)sql";

// ACC-5: a password that was set where nobody looked at the Organization's rules. And the Organization of what was
// audited before rows had one.
constexpr std::string_view kFourth = R"sql(
ALTER TABLE passwords ADD COLUMN due INTEGER NOT NULL DEFAULT 0;
UPDATE audit SET organization = (SELECT a.organization FROM accounts a WHERE a.id = audit.account)
    WHERE organization IS NULL AND account IS NOT NULL;
)sql";

// TFA-5: the secret of its own that a host keeps beside a token.
constexpr std::string_view kFifth = "ALTER TABLE hosts ADD COLUMN own_sealed BLOB";

// What is swept away by its age, and what is looked at again and again, is found without reading all of a table.
constexpr std::string_view kSixth = R"sql(
CREATE INDEX nonces_by_end ON nonces (expires);
CREATE INDEX login_delays_by_end ON login_delays (retry_at);
CREATE INDEX sessions_by_end ON sessions (expires);
CREATE INDEX organizations_of_kind ON organizations (kind);
)sql";

// Files are never deleted, and whoever writes a row that refers to one has read or written that file in the same
// transaction, as it has spent the right to store that a version goes back to: to look for them once more with every
// row was much of what a batch costs. `verify` asks for rows without. Tables are emptied before they are dropped: SQLite
// would overwrite them as a whole, which takes as much memory.
constexpr std::string_view kSeventh = R"sql(
CREATE TABLE versions_of_files (
    file               BLOB NOT NULL,
    version            INTEGER NOT NULL,
    identity           BLOB NOT NULL,
    creator            BLOB NOT NULL,
    host               BLOB NOT NULL,
    grant_id           BLOB,
    state              INTEGER NOT NULL,
    size               INTEGER,
    digest             BLOB,
    signature          BLOB,
    sealed_name        BLOB,
    sealed_path        BLOB,
    creator_generation INTEGER NOT NULL DEFAULT 1,
    PRIMARY KEY (file, version)
);
INSERT INTO versions_of_files (file, version, identity, creator, host, grant_id, state, size, digest, signature,
    sealed_name, sealed_path, creator_generation) SELECT file, version, identity, creator, host, grant_id, state, size,
    digest, signature, sealed_name, sealed_path, creator_generation FROM versions;
DELETE FROM versions;
DROP TABLE versions;
ALTER TABLE versions_of_files RENAME TO versions;

CREATE TABLE rights_to_store (
    id      BLOB NOT NULL PRIMARY KEY,
    account BLOB NOT NULL,
    host    BLOB NOT NULL,
    file    BLOB NOT NULL,
    version INTEGER NOT NULL,
    created INTEGER NOT NULL,
    spent   INTEGER
);
INSERT INTO rights_to_store (id, account, host, file, version, created, spent)
    SELECT id, account, host, file, version, created, spent FROM grants;
DELETE FROM grants;
DROP TABLE grants;
ALTER TABLE rights_to_store RENAME TO grants;
)sql";

constexpr std::array kMigrations{store::Migration{1, kFirst}, store::Migration{2, kSecond},
                                 store::Migration{3, kThird}, store::Migration{4, kFourth},
                                 store::Migration{5, kFifth}, store::Migration{6, kSixth},
                                 store::Migration{7, kSeventh}};

} // namespace

store::Schema authoritySchema() { return {"kodiac", kMigrations}; }

} // namespace ssprotect::kodiac
