#include "golden.h"
#include "ssprotect/base/encoding.h"
#include "ssprotect/base/json.h"

#include <filesystem>
#include <fstream>
#include <iterator>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace ssprotect::container {
namespace {

using ssprotect::test::MemoryFile;
using test::Golden;

const std::filesystem::path kFolder = std::filesystem::path(SSPROTECT_TEST_DATA) / "containers";

Bytes contentOf(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    EXPECT_TRUE(file) << path;
    return {std::istreambuf_iterator<char>(file), {}};
}

Json described() { return Json::parse(contentOf(kFolder / "golden.json")); }

Bytes bytesOf(const Json& json, const char* field) { return fromHex(json.at(field).get<std::string>()).value(); }

template <std::size_t size> std::array<Byte, size> arrayOf(const Json& json, const char* field) {
    std::array<Byte, size> bytes;
    std::ranges::copy(bytesOf(json, field), bytes.begin());
    return bytes;
}

TEST(Golden, ContainersOpenWithNothingButWhatTheirDescriptionNames) {
    const Json description = described();
    ASSERT_EQ(description.at("containers").size(), 5u);
    for (const Json& golden : description.at("containers")) {
        SCOPED_TRACE(golden.at("file").get<std::string>());
        const Bytes bytes = contentOf(kFolder / golden.at("file").get<std::string>());
        EXPECT_EQ(bytes.size(), golden.at("container_size").get<std::size_t>());
        const auto identity = arrayOf<kIdentitySize>(golden, "I");
        const auto share = deriveShare(bytesOf(golden, "S"), bytesOf(golden, "sigma"), identity);
        EXPECT_EQ(toHex(share), golden.at("R").get<std::string>());
        const Bytes contentKey = bytesOf(golden, "OCK");

        MemoryFile container(bytes);
        const auto header = readHeader(container);
        ASSERT_TRUE(header && header->has_value());
        EXPECT_EQ((*header)->identityBytes, identity);
        EXPECT_EQ((*header)->identity.version, golden.at("version").get<VersionNumber>());
        MemoryFile plaintext;
        const auto creator = arrayOf<32>(golden, "creator_ed25519_public");
        ASSERT_TRUE(decrypt(container, plaintext, {share, contentKey}, creator, arrayOf<32>(golden, "D"), {}));
        EXPECT_TRUE(plaintext.content() == test::patterned(golden.at("plaintext_size").get<std::size_t>()));
    }
}

TEST(Golden, ContainersAreWhatThisBuildWrites) {
    for (const Golden& golden : test::goldens()) {
        SCOPED_TRACE(golden.file);
        const Bytes bytes = contentOf(kFolder / golden.file);
        const Bytes plaintext = test::patterned(golden.plaintextSize);
        EXPECT_TRUE(test::writtenPlainly(golden.inputs, plaintext, golden.extra()).container == bytes);
        if (golden.extraHeader == 0) {
            EXPECT_TRUE(test::encrypted(golden.inputs, plaintext).container == bytes);
        }
    }
}

TEST(Golden, BytesThatALongerHeaderAddsAreIgnoredButCount) {
    const Golden golden = test::goldens().back();
    ASSERT_EQ(golden.extraHeader, 16u);
    const auto sample = test::writtenPlainly(golden.inputs, test::patterned(golden.plaintextSize), golden.extra());
    EXPECT_TRUE(test::verified(sample.container, golden.inputs, sample.stored.digest));
    for (std::size_t at = kHeaderSize - 32; at < kHeaderSize - 32 + 16; ++at) {
        Bytes changed = sample.container;
        changed[at] ^= 1;
        EXPECT_EQ(test::verified(changed, golden.inputs, sample.stored.digest).error().code, ErrorCode::integrity);
    }
}

} // namespace
} // namespace ssprotect::container
