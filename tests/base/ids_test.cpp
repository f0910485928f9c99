#include "ssprotect/base/ids.h"
#include "support/scripted_random.h"

#include <type_traits>
#include <unordered_set>

#include <gtest/gtest.h>

namespace ssprotect {
namespace {

constexpr std::string_view kText = "00112233445566778899aabbccddeeff";

TEST(Ids, GoThroughTextAndBytes) {
    const auto id = FileId::fromHexText(kText);
    ASSERT_TRUE(id);
    EXPECT_EQ(id->hex(), kText);
    EXPECT_EQ(FileId::fromBytes(id->bytes()).value(), *id);
    EXPECT_EQ(FileId::fromHexText("00112233445566778899AABBCCDDEEFF").value(), *id);
}

TEST(Ids, HaveExactly16Bytes) {
    EXPECT_EQ(FileId::fromBytes(Bytes(15)).error().code, ErrorCode::invalidInput);
    EXPECT_EQ(FileId::fromBytes(Bytes(17)).error().code, ErrorCode::invalidInput);
    EXPECT_FALSE(FileId::fromHexText(""));
    EXPECT_FALSE(FileId::fromHexText(kText.substr(2)));
    EXPECT_FALSE(FileId::fromHexText("00112233445566778899aabbccddeefg"));
}

TEST(Ids, AreDrawnFromTheGivenRandomness) {
    test::ScriptedRandom random{fromHex(kText).value()};
    EXPECT_EQ(AccountId::random(random).hex(), kText);
    EXPECT_EQ(random.left(), 0u);
}

TEST(Ids, AreNullUntilTheyAreSomething) {
    EXPECT_TRUE(FileId().isNull());
    EXPECT_FALSE(FileId::fromHexText(kText)->isNull());
}

TEST(Ids, CompareAndHashByTheirBytes) {
    const auto small = FileId::fromHexText("00000000000000000000000000000001").value();
    const auto large = FileId::fromHexText("01000000000000000000000000000000").value();
    EXPECT_LT(small, large);
    EXPECT_NE(small, large);
    const std::unordered_set<FileId> set{small, large, small};
    EXPECT_EQ(set.size(), 2u);
}

// Kinds of identities do not mix.
static_assert(!std::is_constructible_v<FileId, AccountId>);

} // namespace
} // namespace ssprotect
