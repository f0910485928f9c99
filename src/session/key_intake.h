#pragma once

#include "content_envelopes.h"
#include "host_accounts.h"
#include "kodiac_channel.h"
#include "vault.h"

namespace ssprotect::session {

/// Vault and keys as KODiAC gave them and this host proved them.
struct TakenKeys {
    VaultContent vault; ///< with every content key, also those that came in envelopes
    crypto::SecretBytes vaultKey;
    Bytes wrap;
    std::uint64_t generation = 0;
    KeyChain chain;
    Epoch keyEpoch = 0;              ///< the present one
    bool rotationPending = false;    ///< a Privileged User's host is to make the next one
    bool envelopesAddedKeys = false; ///< the vault at KODiAC lacks some of them
};

using VaultUnlock = std::function<Result<crypto::SecretBytes>(ByteView blob)>;

struct Expectation {
    AccountId account;
    OrganizationId organization;         ///< as the session says
    std::optional<HostAccount> onRecord; ///< none: this host never saw the account; the vault's own root counts
};

/// Fetches the vault and proves all of it: generation, seal, roots, members, envelopes. `integrity` or
/// `peer-refused` when something does not hold; then nothing is taken.
Result<TakenKeys> takeKeys(KodiacChannel& channel, const Expectation& expected, const VaultUnlock& unlock);

/// Puts keys that came in envelopes into the vault. Another host having been faster is ok.
Status completeVault(KodiacChannel& channel, TakenKeys& keys, Random& random);

} // namespace ssprotect::session
