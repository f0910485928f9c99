#include "ssprotect/base/encoding.h"
#include "ssprotect/crypto/curves.h"
#include "support/hex.h"
#include "support/scripted_random.h"

#include <algorithm>
#include <thread>

#include <gtest/gtest.h>

namespace ssprotect::crypto {
namespace {

using test::hex;

PublicKey publicKey(std::string_view text) {
    PublicKey key;
    std::ranges::copy(hex(text), key.begin());
    return key;
}

struct Signed {
    std::string_view seed, publicKey, message, signature;
};

// RFC 8032, section 7.1, tests 1 to 3.
constexpr Signed kSigned[] = {
    {"9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
     "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
     "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe246"
     "55"
     "141438e7a100b"},
    {"4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
     "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
     "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb"
     "00"
     "d291612bb0c00"},
    {"c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
     "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
     "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc"
     "02"
     "7beceea1ec40a"},
};

TEST(Signing, GivesThePublishedSignatures) {
    for (const Signed& vector : kSigned) {
        const auto key = SigningKey::fromPrivate(hex(vector.seed));
        ASSERT_TRUE(key);
        EXPECT_EQ(toHex(key->publicKey()), vector.publicKey);
        EXPECT_EQ(toHex(key->sign(hex(vector.message))), vector.signature);
        EXPECT_TRUE(verifySignature(publicKey(vector.publicKey), hex(vector.message), hex(vector.signature)));
    }
}

TEST(Signing, RefusesAChangedSignatureMessageOrKey) {
    const Signed& vector = kSigned[2];
    const Bytes message = hex(vector.message);
    const PublicKey key = publicKey(vector.publicKey);
    for (std::size_t i = 0; i < sizeof(Signature); ++i) {
        Bytes signature = hex(vector.signature);
        signature[i] ^= 0x01;
        EXPECT_FALSE(verifySignature(key, message, signature)) << "byte " << i;
    }
    EXPECT_FALSE(verifySignature(key, hex("af83"), hex(vector.signature)));
    EXPECT_FALSE(verifySignature(publicKey(kSigned[1].publicKey), message, hex(vector.signature)));
    EXPECT_FALSE(verifySignature(key, message, {}));
    EXPECT_FALSE(verifySignature(key, message, ByteView(hex(vector.signature)).first(63)));
}

TEST(Signing, KeyIsDrawnFromTheGivenRandomness) {
    const Bytes seed = hex(kSigned[0].seed);
    test::ScriptedRandom random{seed};
    const SigningKey key = SigningKey::generate(random);
    EXPECT_EQ(toHex(key.publicKey()), kSigned[0].publicKey);
    EXPECT_EQ(toHex(key.seed()), kSigned[0].seed);
    EXPECT_EQ(SigningKey::fromPrivate(Bytes(31)).error().code, ErrorCode::invalidInput);
}

TEST(Signing, SeveralThreadsMayUseOneKey) {
    const SigningKey key = SigningKey::fromPrivate(hex(kSigned[0].seed)).value();
    std::vector<std::thread> threads;
    std::array<bool, 4> good{};
    for (bool& mine : good)
        threads.emplace_back([&] {
            mine = true;
            for (int i = 0; i < 50; ++i)
                mine = mine && toHex(key.sign({})) == kSigned[0].signature;
        });
    for (auto& thread : threads)
        thread.join();
    EXPECT_EQ(good, (std::array<bool, 4>{true, true, true, true}));
}

// RFC 7748, section 6.1.
constexpr std::string_view kAlice = "77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a";
constexpr std::string_view kAlicePublic = "8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a";
constexpr std::string_view kBob = "5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb";
constexpr std::string_view kBobPublic = "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f";
constexpr std::string_view kShared = "4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742";

TEST(Agreement, GivesThePublishedSecretOnBothSides) {
    const AgreementKey alice = AgreementKey::fromPrivate(hex(kAlice)).value();
    const AgreementKey bob = AgreementKey::fromPrivate(hex(kBob)).value();
    EXPECT_EQ(toHex(alice.publicKey()), kAlicePublic);
    EXPECT_EQ(toHex(bob.publicKey()), kBobPublic);
    EXPECT_EQ(toHex(alice.agree(bob.publicKey()).value()), kShared);
    EXPECT_EQ(toHex(bob.agree(alice.publicKey()).value()), kShared);
}

TEST(Agreement, RefusesAKeyOfSmallOrderOrOfAnotherSize) {
    const AgreementKey alice = AgreementKey::fromPrivate(hex(kAlice)).value();
    EXPECT_EQ(alice.agree(Bytes(32)).error().code, ErrorCode::integrity);
    EXPECT_EQ(alice.agree(Bytes(31)).error().code, ErrorCode::invalidInput);
    EXPECT_EQ(AgreementKey::fromPrivate(Bytes(33)).error().code, ErrorCode::invalidInput);
}

// The working group's test-vectors.json for RFC 9180: mode 0, KEM 0x0020, KDF 0x0001, AEAD 0x0002, first message.
struct SealedMessage {
    Bytes ephemeral = hex("179d4b53b6365c45b600c4163b61d95cbc2f4d9e36f1695558dce265ab8bab11");
    PublicKey recipientPublic = publicKey("430f4b9859665145a6b1ba274024487bd66f03a2dd577d7753c68d7d7d00c00c");
    Bytes recipient = hex("497b4502664cfea5d5af0b39934dac72242a74f8480451e1aee7d6a53320333d");
    Bytes info = hex("4f6465206f6e2061204772656369616e2055726e");
    Bytes aad = hex("436f756e742d30");
    Bytes plaintext = hex("4265617574792069732074727574682c20747275746820626561757479");
    Bytes encapsulated = hex("6c93e09869df3402d7bf231bf540fadd35cd56be14f97178f0954db94b7fc256");
    Bytes ciphertext =
        hex("e5d84cd531cfb583096e7cfa9641bd3079cf3a91cda813c52deb5f512be9931980a41de125a925cdad859d5b7a");
};

TEST(Hpke, SealsThePublishedMessage) {
    const SealedMessage m;
    test::ScriptedRandom random{m.ephemeral};
    const auto sealed = hpkeSeal(m.recipientPublic, m.info, m.aad, m.plaintext, random);
    ASSERT_TRUE(sealed);
    EXPECT_EQ(toHex(sealed->encapsulated), toHex(m.encapsulated));
    EXPECT_EQ(sealed->ciphertext, m.ciphertext);
}

TEST(Hpke, OpensThePublishedMessage) {
    const SealedMessage m;
    const AgreementKey recipient = AgreementKey::fromPrivate(m.recipient).value();
    const auto opened = hpkeOpen(recipient, m.info, m.aad, m.encapsulated, m.ciphertext);
    ASSERT_TRUE(opened);
    EXPECT_TRUE(equalSecrets(*opened, m.plaintext));
}

TEST(Hpke, RefusesAnythingChanged) {
    const SealedMessage m;
    const AgreementKey recipient = AgreementKey::fromPrivate(m.recipient).value();
    EXPECT_FALSE(hpkeOpen(recipient, {}, m.aad, m.encapsulated, m.ciphertext));
    EXPECT_FALSE(hpkeOpen(recipient, m.info, {}, m.encapsulated, m.ciphertext));
    EXPECT_FALSE(hpkeOpen(recipient, m.info, m.aad, Bytes(32), m.ciphertext));
    EXPECT_FALSE(hpkeOpen(recipient, m.info, m.aad, Bytes(31), m.ciphertext));
    EXPECT_FALSE(hpkeOpen(recipient, m.info, m.aad, m.encapsulated, Bytes(15)));
    const auto other =
        hpkeOpen(AgreementKey::fromPrivate(m.ephemeral).value(), m.info, m.aad, m.encapsulated, m.ciphertext);
    EXPECT_EQ(other.error().code, ErrorCode::integrity);
}

TEST(Hpke, DoesNotSealToAKeyOfSmallOrder) {
    test::ScriptedRandom random{SealedMessage().ephemeral};
    EXPECT_EQ(hpkeSeal(PublicKey{}, {}, {}, {}, random).error().code, ErrorCode::integrity);
}

} // namespace
} // namespace ssprotect::crypto
