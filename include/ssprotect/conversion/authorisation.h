#pragma once

#include "ssprotect/base/ids.h"
#include "ssprotect/container/container.h"
#include "ssprotect/crypto/curves.h"
#include "ssprotect/crypto/secret.h"
#include "ssprotect/kodiac/kodiac.h"
#include "ssprotect/platform/file_system.h"

#include <optional>
#include <span>
#include <vector>

namespace ssprotect::conversion {

enum class Purpose { managed, release, verify };

/// One version about to be stored.
struct StoreRequest {
    std::optional<FileId> chain;  ///< none: a new chain, v1
    std::optional<GrantId> grant; ///< from `open`; none on a chain: the Owner continues it (Activate after Release)
    platform::Path path;          ///< sealed under K_name before it leaves the host
};

struct BegunStore {
    container::Identity identity;
    crypto::SecretBytes share; ///< R
};

struct CommitRequest {
    FileId file;
    VersionNumber version = 0;
    Epoch keyEpoch = 0;
    container::Stored stored;
    platform::Path path;
};

struct AbandonedStore {
    FileId file;
    VersionNumber version = 0;
    ErrorCode reason = ErrorCode::internal;
};

struct OpenRequest {
    container::IdentityBytes identity{};
    VersionNumber lastSeen = 0;
    Purpose purpose = Purpose::managed;
};

struct OpenedVersion {
    crypto::SecretBytes share; ///< R
    crypto::Sha256Digest digest{};
    AccountId creator;
    crypto::PublicKey creatorKey{};
    VersionNumber latest = 0;
    GrantId grant;
};

enum class StoreProgress { unknown, begun, committed, abandoned };

/// What the engine needs of the login session: KODiAC's word on each file, and
/// the account's keys. Implemented by the session room; tests give their own. Any
/// thread; batches of at most 1,000 items, each answered in its place. An Error for the
/// whole batch means that nothing was authorised.
class Authorisation {
public:
    virtual ~Authorisation() = default;

    virtual AccountId account() const = 0;
    virtual OrganizationId organization() const = 0;
    /// The login session: what a release is remembered under (PROT-13).
    virtual kodiac::SessionId session() const = 0;

    virtual Result<std::vector<Result<BegunStore>>> begin(std::span<const StoreRequest> items) = 0;
    virtual Result<std::vector<Status>> commit(std::span<const CommitRequest> items,
                                               std::span<const AbandonedStore> abandoned) = 0;
    virtual Result<std::vector<Result<OpenedVersion>>> open(std::span<const OpenRequest> items) = 0;
    virtual Result<std::vector<StoreProgress>> progressOf(std::span<const std::pair<FileId, VersionNumber>> items) = 0;

    /// OCK of that epoch: `foreign-file` when this account has none for the organization or epoch.
    virtual Result<crypto::SecretBytes> contentKey(const OrganizationId& organization, Epoch epoch) = 0;
    /// The account's Ed25519 key. `not-logged-in` after logout.
    virtual Result<crypto::SigningKey> signingKey() = 0;
    /// The account's X25519 key: what is set aside for a later login is sealed to it. `not-logged-in` after logout.
    virtual Result<crypto::AgreementKey> agreementKey() = 0;
};

} // namespace ssprotect::conversion
