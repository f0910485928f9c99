#include "access_list.h"
#include "platform/posix/access_rights.h"

#include <gtest/gtest.h>

namespace ssprotect::platform {
namespace {

constexpr KeptOwnership kAllKept{true, true};
constexpr KeptOwnership kGroupLost{false, false};

TEST(AccessRights, StayWhenOwnerAndGroupStay) {
    for (const mode_t mode : {0644U, 0600U, 04755U, 02640U, 0000U})
        EXPECT_EQ(withoutWidening({mode, {}}, kAllKept).mode, mode);
}

TEST(AccessRights, LoseTheSetIdBitsWithTheOwner) {
    EXPECT_EQ(withoutWidening({06755, {}}, {false, true}).mode, 0755U);
    EXPECT_EQ(withoutWidening({06755, {}}, {true, false}).mode, 0755U);
}

TEST(AccessRights, OfAnotherGroupAreOnlyWhatBothClassesHad) {
    EXPECT_EQ(withoutWidening({0640, {}}, kGroupLost).mode, 0600U); // the new group gets nothing
    EXPECT_EQ(withoutWidening({0604, {}}, kGroupLost).mode, 0600U); // nor the old one, now others
    EXPECT_EQ(withoutWidening({0664, {}}, kGroupLost).mode, 0644U);
    EXPECT_EQ(withoutWidening({0777, {}}, kGroupLost).mode, 0777U);
}

TEST(AccessRights, NarrowAnAccessListAlike) {
    const auto list = accessList({{kUserObject, 6}, {kNamedUser, 6, 1000}, {kGroupObject, 6}, {kMask, 6}, {kOther, 4}});
    EXPECT_EQ(*withoutWidening({0664, list}, kAllKept).accessList, list);
    EXPECT_EQ(*withoutWidening({0664, list}, kGroupLost).accessList,
              accessList({{kUserObject, 6}, {kNamedUser, 6, 1000}, {kGroupObject, 4}, {kMask, 6}, {kOther, 4}}));
}

TEST(AccessRights, FallBackToTheOwnerWhenTheListIsNoneWeKnow) {
    for (const Bytes& list : {Bytes{}, Bytes{2, 0, 0, 0}, Bytes{3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0},
                              Bytes{2, 0, 0, 0, 1, 0, 6}, accessList({{kUserObject, 6}, {kGroupObject, 6}})}) {
        const auto rights = withoutWidening({0664, list}, kGroupLost);
        EXPECT_EQ(rights.mode, 0600U);
        EXPECT_FALSE(rights.accessList);
    }
}

} // namespace
} // namespace ssprotect::platform
