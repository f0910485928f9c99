#include "ssprotect/container/overlay.h"

#include <gtest/gtest.h>

namespace ssprotect::container {
namespace {

template <class Id> Id idOf(Byte filler) {
    std::array<Byte, Id::kSize> bytes{};
    bytes.fill(filler);
    return Id(bytes);
}

const Viewer kViewer{idOf<AccountId>(1), {idOf<OrganizationId>(2), idOf<OrganizationId>(3)}};

TEST(Overlay, IsRedForOnesOwnFilesInWhateverOrganization) {
    EXPECT_EQ(kViewer.overlayOf(idOf<AccountId>(1), idOf<OrganizationId>(2)), Overlay::red);
    EXPECT_EQ(kViewer.overlayOf(idOf<AccountId>(1), idOf<OrganizationId>(9)), Overlay::red);
}

TEST(Overlay, IsYellowForFilesOfTheOwnAndOfTrustingOrganizations) {
    EXPECT_EQ(kViewer.overlayOf(idOf<AccountId>(7), idOf<OrganizationId>(2)), Overlay::yellow);
    EXPECT_EQ(kViewer.overlayOf(idOf<AccountId>(7), idOf<OrganizationId>(3)), Overlay::yellow);
}

TEST(Overlay, IsNoneForForeignFiles) {
    EXPECT_EQ(kViewer.overlayOf(idOf<AccountId>(7), idOf<OrganizationId>(9)), Overlay::none);
}

TEST(Overlay, ComesBackFromItsText) {
    auto parsed = Viewer::parse(kViewer.text());
    ASSERT_TRUE(parsed) << parsed.error().message;
    EXPECT_EQ(*parsed, kViewer);
}

TEST(Overlay, TakesNoTextThatIsCutOffOrOtherwiseChanged) {
    const auto text = kViewer.text();
    const auto oneLineLess = text.size() - 1 - text.rfind('\n', text.size() - 2);
    const auto two = text.find("organization");
    for (std::size_t length = 0; length < text.size(); ++length) {
        // Whole lines fewer are another, valid text.
        if (length != text.size() - oneLineLess && length != two) {
            EXPECT_FALSE(Viewer::parse(text.substr(0, length))) << length;
        }
    }
    EXPECT_FALSE(Viewer::parse(text + "colour blue\n"));
    EXPECT_FALSE(Viewer::parse("ssprotect viewer 2\n" + text.substr(text.find('\n') + 1)));
    EXPECT_FALSE(Viewer::parse(std::string(100'000, '\0')));
}

} // namespace
} // namespace ssprotect::container
