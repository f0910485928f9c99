#include "ssprotect/crypto/hash.h"
#include "support/vector_file.h"

#include <nlohmann/json.hpp>

namespace ssprotect::crypto {
namespace {

struct Algorithm {
    std::string_view name;
    HashAlgorithm hash;
    std::size_t size;
};

void PrintTo(const Algorithm& algorithm, std::ostream* out) { *out << algorithm.name; }

constexpr Algorithm kSha1{"sha1", HashAlgorithm::sha1, 20};
constexpr Algorithm kSha256{"sha256", HashAlgorithm::sha256, 32};
constexpr Algorithm kSha512{"sha512", HashAlgorithm::sha512, 64};

struct HmacVectors : test::VectorFile, testing::WithParamInterface<Algorithm> {
    HmacVectors() : VectorFile("hmac_" + std::string(GetParam().name) + "_test.json") {}
};

TEST_P(HmacVectors, AllComeOutRight) {
    int done = 0;
    for (const Json& group : json().at("testGroups")) {
        const std::size_t tagSize = group.at("tagSize").get<std::size_t>() / 8;
        for (const Json& vector : group.at("tests")) {
            SCOPED_TRACE("tcId " + vector.at("tcId").dump());
            const Bytes code = hmac(GetParam().hash, bytesOf(vector, "key"), {bytesOf(vector, "msg")});
            ASSERT_EQ(code.size(), GetParam().size);
            EXPECT_EQ(equalSecrets(ByteView(code).first(tagSize), bytesOf(vector, "tag")),
                      vector.at("result") == "valid");
            ++done;
        }
    }
    EXPECT_EQ(done, json().at("numberOfTests").get<int>());
}

INSTANTIATE_TEST_SUITE_P(Hash, HmacVectors, testing::Values(kSha1, kSha256, kSha512));

struct HkdfVectors : test::VectorFile, testing::WithParamInterface<Algorithm> {
    HkdfVectors() : VectorFile("hkdf_" + std::string(GetParam().name) + "_test.json") {}
};

TEST_P(HkdfVectors, AllComeOutRight) {
    int done = 0;
    for (const Json& group : json().at("testGroups")) {
        for (const Json& vector : group.at("tests")) {
            SCOPED_TRACE("tcId " + vector.at("tcId").dump());
            const auto size = vector.at("size").get<std::size_t>();
            ++done;
            if (vector.at("result") != "valid") {
                EXPECT_GT(size, 255 * GetParam().size) << "what is refused is refused for its length alone";
                continue;
            }
            const SecretBytes key =
                hkdf(GetParam().hash, bytesOf(vector, "ikm"), bytesOf(vector, "salt"), bytesOf(vector, "info"), size);
            EXPECT_TRUE(equalSecrets(key, bytesOf(vector, "okm")));
        }
    }
    EXPECT_EQ(done, json().at("numberOfTests").get<int>());
}

INSTANTIATE_TEST_SUITE_P(Hash, HkdfVectors, testing::Values(kSha256, kSha512));

} // namespace
} // namespace ssprotect::crypto
