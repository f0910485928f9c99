#include "sample.h"

#include <algorithm>
#include <random>

#include <gtest/gtest.h>

namespace ssprotect::container {
namespace {

using ssprotect::test::MemoryFile;
using test::chunkAt;
using test::Inputs;
using test::patterned;

TEST(Reader, ReadsAnyRange) {
    const Inputs inputs;
    const Bytes plaintext = patterned(100'000);
    MemoryFile file(test::encrypted(inputs, plaintext).container);
    auto reader = Reader::open(file, inputs.keys());
    ASSERT_TRUE(reader);
    EXPECT_EQ(reader->size(), plaintext.size());
    std::mt19937 random(1);
    for (int i = 0; i < 500; ++i) {
        const std::size_t offset = random() % 110'000;
        Bytes buffer(random() % 40'000, 0xee);
        const std::size_t expected =
            offset >= plaintext.size() ? 0 : std::min(buffer.size(), plaintext.size() - offset);
        ASSERT_EQ(reader->readAt(offset, buffer).value(), expected);
        ASSERT_TRUE(std::ranges::equal(ByteView(buffer).first(expected),
                                       ByteView(plaintext).subspan(std::min(offset, plaintext.size()), expected)));
        ASSERT_TRUE(std::ranges::all_of(ByteView(buffer).subspan(expected), [](Byte byte) { return byte == 0xee; }));
    }
}

TEST(Reader, OfAnEmptyDocumentReadsNothing) {
    const Inputs inputs;
    MemoryFile file(test::encrypted(inputs, {}).container);
    auto reader = Reader::open(file, inputs.keys());
    ASSERT_TRUE(reader);
    Bytes buffer(10);
    EXPECT_EQ(reader->readAt(0, buffer).value(), 0u);
    EXPECT_EQ(reader->readAt(~std::uint64_t{0}, buffer).value(), 0u);
}

TEST(Reader, GivesTheWholeChunksAndNothingOfAChangedOne) {
    const Inputs inputs;
    const Bytes plaintext = patterned(60'000);
    Bytes container = test::encrypted(inputs, plaintext).container;
    container[chunkAt(2) + 1] ^= 1;
    MemoryFile file(container);
    auto reader = Reader::open(file, inputs.keys());
    ASSERT_TRUE(reader);
    Bytes buffer(2 * kChunkSize);
    EXPECT_EQ(reader->readAt(0, buffer).value(), buffer.size());
    Bytes part(100, 0xee);
    for (int i = 0; i < 2; ++i) {
        const auto refused = reader->readAt(2 * kChunkSize + 50, part);
        ASSERT_FALSE(refused);
        EXPECT_EQ(refused.error().code, ErrorCode::integrity);
        EXPECT_EQ(part, Bytes(100, 0xee));
    }
    EXPECT_EQ(reader->readAt(3 * kChunkSize, part).value(), 100u) << "the next chunk is whole";
}

TEST(Reader, SaysSoWhenTheFileIsCutWhileItIsRead) {
    const Inputs inputs;
    MemoryFile file(test::encrypted(inputs, patterned(60'000)).container);
    auto reader = Reader::open(file, inputs.keys());
    ASSERT_TRUE(reader);
    ASSERT_TRUE(file.resize(chunkAt(1) + 10));
    Bytes buffer(60'000);
    EXPECT_EQ(reader->readAt(0, buffer).error().code, ErrorCode::integrity);
}

} // namespace
} // namespace ssprotect::container
