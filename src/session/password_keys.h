#pragma once

#include "ssprotect/kodiac/operations.h"
#include "ssprotect/session/environment.h"

namespace ssprotect::session {

constexpr std::size_t kDerivationSaltSize = 16;
constexpr std::size_t kDeviceSecretSize = 32;

/// scrypt(password): the root of the authentication key and, with the device secret, of the vault's wrap
/// (docs/security: *Password*, *Vault*).
class PasswordKeys {
public:
    /// `invalid-input` for a derivation outside the limits: a server that asks for less is not obeyed.
    static Result<PasswordKeys> derive(ByteView password, const kodiac::PasswordDerivation& derivation,
                                       const crypto::ScryptLimits& limits);

    /// What the login proves; KODiAC never has it.
    crypto::SecretBytes authenticationKey() const;
    crypto::SecretBytes vaultWrappingKey(ByteView deviceSecret) const;
    /// For the password history in the vault.
    crypto::SecretBytes historyHash() const;
    /// StoredKey ‖ ServerKey.
    crypto::SecretBytes verifier() const;

private:
    explicit PasswordKeys(crypto::SecretBytes stretched) : stretched_(std::move(stretched)) {}
    crypto::SecretBytes stretched_;
};

kodiac::PasswordDerivation newDerivation(const crypto::ScryptParameters& parameters, Random& random);

} // namespace ssprotect::session
