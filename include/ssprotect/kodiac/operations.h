#pragma once

#include "ssprotect/base/clock.h"
#include "ssprotect/container/header.h"
#include "ssprotect/crypto/curves.h"
#include "ssprotect/crypto/password.h"
#include "ssprotect/kodiac/kodiac.h"

#include <optional>
#include <string>
#include <vector>

/// Requests and responses of every KODiAC operation. `kName` is its name in the table. A member of
/// type SecretBytes travels as an attachment of the call, in order of declaration. JSON forms: kodiac/wire.h.
///
/// `kUnattended` marks what a host does with nobody at hand: it finishes what was granted (PROT-14), keeps the session in
/// step, and reads what an act of the person needs. Where a token's codes are due (TFA-5), these take a code of the
/// host's own secret too; whatever opens, protects, changes or reports, or makes a session, takes the token's only.
namespace ssprotect::kodiac {

/// How the authentication key is made from the password on the host.
struct PasswordDerivation {
    Bytes salt; ///< 16 bytes
    crypto::ScryptParameters scrypt;
};

struct AccountKeys {
    crypto::PublicKey signing{};
    crypto::PublicKey agreement{};
};

/// An OCK sealed to one account (spec: *OCK envelope*).
struct KeyEnvelope {
    Epoch epoch = 0;
    crypto::PublicKey encapsulated{};
    Bytes ciphertext;
    AccountId sealer;
    crypto::Signature signature{};
};

/// One link of the signed chain: the root signs members (organization, account, e-mail, both keys).
struct MemberStatement {
    AccountId account;
    std::string email;
    AccountKeys keys;
    AccountId signer;
    crypto::Signature signature{};
};
/// "ssprotect/member/v1" ‖ organization ‖ account ‖ both keys ‖ e-mail: what MemberStatement::signature signs.
Bytes memberStatementBytes(const OrganizationId& organization, const MemberStatement& statement);
/// "ssprotect/ock/v1" ‖ organization ‖ epoch ‖ recipient account: HPKE info of an OCK envelope.
Bytes keyEnvelopeInfo(const OrganizationId& organization, Epoch epoch, const AccountId& recipient);
/// info ‖ recipient key ‖ enc ‖ ciphertext: what KeyEnvelope::signature signs.
Bytes keyEnvelopeSignedBytes(ByteView info, const crypto::PublicKey& recipient, const KeyEnvelope& envelope);

/// The Organization's root names a Delegate; without it nobody takes a statement or key that the account signed.
struct DelegateStatement {
    AccountId account;
    AccountId signer; ///< who held the root then
    crypto::Signature signature{};
};
/// "ssprotect/delegate/v1" ‖ organization ‖ account ‖ both keys: what DelegateStatement::signature signs.
Bytes delegateStatementBytes(const OrganizationId& organization, const AccountId& account, const AccountKeys& keys);

/// USR-9: the old root names the new one. A host that pins any earlier root follows these, in order.
struct RootTransfer {
    std::uint32_t number = 0; ///< 1, 2, …
    AccountId from;
    AccountId to;
    crypto::PublicKey oldRoot{};
    crypto::PublicKey newRoot{};   ///< the signing key of `to`
    crypto::Signature signature{}; ///< by `oldRoot`
};
/// "ssprotect/root/v1" ‖ organization ‖ number ‖ from ‖ to ‖ both roots: what RootTransfer::signature signs.
Bytes rootTransferBytes(const OrganizationId& organization, const RootTransfer& transfer);

/// A member of the Organization, by each of its keys: what a former key signed stays proved.
struct Member : MemberStatement {
    std::uint32_t generation = 1; ///< of the account's keys
    bool current = true;          ///< the account is Validated and these are its keys: content keys are sealed to it
};

/// The verifier of a new password and the vault wrapped for it.
struct NewPassword {
    PasswordDerivation derivation;
    crypto::SecretBytes verifier; ///< StoredKey ‖ ServerKey, 64 bytes
};

struct SessionGrant {
    SessionId session;
    crypto::SecretBytes token; ///< 32 bytes, kept hashed by KODiAC
    AccountId account;
    OrganizationId organization;
    TimePoint expires{};
    bool keysExported = false; ///< false: only keys.exported, vault, session and account.show are allowed (REC-7)
    bool hostEnrolled = true;  ///< false: only vault.get, host.enrol and session.end (without a code) until this host
                               ///< has its HOTP secret
    bool passwordDue =
        false; ///< only password.change, vault, policy, session and account.show until it is changed (ACC-5)
};

// --- before a session -------------------------------------------------------------------------------------------

/// ACC-2: an organization of one. The ids are drawn by the host (they are signed); a taken id or e-mail is refused.
struct CreateIndividual {
    static constexpr std::string_view kName = "account.create-individual";
    struct Request {
        std::string email;
        AccountId account;
        OrganizationId organization;
        HostId host;
        std::string hostName;
        MemberStatement self; ///< signed by its own signing key, which is the organization's root
        NewPassword password;
        Bytes vault;            ///< generation 1
        KeyEnvelope contentKey; ///< epoch 1, sealed by the account to itself
    };
    struct Response {
        SessionGrant session;
        crypto::SecretBytes hotpSecret; ///< 32 bytes, for this account and host
        std::string softwareId;         ///< 12 digits (ACC-7)
    };
};

struct StartLogin {
    static constexpr std::string_view kName = "login.start";
    struct Request {
        std::string email;
        HostId host;
        Bytes clientNonce; ///< 24 bytes
    };
    struct Response {
        AccountId account;
        PasswordDerivation derivation;
        Bytes serverNonce; ///< 24 bytes; single use, 60 s
    };
};

/// "p=tls-exporter,," ‖ channel binding ‖ e-mail (lower case) ‖ account ‖ host ‖ both nonces ‖ KDF parameters, each
/// length-prefixed.
Bytes loginAuthMessage(const StartLogin::Request& request, const StartLogin::Response& response,
                       const crypto::Sha256Digest& channelBinding);

/// From an enrolled host the Call carries that host's HOTP counter and code (account and host set, no session).
struct FinishLogin {
    static constexpr std::string_view kName = "login.finish";
    struct Request {
        std::string email;
        HostId host;
        std::string hostName;
        Bytes serverNonce;
        crypto::Sha256Digest proof{};
    };
    struct Response {
        SessionGrant session;
        crypto::Sha256Digest serverSignature{};
    };
};

/// REC-7: a lost password. Proof of the exported keys: the account's Ed25519 signature over
/// "ssprotect/reset/v1" ‖ server nonce ‖ account ‖ host ‖ SHA-256 of the new vault.
struct StartReset {
    static constexpr std::string_view kName = "reset.start";
    struct Request {
        std::string email;
        HostId host;
    };
    struct Response {
        AccountId account;
        Bytes serverNonce;
        std::uint64_t vaultGeneration = 0; ///< to count on from: no older than the vault's, and no hint of it
    };
};
struct FinishReset {
    static constexpr std::string_view kName = "reset.finish";
    struct Request {
        std::string email;
        HostId host;
        std::string hostName;
        Bytes serverNonce;
        crypto::Signature signature{};
        NewPassword password;
        Bytes vault;
        std::uint64_t vaultGeneration = 0; ///< of the new vault: one more than StartReset told
    };
    struct Response {
        SessionGrant session;
        crypto::SecretBytes hotpSecret;
    };
};
Bytes resetSignedBytes(ByteView serverNonce, const AccountId& account, const HostId& host, ByteView vault);

// --- session ------------------------------------------------------------------------------------------------------

/// A new token for the same session, which then lasts as long as a new one; the old token ends.
struct RefreshSession {
    static constexpr std::string_view kName = "session.refresh";
    struct Request {};
    struct Response {
        SessionGrant session;
    };
};
struct EndSession {
    static constexpr std::string_view kName = "session.end";
    static constexpr bool kUnattended = true;
    struct Request {};
    struct Response {};
};

/// After a database restore, or on a new host that holds the exported keys: the account's signature over
/// "ssprotect/enrol/v1" ‖ session ‖ account ‖ host gives this host a HOTP secret.
struct EnrolHost {
    static constexpr std::string_view kName = "host.enrol";
    struct Request {
        crypto::Signature signature{};
    };
    struct Response {
        crypto::SecretBytes hotpSecret;
    };
};
Bytes enrolSignedBytes(const SessionId& session, const AccountId& account, const HostId& host);

struct GetVault {
    static constexpr std::string_view kName = "vault.get";
    static constexpr bool kUnattended = true;
    struct Request {};
    struct Response {
        Bytes vault;
        std::uint64_t generation = 0;
        AccountKeys organizationRoot;        ///< only `signing` is meaningful
        std::vector<RootTransfer> transfers; ///< by number: from the first root to the present one
        std::vector<DelegateStatement> delegates;
        std::vector<Member> members;
        std::vector<KeyEnvelope> contentKeys;
        Epoch keyEpoch = 0;           ///< the present one
        bool rotationPending = false; ///< a Privileged User's host is to make the next content key
    };
};

/// `version-conflict` unless the stored generation is `expected`; the new one is expected + 1.
struct PutVault {
    static constexpr std::string_view kName = "vault.put";
    static constexpr bool kUnattended = true;
    struct Request {
        std::uint64_t expected = 0;
        Bytes vault;
    };
    struct Response {};
};

struct ChangePassword {
    static constexpr std::string_view kName = "password.change";
    struct Request {
        std::uint64_t expected = 0;
        Bytes vault;
        NewPassword password;
    };
    struct Response {};
};

/// The exported file's SHA-256; opens the first session (REC-7).
struct KeysExported {
    static constexpr std::string_view kName = "keys.exported";
    struct Request {
        crypto::Sha256Digest file{};
    };
    struct Response {
        SessionGrant session; ///< the same session, now with keysExported
    };
};

// --- account ------------------------------------------------------------------------------------------------------

struct ShowAccount {
    static constexpr std::string_view kName = "account.show";
    static constexpr bool kUnattended = true;
    struct Request {};
    struct Response {
        AccountId account;
        OrganizationId organization;
        std::string email;
        std::string state;            ///< "validated", "disabled"
        std::string privilege;        ///< "individual", "administrator", "delegate", "user"
        std::string organizationName; ///< empty for an Individual
        std::string softwareId;
        TimePoint created{};
        bool releaseProtections = true;        ///< USR-3 *Rel Protections*
        bool integrityOverride = false;        ///< *Int Override*
        bool unsignedApps = false;             ///< PROT-11 *Unsigned Apps*
        bool keepVersionWhenUnchanged = false; ///< PROT-4 *Keep version when unchanged*
        bool noSecondFactor = false;
        bool noBulkSecondFactor = false;
        container::ConversionMode mode = container::ConversionMode::optimized;
        bool keysExported = false;
        bool splitVersionChains = false; ///< VCH-2: of the account and the Organization both
        bool moveSplits = false;         ///< VCH-3
        bool ignoreEnhancedLogin = false;
        std::uint32_t quotaMegabytes = 0;
        std::uint32_t usedMegabytes = 0;
    };
};

/// What the account itself may set; only an Individual's, which is its own Privileged User: anybody else's account is
/// `refused`. What is not given stays as it is.
struct SetAccount {
    static constexpr std::string_view kName = "account.set";
    struct Request {
        std::optional<bool> unsignedApps;
        std::optional<bool> keepVersionWhenUnchanged;
    };
    struct Response {};
};

// --- files --------------------------------------------------------------------------------------------------------

constexpr std::size_t kMostFilesPerCall = 1000;

/// What became of one item of a batch: ok, or the word and message of its refusal.
struct ItemOutcome {
    std::optional<Error> error;
};

/// *Store* (1). An item on an existing chain spends `grant`; without one only the Owner may continue it
/// (Activate after Release), which is authorised now.
struct BeginStore {
    static constexpr std::string_view kName = "file.begin";
    static constexpr bool kUnattended = true; ///< with grants only
    struct Item {
        std::optional<FileId> chain; ///< none: KODiAC draws a FileID, v1
        std::optional<GrantId> grant;
    };
    struct Begun : ItemOutcome {
        container::IdentityBytes identity{};
        crypto::SecretBytes share; ///< R; an empty attachment for a refused item
    };
    struct Request {
        std::vector<Item> items;
    };
    struct Response {
        std::vector<Begun> items;
    };
};

/// *Store* (3). Abandoned versions leave an audited gap. Committing the same version again with the same
/// values is ok (a lost reply); with other values it is `version-conflict`.
struct CommitStore {
    static constexpr std::string_view kName = "file.commit";
    static constexpr bool kUnattended = true;
    struct Item {
        FileId file;
        VersionNumber version = 0;
        std::uint64_t size = 0;
        crypto::Sha256Digest digest{};
        crypto::Signature signature{};
        Bytes sealedName; ///< under K_name, field "name"
        Bytes sealedPath; ///< field "path"
    };
    struct Abandoned {
        FileId file;
        VersionNumber version = 0;
        std::string reason; ///< an error word
    };
    struct Request {
        std::vector<Item> items;
        std::vector<Abandoned> abandoned;
    };
    struct Response {
        std::vector<ItemOutcome> items;
    };
};

enum class OpenPurpose { managed, release, verify };

/// *Open*: I must be byte-equal to the recorded one, else `integrity`. `not-found` when the FileID names no file, or
/// the version was never committed.
struct OpenVersion {
    static constexpr std::string_view kName = "file.open";
    struct Item {
        container::IdentityBytes identity{};
        VersionNumber lastSeen = 0; ///< the newest this host saw at that path; a lower version is audited
        OpenPurpose purpose = OpenPurpose::managed;
    };
    struct Opened : ItemOutcome {
        crypto::SecretBytes share; ///< R; empty when refused
        crypto::Sha256Digest digest{};
        AccountId creator;
        crypto::PublicKey creatorKey{};
        VersionNumber latest = 0;
        GrantId grant; ///< null for purpose verify
    };
    struct Request {
        std::vector<Item> items;
    };
    struct Response {
        std::vector<Opened> items;
    };
};

/// Versionlist: committed versions, newest first.
struct ListVersions {
    static constexpr std::string_view kName = "file.versions";
    static constexpr bool kUnattended = true;
    struct Row {
        VersionNumber version = 0;
        TimePoint created{};
        AccountId creator;
        std::string creatorEmail;
        std::uint64_t size = 0;
        container::ConversionMode mode = container::ConversionMode::optimized;
        Epoch keyEpoch = 0;
        bool restorable = false;
        std::string reason; ///< why not restorable
        Bytes sealedName;
        Bytes sealedPath;
    };
    struct Request {
        FileId file;
        VersionNumber before = 0; ///< 0: from the newest; else the page below it
        std::uint32_t limit = 500;
    };
    struct Response {
        AccountId owner;
        std::vector<Row> versions;
    };
};

/// For recovery: how far each store got.
struct StoreState {
    static constexpr std::string_view kName = "file.state";
    static constexpr bool kUnattended = true;
    enum class State { unknown, begun, committed, abandoned };
    struct Item {
        FileId file;
        VersionNumber version = 0;
    };
    struct Request {
        std::vector<Item> items;
    };
    struct Response {
        std::vector<State> items;
    };
};

} // namespace ssprotect::kodiac
