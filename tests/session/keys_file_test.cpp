#include "session_home.h"
#include "ssprotect/session/keys_file.h"

#include <gtest/gtest.h>

namespace ssprotect::session {
namespace {

constexpr crypto::ScryptParameters kCheap{16, 8, 1};
constexpr crypto::ScryptLimits kLimits{16, 1u << 20};

crypto::SecretBytes secretOf(Byte value) {
    crypto::SecretBytes secret(32);
    std::fill(secret.bytes().begin(), secret.bytes().end(), value);
    return secret;
}

ExportedKeys someKeys() {
    ExportedKeys keys;
    keys.email = kEmail;
    keys.account = AccountId({1});
    keys.organization = OrganizationId({2});
    keys.root.fill(3);
    keys.signingSeed = secretOf(4);
    keys.agreementScalar = secretOf(5);
    keys.deviceSecret = secretOf(6);
    keys.contentKeys[1] = secretOf(7);
    keys.contentKeys[9] = secretOf(8);
    return keys;
}

Bytes someFile() {
    test::SeededRandom random(7);
    auto file = sealKeysFile(someKeys(), viewOf(kPassphrase), kCheap, kLimits, random);
    EXPECT_TRUE(file);
    return *file;
}

std::string_view opening(ByteView file, std::string_view passphrase = kPassphrase,
                         const crypto::ScryptLimits& limits = kLimits) {
    return wordOf(openKeysFile(file, viewOf(passphrase), limits));
}

/// As somebody would who can compute the checksum.
Bytes withSum(Bytes file) {
    file.resize(file.size() - 32);
    append(file, crypto::sha256({file}));
    return file;
}

TEST(KeysFile, GivesBackEverything) {
    const auto keys = openKeysFile(someFile(), viewOf(kPassphrase), kLimits);
    ASSERT_TRUE(keys);
    const ExportedKeys expected = someKeys();
    EXPECT_EQ(keys->email, expected.email);
    EXPECT_EQ(keys->account, expected.account);
    EXPECT_EQ(keys->organization, expected.organization);
    EXPECT_EQ(keys->root, expected.root);
    EXPECT_TRUE(crypto::equalSecrets(keys->signingSeed, expected.signingSeed));
    EXPECT_TRUE(crypto::equalSecrets(keys->agreementScalar, expected.agreementScalar));
    EXPECT_TRUE(crypto::equalSecrets(keys->deviceSecret, expected.deviceSecret));
    ASSERT_EQ(keys->contentKeys.size(), 2u);
    EXPECT_TRUE(crypto::equalSecrets(keys->contentKeys.at(9), expected.contentKeys.at(9)));
}

TEST(KeysFile, HasTheDocumentedFront) {
    const Bytes file = someFile();
    EXPECT_EQ(toHex(ByteView(file).first(16)), "8953534b0d0a1a0a"
                                               "0001"
                                               "04"
                                               "08"
                                               "01"
                                               "000000");
}

TEST(KeysFile, TellsAWrongPassphraseFromDamage) {
    EXPECT_EQ(opening(someFile(), "not the passphrase"), "wrong-passphrase");
    EXPECT_EQ(opening(someFile(), ""), "wrong-passphrase");
}

TEST(KeysFile, WithAnyByteFlippedIsDamaged) {
    const Bytes whole = someFile();
    for (std::size_t at = 0; at < whole.size(); ++at) {
        Bytes flipped = whole;
        flipped[at] ^= 0x01;
        EXPECT_EQ(opening(flipped), "data-damaged") << "byte " << at;
    }
}

TEST(KeysFile, WithAnyByteFlippedAndTheSumMadeGoodIsStillRefused) {
    const Bytes whole = someFile();
    for (std::size_t at = 0; at < whole.size() - 32; ++at) {
        Bytes flipped = whole;
        flipped[at] ^= 0x01;
        const auto word = opening(withSum(flipped));
        EXPECT_TRUE(word == "data-damaged" || word == "wrong-passphrase") << "byte " << at << ": " << word;
    }
}

TEST(KeysFile, CutAnywhereIsDamaged) {
    const Bytes whole = someFile();
    for (std::size_t size = 0; size < whole.size(); ++size)
        EXPECT_EQ(opening(ByteView(whole).first(size)), "data-damaged") << size << " bytes";
    Bytes longer = whole;
    longer.push_back(0);
    EXPECT_EQ(opening(longer), "data-damaged");
}

TEST(KeysFile, DoesNotSpendMemoryThatAFileAsksFor) {
    for (const Byte log2N : {Byte{0}, Byte{3}, Byte{21}, Byte{40}, Byte{63}, Byte{255}}) {
        Bytes dear = someFile();
        dear[10] = log2N;
        EXPECT_EQ(opening(withSum(dear)), "data-damaged") << int{log2N};
    }
    EXPECT_EQ(opening(someFile(), kPassphrase, crypto::ScryptLimits{}), "data-damaged") << "too cheap for a real one";
}

TEST(KeysFile, OfANewerFormatSaysSo) {
    Bytes newer = someFile();
    newer[9] = 2;
    const auto refused = openKeysFile(withSum(newer), viewOf(kPassphrase), kLimits);
    ASSERT_EQ(wordOf(refused), "data-damaged");
    EXPECT_NE(refused.error().message.find("newer"), std::string::npos);
}

TEST(KeysFile, ShowsNeitherKeysNorNames) {
    const Bytes file = someFile();
    const auto holds = [&](ByteView part) {
        return std::search(file.begin(), file.end(), part.begin(), part.end()) != file.end();
    };
    EXPECT_FALSE(holds(secretOf(4).view().first(8)));
    EXPECT_FALSE(holds(viewOf(kEmail)));
}

} // namespace
} // namespace ssprotect::session
