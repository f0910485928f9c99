#include "ssprotect/crypto/curves.h"
#include "support/vector_file.h"

#include <algorithm>

#include <nlohmann/json.hpp>

namespace ssprotect::crypto {
namespace {

struct X25519Vectors : test::VectorFile {
    X25519Vectors() : VectorFile("x25519_test.json") {}
};

TEST_F(X25519Vectors, AllComeOutRightAndAZeroSecretIsRefused) {
    int done = 0;
    for (const Json& group : json().at("testGroups")) {
        for (const Json& vector : group.at("tests")) {
            SCOPED_TRACE("tcId " + vector.at("tcId").dump());
            const auto key = AgreementKey::fromPrivate(bytesOf(vector, "private"));
            ASSERT_TRUE(key);
            const Bytes expected = bytesOf(vector, "shared");
            const auto shared = key->agree(bytesOf(vector, "public"));
            const bool zero = std::ranges::all_of(expected, [](Byte byte) { return byte == 0; });
            ASSERT_EQ(shared.ok(), !zero);
            if (zero) {
                EXPECT_EQ(shared.error().code, ErrorCode::integrity);
            } else {
                EXPECT_TRUE(equalSecrets(*shared, expected));
            }
            ++done;
        }
    }
    EXPECT_EQ(done, json().at("numberOfTests").get<int>());
}

struct Ed25519Vectors : test::VectorFile {
    Ed25519Vectors() : VectorFile("ed25519_test.json") {}
};

TEST_F(Ed25519Vectors, AllComeOutRight) {
    int done = 0;
    for (const Json& group : json().at("testGroups")) {
        PublicKey key;
        const Bytes bytes = bytesOf(group.at("publicKey"), "pk");
        ASSERT_EQ(bytes.size(), key.size());
        std::ranges::copy(bytes, key.begin());
        for (const Json& vector : group.at("tests")) {
            SCOPED_TRACE("tcId " + vector.at("tcId").dump());
            EXPECT_EQ(verifySignature(key, bytesOf(vector, "msg"), bytesOf(vector, "sig")),
                      vector.at("result") == "valid");
            ++done;
        }
    }
    EXPECT_EQ(done, json().at("numberOfTests").get<int>());
}

struct HpkeVectors : test::VectorFile {
    HpkeVectors() : VectorFile("hpke_x25519_aes256gcm.json") {}
};

TEST_F(HpkeVectors, AllOpenAndNoneWithAChangedByte) {
    ASSERT_EQ(json().at("vectors").size(), 16u);
    for (const Json& vector : json().at("vectors")) {
        const AgreementKey recipient = AgreementKey::fromPrivate(bytesOf(vector, "recipient_private")).value();
        EXPECT_EQ(copyOf(recipient.publicKey()), bytesOf(vector, "recipient_public"));
        Bytes info = bytesOf(vector, "info");
        Bytes aad = bytesOf(vector, "aad");
        Bytes encapsulated = bytesOf(vector, "enc");
        Bytes ciphertext = bytesOf(vector, "ciphertext");
        const auto opened = hpkeOpen(recipient, info, aad, encapsulated, ciphertext);
        ASSERT_TRUE(opened);
        EXPECT_TRUE(equalSecrets(*opened, bytesOf(vector, "plaintext")));

        for (Bytes* part : {&info, &aad, &encapsulated, &ciphertext}) {
            for (std::size_t i = 0; i < part->size(); i += 1 + part->size() / 64) {
                (*part)[i] ^= 0x01;
                EXPECT_FALSE(hpkeOpen(recipient, info, aad, encapsulated, ciphertext)) << "byte " << i;
                (*part)[i] ^= 0x01;
            }
        }
    }
}

} // namespace
} // namespace ssprotect::crypto
