#include "ssprotect/crypto/aead.h"
#include "support/vector_file.h"

#include <iostream>

#include <nlohmann/json.hpp>

namespace ssprotect::crypto {
namespace {

struct AesGcmVectors : test::VectorFile {
    AesGcmVectors() : VectorFile("aes_gcm_test.json") {}

    static void check(const Json& vector) {
        SCOPED_TRACE("tcId " + vector.at("tcId").dump());
        const Bytes plaintext = bytesOf(vector, "msg");
        const Bytes aad = bytesOf(vector, "aad");
        Bytes sealed = bytesOf(vector, "ct");
        append(sealed, bytesOf(vector, "tag"));
        GcmNonce nonce;
        const Bytes iv = bytesOf(vector, "iv");
        ASSERT_EQ(iv.size(), nonce.size());
        std::ranges::copy(iv, nonce.begin());

        Aes256Gcm gcm(bytesOf(vector, "key"));
        Bytes opened(sealed.size() - kGcmTagSize);
        const bool valid = vector.at("result") == "valid";
        EXPECT_EQ(gcm.open(nonce, aad, sealed, opened).ok(), valid);
        if (!valid)
            return;
        EXPECT_EQ(opened, plaintext);
        Bytes again(plaintext.size() + kGcmTagSize);
        gcm.seal(nonce, aad, plaintext, again);
        EXPECT_EQ(again, sealed);
    }
};

TEST_F(AesGcmVectors, AllOfThisKeyNonceAndTagSizeComeOutRight) {
    int done = 0;
    int others = 0;
    for (const Json& group : json().at("testGroups")) {
        const bool ours = group.at("keySize") == 256 && group.at("ivSize") == 96 && group.at("tagSize") == 128;
        for (const Json& vector : group.at("tests")) {
            if (ours)
                check(vector);
            ++(ours ? done : others);
        }
    }
    std::cout << done << " vectors checked; " << others << " have key, nonce or tag sizes that are not offered\n";
    EXPECT_EQ(done, 66);
}

struct AesWrapVectors : test::VectorFile {
    AesWrapVectors() : VectorFile("aes_wrap_test.json") {}

    static void check(const Json& vector) {
        SCOPED_TRACE("tcId " + vector.at("tcId").dump());
        const Bytes kek = bytesOf(vector, "key");
        const Bytes key = bytesOf(vector, "msg");
        const Bytes wrapped = bytesOf(vector, "ct");
        const auto unwrapped = unwrapKey(kek, wrapped);
        const auto result = textOf(vector, "result");
        if (result != "acceptable") {
            EXPECT_EQ(unwrapped.ok(), result == "valid");
        }
        if (unwrapped) {
            EXPECT_TRUE(equalSecrets(*unwrapped, key));
            EXPECT_EQ(wrapKey(kek, key), wrapped);
        }
    }
};

TEST_F(AesWrapVectors, AllOf256BitKeysComeOutRight) {
    int done = 0;
    int others = 0;
    for (const Json& group : json().at("testGroups")) {
        const bool ours = group.at("keySize") == 256;
        for (const Json& vector : group.at("tests")) {
            if (ours)
                check(vector);
            ++(ours ? done : others);
        }
    }
    std::cout << done << " vectors checked; " << others << " have a wrapping key of a size that is not offered\n";
    EXPECT_EQ(done, 68);
}

} // namespace
} // namespace ssprotect::crypto
