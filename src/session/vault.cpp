#include "vault.h"

#include "secret_codec.h"
#include "ssprotect/crypto/aead.h"

namespace ssprotect::session {
namespace {

// The blob: kBlobFormat ‖ wrap (60 bytes) ‖ sealed content. Either part is nonce ‖ ciphertext ‖ tag.
constexpr Byte kBlobFormat = 1;
constexpr std::size_t kWrapSize = crypto::kGcmNonceSize + kVaultKeySize + crypto::kGcmTagSize;
constexpr std::uint64_t kContentFormat = 1;
constexpr std::size_t kLeastContentKeyRecord = 8 + 4 + kContentKeySize;
constexpr std::string_view kWrapLabel = "ssprotect/vault-wrap/v1";
constexpr std::string_view kContentLabel = "ssprotect/vault-content/v1";

Bytes wrapAad(const AccountId& account, const kodiac::PasswordDerivation& derivation) {
    Bytes aad = copyOf(viewOf(kWrapLabel));
    append(aad, account.bytes());
    append(aad, derivation.salt);
    std::array<Byte, 16> cost;
    storeBigEndian(derivation.scrypt.n, MutableByteView(cost).first(8));
    storeBigEndian(derivation.scrypt.r, MutableByteView(cost).subspan(8, 4));
    storeBigEndian(derivation.scrypt.p, MutableByteView(cost).subspan(12, 4));
    append(aad, cost);
    return aad;
}

Bytes contentAad(const AccountId& account, std::uint64_t generation) {
    Bytes aad = copyOf(viewOf(kContentLabel));
    append(aad, account.bytes());
    std::array<Byte, 8> number;
    storeBigEndian(generation, number);
    append(aad, number);
    return aad;
}

Result<ByteView> sealedContentOf(ByteView blob) {
    if (blob.size() < 1 + kWrapSize || blob[0] != kBlobFormat)
        return makeError(ErrorCode::dataDamaged, "what KODiAC holds as the vault is none of a known format");
    return blob.subspan(1 + kWrapSize);
}

crypto::SecretBytes encode(const VaultContent& content) {
    SecretWriter writer;
    writer.number(kContentFormat);
    writer.field(content.account.bytes());
    writer.field(content.organization.bytes());
    writer.field(content.root);
    writer.field(content.signingSeed);
    writer.field(content.agreementScalar);
    writer.number(content.contentKeys.size());
    for (const auto& [epoch, key] : content.contentKeys) {
        writer.number(epoch);
        writer.field(key);
    }
    writer.field(content.historyDerivation.salt);
    writer.number(content.historyDerivation.scrypt.n);
    writer.number(content.historyDerivation.scrypt.r);
    writer.number(content.historyDerivation.scrypt.p);
    writer.number(content.passwordHistory.size());
    for (const auto& hash : content.passwordHistory)
        writer.field(hash);
    return writer.finish();
}

Result<VaultContent> decode(ByteView bytes) {
    SecretReader reader(bytes);
    VaultContent content;
    if (reader.number() != kContentFormat)
        return makeError(ErrorCode::dataDamaged, "the vault was written by a newer version; update this client");
    content.account = reader.id<AccountId>();
    content.organization = reader.id<OrganizationId>();
    reader.array(content.root);
    content.signingSeed = crypto::SecretBytes::copyOf(reader.field(crypto::kPrivateKeySize));
    content.agreementScalar = crypto::SecretBytes::copyOf(reader.field(crypto::kPrivateKeySize));
    const std::uint64_t keys = reader.count(kLeastContentKeyRecord);
    for (std::uint64_t i = 0; i < keys; ++i) {
        const auto epoch = static_cast<Epoch>(reader.number());
        content.contentKeys[epoch] = crypto::SecretBytes::copyOf(reader.field(kContentKeySize));
    }
    content.historyDerivation.salt = copyOf(reader.field(kDerivationSaltSize));
    content.historyDerivation.scrypt.n = reader.number();
    content.historyDerivation.scrypt.r = static_cast<std::uint32_t>(reader.number());
    content.historyDerivation.scrypt.p = static_cast<std::uint32_t>(reader.number());
    const std::uint64_t hashes = reader.count(4);
    for (std::uint64_t i = 0; i < hashes; ++i)
        content.passwordHistory.push_back(crypto::SecretBytes::copyOf(reader.field()));
    if (auto whole = reader.finish(); !whole)
        return std::move(whole).error();
    return content;
}

} // namespace

Bytes wrapVaultKey(ByteView vaultKey, ByteView wrappingKey, const AccountId& account,
                   const kodiac::PasswordDerivation& derivation, Random& random) {
    return crypto::sealWithRandomNonce(wrappingKey, wrapAad(account, derivation), vaultKey, random);
}

Bytes sealVault(const VaultContent& content, std::uint64_t generation, ByteView vaultKey, ByteView wrap,
                Random& random) {
    Bytes blob{kBlobFormat};
    append(blob, wrap);
    append(blob,
           crypto::sealWithRandomNonce(vaultKey, contentAad(content.account, generation), encode(content), random));
    return blob;
}

Result<Bytes> wrapOf(ByteView blob) {
    if (auto content = sealedContentOf(blob); !content)
        return std::move(content).error();
    return copyOf(blob.subspan(1, kWrapSize));
}

Result<crypto::SecretBytes> unwrapVaultKey(ByteView blob, ByteView wrappingKey, const AccountId& account,
                                           const kodiac::PasswordDerivation& derivation) {
    auto wrap = wrapOf(blob);
    if (!wrap)
        return std::move(wrap).error();
    return crypto::openWithNonce(wrappingKey, wrapAad(account, derivation), *wrap);
}

bool wrapOpens(ByteView wrap, ByteView wrappingKey, const AccountId& account,
               const kodiac::PasswordDerivation& derivation) {
    return crypto::openWithNonce(wrappingKey, wrapAad(account, derivation), wrap).ok();
}

Result<VaultContent> openVault(ByteView blob, std::uint64_t generation, const AccountId& account, ByteView vaultKey) {
    auto sealed = sealedContentOf(blob);
    if (!sealed)
        return std::move(sealed).error();
    auto plain = crypto::openWithNonce(vaultKey, contentAad(account, generation), *sealed);
    if (!plain)
        return makeError(ErrorCode::integrity, "the vault that KODiAC gave is not the one of this account and time; "
                                               "nothing was taken from it");
    auto content = decode(*plain);
    if (content && content->account != account)
        return makeError(ErrorCode::integrity, "the vault belongs to another account");
    return content;
}

Result<SealedVault> sealForPassword(const VaultContent& content, std::uint64_t generation, ByteView password,
                                    ByteView deviceSecret, const SessionSettings& settings, Random& random) {
    kodiac::PasswordDerivation derivation = newDerivation(settings.newPassword, random);
    auto keys = PasswordKeys::derive(password, derivation, settings.limits);
    if (!keys)
        return std::move(keys).error();
    // A fresh vault key with each password: an older copy of the vault with an older password opens nothing newer.
    crypto::SecretBytes vaultKey(kVaultKeySize);
    random.fill(vaultKey.bytes());
    Bytes wrap = wrapVaultKey(vaultKey, keys->vaultWrappingKey(deviceSecret), content.account, derivation, random);
    Bytes blob = sealVault(content, generation, vaultKey, wrap, random);
    return SealedVault{std::move(blob), std::move(wrap), std::move(vaultKey), std::move(*keys), std::move(derivation)};
}

} // namespace ssprotect::session
