#include "session/vault.h"
#include "session_home.h"

#include <gtest/gtest.h>

namespace ssprotect::session {
namespace {

constexpr crypto::ScryptParameters kCheap{16, 8, 1};
constexpr crypto::ScryptLimits kLimits{16, 1u << 20};

struct Sealing {
    test::SeededRandom random{3};
    crypto::SecretBytes device{32};
    VaultContent content;
    std::optional<SealedVault> sealed;

    Sealing() {
        random.fill(device.bytes());
        content.account = AccountId({1});
        content.organization = OrganizationId({2});
        content.root.fill(3);
        content.signingSeed = crypto::SecretBytes(32);
        content.agreementScalar = crypto::SecretBytes(32);
        content.contentKeys[4] = crypto::SecretBytes(32);
        content.historyDerivation = newDerivation(kCheap, random);
        content.passwordHistory.push_back(crypto::SecretBytes(32));
        auto made = sealForPassword(content, 5, viewOf(kPassword), device, {"host", kCheap, kLimits}, random);
        if (made)
            sealed.emplace(std::move(*made));
    }
};

TEST(Vault, OpensWithPasswordAndDeviceSecret) {
    Sealing made;
    ASSERT_TRUE(made.sealed);
    const auto keys = PasswordKeys::derive(viewOf(kPassword), made.sealed->derivation, kLimits);
    ASSERT_TRUE(keys);
    const auto vaultKey = unwrapVaultKey(made.sealed->blob, keys->vaultWrappingKey(made.device), made.content.account,
                                         made.sealed->derivation);
    ASSERT_TRUE(vaultKey);
    const auto content = openVault(made.sealed->blob, 5, made.content.account, *vaultKey);
    ASSERT_TRUE(content);
    EXPECT_EQ(content->organization, made.content.organization);
    EXPECT_EQ(content->root, made.content.root);
    EXPECT_TRUE(content->contentKeys.contains(4));
    EXPECT_EQ(content->historyDerivation.salt, made.content.historyDerivation.salt);
    EXPECT_EQ(content->passwordHistory.size(), 1u);
}

TEST(Vault, DoesNotOpenWithAnotherDeviceSecretOrPassword) {
    Sealing made;
    ASSERT_TRUE(made.sealed);
    const auto opening = [&](std::string_view password, ByteView device) {
        const auto keys = PasswordKeys::derive(viewOf(password), made.sealed->derivation, kLimits);
        return wordOf(unwrapVaultKey(made.sealed->blob, keys->vaultWrappingKey(device), made.content.account,
                                     made.sealed->derivation));
    };
    EXPECT_EQ(opening(kPassword, made.device), "ok");
    EXPECT_EQ(opening(kPassword, crypto::SecretBytes(32)), "integrity");
    EXPECT_EQ(opening(kNextPassword, made.device), "integrity");
}

TEST(Vault, IsBoundToAccountAndGeneration) {
    Sealing made;
    ASSERT_TRUE(made.sealed);
    const auto opening = [&](std::uint64_t generation, const AccountId& account) {
        return wordOf(openVault(made.sealed->blob, generation, account, made.sealed->vaultKey));
    };
    EXPECT_EQ(opening(5, made.content.account), "ok");
    EXPECT_EQ(opening(6, made.content.account), "integrity");
    EXPECT_EQ(opening(4, made.content.account), "integrity");
    EXPECT_EQ(opening(5, AccountId({9})), "integrity");
}

TEST(Vault, WithAnyByteFlippedGivesNothing) {
    Sealing made;
    ASSERT_TRUE(made.sealed);
    const auto keys = PasswordKeys::derive(viewOf(kPassword), made.sealed->derivation, kLimits);
    const auto wrapping = keys->vaultWrappingKey(made.device);
    for (std::size_t at = 0; at < made.sealed->blob.size(); ++at) {
        Bytes blob = made.sealed->blob;
        blob[at] ^= 0x80;
        const auto vaultKey = unwrapVaultKey(blob, wrapping, made.content.account, made.sealed->derivation);
        EXPECT_FALSE(vaultKey && openVault(blob, 5, made.content.account, *vaultKey)) << "byte " << at;
    }
    for (std::size_t size = 0; size < made.sealed->blob.size(); ++size)
        EXPECT_FALSE(openVault(ByteView(made.sealed->blob).first(size), 5, made.content.account, made.sealed->vaultKey))
            << size << " bytes";
}

TEST(Vault, IsWrappedForExactlyOneDerivation) {
    Sealing made;
    ASSERT_TRUE(made.sealed);
    const auto keys = PasswordKeys::derive(viewOf(kPassword), made.sealed->derivation, kLimits);
    kodiac::PasswordDerivation other = made.sealed->derivation;
    other.scrypt.n *= 2;
    EXPECT_EQ(
        wordOf(unwrapVaultKey(made.sealed->blob, keys->vaultWrappingKey(made.device), made.content.account, other)),
        "integrity");
}

TEST(PasswordKeys, AreNotMadeOutsideTheLimits) {
    test::SeededRandom random(1);
    const auto cheap = newDerivation({1u << 16, 8, 1}, random);
    EXPECT_EQ(wordOf(PasswordKeys::derive(viewOf(kPassword), cheap, crypto::ScryptLimits{})), "invalid-input");
    const auto dear = newDerivation({1u << 21, 8, 1}, random);
    EXPECT_EQ(wordOf(PasswordKeys::derive(viewOf(kPassword), dear, crypto::ScryptLimits{})), "invalid-input");
    auto shortSalt = newDerivation(kCheap, random);
    shortSalt.salt.pop_back();
    EXPECT_EQ(wordOf(PasswordKeys::derive(viewOf(kPassword), shortSalt, kLimits)), "invalid-input");
}

TEST(PasswordKeys, ServeOnePurposeEach) {
    test::SeededRandom random(1);
    const auto keys = PasswordKeys::derive(viewOf(kPassword), newDerivation(kCheap, random), kLimits);
    ASSERT_TRUE(keys);
    const auto authentication = keys->authenticationKey();
    const auto wrapping = keys->vaultWrappingKey(crypto::SecretBytes(32));
    const auto history = keys->historyHash();
    EXPECT_FALSE(crypto::equalSecrets(authentication, wrapping));
    EXPECT_FALSE(crypto::equalSecrets(authentication, history));
    EXPECT_FALSE(crypto::equalSecrets(wrapping, history));
}

} // namespace
} // namespace ssprotect::session
