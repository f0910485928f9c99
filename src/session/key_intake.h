#pragma once

#include "content_envelopes.h"
#include "host_accounts.h"
#include "kodiac_channel.h"
#include "vault.h"

namespace ssprotect::session {

/// Vault and keys as KODiAC gave them and this host proved them.
struct TakenKeys {
    VaultContent vault; ///< with every content key, also those that came in envelopes
    /// What opened the vault when this host's own device secret did not; to be kept in its place.
    std::optional<crypto::SecretBytes> newDeviceSecret;
    crypto::SecretBytes vaultKey;
    Bytes wrap;
    std::uint64_t generation = 0;
    KeyChain chain;
    Epoch keyEpoch = 0;              ///< the present one
    bool rotationPending = false;    ///< a Privileged User's host is to make the next one
    bool envelopesAddedKeys = false; ///< the vault at KODiAC lacks some of them
};

struct UnlockedVault {
    crypto::SecretBytes key;
    std::optional<crypto::SecretBytes> newDeviceSecret = {}; ///< as TakenKeys
    /// The account was registered anew, here or on another host since this one got its device secret: the generations
    /// of the vault start anew.
    bool registeredAnew = false;
    bool registeredHere = false; ///< by this host, which made the vault
};
using VaultUnlock = std::function<Result<UnlockedVault>(ByteView blob)>;

struct Expectation {
    AccountId account;
    OrganizationId organization;         ///< as the session says
    std::optional<HostAccount> onRecord; ///< none: this host never saw the account; the vault's own root counts
};

/// Fetches the vault and proves all of it: generation, seal, roots, members, envelopes. `integrity` or
/// `peer-refused` when something does not hold; then nothing is taken.
///
/// A generation on record is one of the vaults that this host's device secret opens, and holds for those alone. That
/// gives KODiAC no way back to an older vault: every one that this host has seen opens with the secret it has, so the
/// generation counts. For another one to open, a person must have typed the password here and compared this host's code
/// on a host that then sealed its device secret to this one, or have registered here anew. A secret of KODiAC's own
/// making opens no vault of the account; and root, people and the account's own keys must hold in any case.
Result<TakenKeys> takeKeys(KodiacChannel& channel, const Expectation& expected, const VaultUnlock& unlock);

/// Puts keys that came in envelopes into the vault. Another host having been faster is ok.
Status completeVault(KodiacChannel& channel, TakenKeys& keys, Random& random);

} // namespace ssprotect::session
