#pragma once

#include "password_keys.h"

#include <map>
#include <vector>

namespace ssprotect::session {

constexpr std::size_t kVaultKeySize = 32;
constexpr std::size_t kContentKeySize = 32;

/// What the vault keeps for the account.
struct VaultContent {
    AccountId account;
    OrganizationId organization;
    crypto::PublicKey root{}; ///< the Organization's root as this account knows it
    crypto::SecretBytes signingSeed;
    crypto::SecretBytes agreementScalar;
    std::map<Epoch, crypto::SecretBytes> contentKeys; ///< OCK
    kodiac::PasswordDerivation historyDerivation;     ///< one for all: one scrypt compares with every earlier password
    std::vector<crypto::SecretBytes> passwordHistory; ///< newest first
};

/// The vault key, as sealed under password and device secret; travels with the blob.
Bytes wrapVaultKey(ByteView vaultKey, ByteView wrappingKey, const AccountId& account,
                   const kodiac::PasswordDerivation& derivation, Random& random);

/// The blob that KODiAC keeps: wrap and content. The generation is authenticated, so an older content
/// cannot be passed off under a newer number.
Bytes sealVault(const VaultContent& content, std::uint64_t generation, ByteView vaultKey, ByteView wrap,
                Random& random);

/// `integrity` when the wrap does not open: wrong password, another host's device secret, or altered.
Result<crypto::SecretBytes> unwrapVaultKey(ByteView blob, ByteView wrappingKey, const AccountId& account,
                                           const kodiac::PasswordDerivation& derivation);
/// `integrity` for anything that is not the account's vault of that generation under that key.
Result<VaultContent> openVault(ByteView blob, std::uint64_t generation, const AccountId& account, ByteView vaultKey);
/// Whether the wrap of a vault opens, so the password is the right one.
bool wrapOpens(ByteView wrap, ByteView wrappingKey, const AccountId& account,
               const kodiac::PasswordDerivation& derivation);
/// The wrap inside a blob, to be carried on; `data-damaged` for what is no vault.
Result<Bytes> wrapOf(ByteView blob);

/// A vault for new keys, sealed and wrapped, and the password that opens it.
struct SealedVault {
    Bytes blob;
    Bytes wrap;
    crypto::SecretBytes vaultKey;
    PasswordKeys passwordKeys;
    kodiac::PasswordDerivation derivation;

    kodiac::NewPassword newPassword() const { return {derivation, passwordKeys.verifier()}; }
};
Result<SealedVault> sealForPassword(const VaultContent& content, std::uint64_t generation, ByteView password,
                                    ByteView deviceSecret, const SessionSettings& settings, Random& random);

} // namespace ssprotect::session
