#include "ssprotect/base/wiped_bytes.h"

#include <gtest/gtest.h>

namespace ssprotect {
namespace {

TEST(BigEndian, PutsTheHighestByteFirst) {
    std::array<Byte, 4> bytes;
    storeBigEndian<std::uint32_t>(0x01020304, bytes);
    EXPECT_EQ(bytes, (std::array<Byte, 4>{1, 2, 3, 4}));
    EXPECT_EQ(loadBigEndian<std::uint32_t>(bytes), 0x01020304u);
}

TEST(BigEndian, GivesBackEveryWidth) {
    std::array<Byte, 8> bytes;
    storeBigEndian<std::uint64_t>(0xfedcba9876543210, bytes);
    EXPECT_EQ(loadBigEndian<std::uint64_t>(bytes), 0xfedcba9876543210u);
    EXPECT_EQ(loadBigEndian<std::uint16_t>(ByteView(bytes).first(2)), 0xfedcu);
    EXPECT_EQ(loadBigEndian<Byte>(ByteView(bytes).last(1)), 0x10u);
}

TEST(Bytes, ViewTextAndBack) {
    EXPECT_EQ(textOf(viewOf("text")), "text");
    Bytes bytes = copyOf(viewOf("a"));
    append(bytes, viewOf("bc"));
    append(bytes, {});
    EXPECT_EQ(textOf(bytes), "abc");
}

TEST(WipeMemory, LeavesZeros) {
    Bytes bytes(10, 0xff);
    wipeMemory(bytes.data(), 9);
    EXPECT_EQ(bytes, (Bytes{0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff}));
}

} // namespace
} // namespace ssprotect
