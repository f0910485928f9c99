#include "password_keys.h"

#include <algorithm>

namespace ssprotect::session {
namespace {

constexpr std::string_view kAuthenticationInfo = "ssprotect/auth/v1";
constexpr std::string_view kVaultInfo = "ssprotect/vault/v1";
constexpr std::string_view kHistoryInfo = "ssprotect/password-history/v1";
constexpr std::size_t kKeySize = 32;

crypto::SecretBytes expand(ByteView key, std::string_view info) {
    return crypto::hkdf(crypto::HashAlgorithm::sha512, key, {}, viewOf(info), kKeySize);
}

} // namespace

Result<PasswordKeys> PasswordKeys::derive(ByteView password, const kodiac::PasswordDerivation& derivation,
                                          const crypto::ScryptLimits& limits) {
    if (derivation.salt.size() != kDerivationSaltSize)
        return makeError(ErrorCode::invalidInput, "the salt of the password has not 16 bytes");
    auto stretched = crypto::scrypt(password, derivation.salt, derivation.scrypt, limits, kKeySize);
    if (!stretched)
        return std::move(stretched).error();
    return PasswordKeys(std::move(*stretched));
}

crypto::SecretBytes PasswordKeys::authenticationKey() const { return expand(stretched_, kAuthenticationInfo); }

crypto::SecretBytes PasswordKeys::vaultWrappingKey(ByteView deviceSecret) const {
    crypto::SecretBytes both(stretched_.size() + deviceSecret.size());
    std::copy_n(stretched_.view().begin(), stretched_.size(), both.bytes().begin());
    std::copy(deviceSecret.begin(), deviceSecret.end(), both.bytes().subspan(stretched_.size()).begin());
    return expand(both, kVaultInfo);
}

crypto::SecretBytes PasswordKeys::historyHash() const { return expand(stretched_, kHistoryInfo); }

crypto::SecretBytes PasswordKeys::verifier() const {
    crypto::ScramVerifier verifier = crypto::scramVerifier(authenticationKey());
    crypto::SecretBytes both(verifier.storedKey.size() + verifier.serverKey.size());
    std::copy(verifier.storedKey.begin(), verifier.storedKey.end(), both.bytes().begin());
    std::copy(verifier.serverKey.begin(), verifier.serverKey.end(),
              both.bytes().subspan(verifier.storedKey.size()).begin());
    crypto::wipe(verifier.storedKey);
    crypto::wipe(verifier.serverKey);
    return both;
}

kodiac::PasswordDerivation newDerivation(const crypto::ScryptParameters& parameters, Random& random) {
    kodiac::PasswordDerivation derivation{Bytes(kDerivationSaltSize), parameters};
    random.fill(derivation.salt);
    return derivation;
}

} // namespace ssprotect::session
