#include "ssprotect/conversion/conflict_name.h"
#include "ssprotect/platform/narrow_path.h"
#include "support/fault_file_system.h"

#include <gtest/gtest.h>

namespace ssprotect::conversion {
namespace {

using platform::Path;

const TimePoint kAt = fromUnixMillis(1'770'000'000'000); // 2026-02-02

TEST(ConflictName, SaysWhoseCopyItIsAndOfWhichDay) {
    EXPECT_EQ(conflictName("/docs/plan.odt", "anna@example.com", kAt),
              "/docs/plan (conflict, anna@example.com, 2026-02-02).odt");
    EXPECT_EQ(conflictName("/docs/plan.odt", "anna@example.com", kAt, 3),
              "/docs/plan (conflict, anna@example.com, 2026-02-02 3).odt");
}

TEST(ConflictName, KnowsNamesWithoutAnExtension) {
    EXPECT_EQ(conflictName("/docs/README", "a@b", kAt), "/docs/README (conflict, a@b, 2026-02-02)");
    EXPECT_EQ(conflictName("/docs/.profile", "a@b", kAt), "/docs/.profile (conflict, a@b, 2026-02-02)");
}

TEST(ConflictName, StaysWithin255BytesAndCutsNoCharacterInTwo) {
    const std::string stem = [] {
        std::string text = "x";
        for (int i = 0; i < 80; ++i)
            text += "\xE2\x82\xAC"; // €
        return text;
    }();
    const Path path = conflictName(platform::pathOfNarrow("/docs/" + stem + ".odt"), "anna@example.com", kAt);
    const auto name = platform::narrowPath(path.filename());
    EXPECT_LE(name.size(), 255u);
    EXPECT_GT(name.size(), 250u);
    const auto cut = name.find(" (conflict");
    ASSERT_NE(cut, std::string::npos);
    EXPECT_EQ((cut - 1) % 3, 0u);
    EXPECT_TRUE(name.ends_with(".odt"));
}

TEST(ConflictName, TakesAnExtensionThatFillsTheNameForNone) {
    const Path path = conflictName(Path("/docs") / ("a." + std::string(250, 'b')), "anna@example.com", kAt);
    const auto name = platform::narrowPath(path.filename());
    EXPECT_LE(name.size(), 255u);
    EXPECT_NE(name.find("(conflict, anna@example.com"), std::string::npos);
}

TEST(ConflictName, LeavesOutWhatNoFileNameMayHave) {
    EXPECT_EQ(conflictName("/docs/plan", "a/b\\c:d*e?\"<f>|\ng", kAt).filename(),
              "plan (conflict, a_b_c_d_e___f___g, 2026-02-02)");
}

TEST(ConflictName, IsNumberedWhenItIsTaken) {
    support::FaultFileSystem disk;
    disk.seedDirectory("/docs");
    for (const char* name : {"/docs/first", "/docs/second"}) {
        disk.seedFile(name, viewOf(name));
        ASSERT_TRUE(moveToConflictName(disk, name, "/docs/plan.odt", "a@b", kAt).ok());
    }
    EXPECT_EQ(disk.content("/docs/plan (conflict, a@b, 2026-02-02).odt"), copyOf(viewOf("/docs/first")));
    EXPECT_EQ(disk.content("/docs/plan (conflict, a@b, 2026-02-02 2).odt"), copyOf(viewOf("/docs/second")));
}

} // namespace
} // namespace ssprotect::conversion
