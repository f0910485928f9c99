#include "ssprotect/platform/narrow_path.h"
#include "ssprotect/platform/shown_path.h"
#include "ssprotect/platform/sibling_name.h"

#include <gtest/gtest.h>

namespace ssprotect::platform {
namespace {

class CountingRandom final : public Random {
public:
    void fill(MutableByteView to) override {
        for (auto& byte : to)
            byte = ++last_;
    }

private:
    Byte last_ = 0;
};

TEST(SiblingName, LiesBesideTheTargetAndFitsWhateverItsName) {
    CountingRandom random;
    const auto name = siblingName("/folder/" + std::string(255, 'x'), random);
    EXPECT_EQ(name, "/folder/.ssp-0102030405060708~");
    EXPECT_TRUE(isSiblingName(name));
    EXPECT_NE(siblingName("/folder/x", random), siblingName("/folder/x", random));
}

TEST(SiblingName, IsToldFromNamesThatOnlyLookAlike) {
    for (const char* other : {"", "~", ".ssp-0102030405060708", ".ssp-010203040506070~", ".ssp-01020304050607080~",
                              ".ssp-010203040506070g~", ".ssp-010203040506070A~", "x.ssp-0102030405060708~",
                              ".ssp-0102030405060708~/file", ".ssp-~~~~~~~~~~~~~~~~~"})
        EXPECT_FALSE(isSiblingName(other)) << other;
}

TEST(SiblingName, OfAParkedFileIsNeverSweptAsASibling) {
    const auto parked = parkedName("/folder/.ssp-0102030405060708~");
    EXPECT_EQ(parked.parent_path(), "/folder");
    EXPECT_FALSE(isSiblingName(parked));
    EXPECT_EQ(parked, parkedName("/folder/.ssp-0102030405060708~"));
    EXPECT_NE(parked, parkedName("/folder/.ssp-0102030405060709~"));
}

TEST(ShownPath, LeavesReadableNamesAlone) {
    for (const char* name : {"/home/anna/Büro/Präsentation.odp", "/日本語/файл", "/emoji \xF0\x9F\x93\x84"})
        EXPECT_EQ(shownPath(pathOfNarrow(name)), name);
}

TEST(ShownPath, EscapesWhatWouldDriveATerminal) {
    EXPECT_EQ(shownPath("a\x1b[31m\n\x7f"), "a\\x1b[31m\\x0a\\x7f");
    EXPECT_EQ(shownPath(pathOfNarrow("a\xC2\x9B"
                                     "31m")),
              "a\\xc2\\x9b31m");
}

TEST(ShownPath, EscapesWhatTurnsTheDirectionOfText) {
    EXPECT_EQ(shownPath(pathOfNarrow("cod\u202Etxt.exe")), "cod\\xe2\\x80\\xaetxt.exe");
    EXPECT_EQ(shownPath(pathOfNarrow("a\u2066b\u2069")), "a\\xe2\\x81\\xa6b\\xe2\\x81\\xa9");
}

#ifdef __unix__
TEST(ShownPath, EscapesBytesThatAreNoUtf8) {
    EXPECT_EQ(shownPath("\xff"), "\\xff");
    EXPECT_EQ(shownPath("\xC0\xAF"), "\\xc0\\xaf");          // overlong
    EXPECT_EQ(shownPath("\xED\xA0\x80"), "\\xed\\xa0\\x80"); // a surrogate
    EXPECT_EQ(shownPath("\xE2\x82"), "\\xe2\\x82");          // cut short
    EXPECT_EQ(shownPath("\xF4\x90\x80\x80"), "\\xf4\\x90\\x80\\x80");
}
#endif

} // namespace
} // namespace ssprotect::platform
