#include "file_mark.h"
#include "ssprotect/container/identity.h"

#include <gtest/gtest.h>

namespace ssprotect::shellext {
namespace {

container::Identity identity() {
    container::Identity identity;
    std::array<Byte, 16> bytes{};
    bytes.fill(1);
    identity.owner = AccountId(bytes);
    bytes.fill(2);
    identity.organization = OrganizationId(bytes);
    return identity;
}

TEST(FileMark, TellsOwnerAndOrganizationOfAContainer) {
    const auto mark = markOf(identity().bytes());
    EXPECT_EQ(mark.kind, FileKind::sealed);
    EXPECT_EQ(mark.owner, identity().owner);
    EXPECT_EQ(mark.organization, identity().organization);
    EXPECT_TRUE(mark.ours());
}

TEST(FileMark, TakesWhatStartsOtherwiseForPlain) {
    EXPECT_EQ(markOf({}).kind, FileKind::plain);
    EXPECT_EQ(markOf(viewOf("PK\x03\x04")).kind, FileKind::plain);
    auto bytes = identity().bytes();
    bytes[0] ^= 1;
    EXPECT_FALSE(markOf(bytes).ours());
}

TEST(FileMark, TakesAContainerThatItCannotReadForOursAndDamaged) {
    const auto bytes = identity().bytes();
    for (std::size_t length = 8; length < bytes.size(); ++length)
        EXPECT_EQ(markOf(ByteView(bytes).first(length)).kind, FileKind::damaged) << length;
    auto newer = bytes;
    newer[9] = 2;
    EXPECT_EQ(markOf(newer).kind, FileKind::damaged);
    EXPECT_TRUE(markOf(newer).ours());
}

} // namespace
} // namespace ssprotect::shellext
