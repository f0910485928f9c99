#include "managed/workspace.h"
#include "support/fault_file_system.h"

#include <algorithm>

#include <gtest/gtest.h>

namespace ssprotect::managed {
namespace {

using platform::Path;
using support::FaultFileSystem;

constexpr std::uint64_t kMiB = 1u << 20;

Settings settingsOf(const Path& home, const Path& runtimeFolder) {
    Settings settings;
    settings.home = home;
    settings.runtimeFolder = runtimeFolder;
    settings.mostInMemory = kMiB;
    return settings;
}

class WorkspacesOfAHome : public testing::Test {
protected:
    WorkspacesOfAHome() {
        files_.seedDirectory("/home/anna/ssprotect");
        files_.seedDirectory("/run/user/1000");
    }

    FaultFileSystem files_;
    Workspaces inMemory_{files_, settingsOf("/home/anna/ssprotect", "/run/user/1000")};
    Workspaces onDisk_{files_, settingsOf("/home/anna/ssprotect", {})};
};

TEST_F(WorkspacesOfAHome, LieInMemoryWhereThatIsPossible) {
    const Path workspace = inMemory_.choose("abc", 100);
    EXPECT_TRUE(inMemory_.inMemory(workspace));
    EXPECT_EQ(workspace.parent_path().parent_path(), Path("/run/user/1000"));
    EXPECT_EQ(workspace.filename(), Path("abc"));
}

TEST_F(WorkspacesOfAHome, LieOnDiskForADocumentThatIsTooBig) {
    EXPECT_TRUE(inMemory_.inMemory(inMemory_.choose("abc", kMiB)));
    EXPECT_EQ(inMemory_.choose("abc", kMiB + 1), Path("/home/anna/ssprotect/workspace/abc"));
}

TEST_F(WorkspacesOfAHome, LieOnDiskWhenMemoryIsShort) {
    files_.setCapacity(1000);
    EXPECT_TRUE(inMemory_.inMemory(inMemory_.choose("abc", 500)));
    EXPECT_FALSE(inMemory_.inMemory(inMemory_.choose("abc", 501)));
}

TEST_F(WorkspacesOfAHome, LieOnDiskWithoutARuntimeFolder) {
    EXPECT_EQ(onDisk_.choose("abc", 1), Path("/home/anna/ssprotect/workspace/abc"));
}

TEST_F(WorkspacesOfAHome, AreThoseOfThatHomeAlone) {
    const Workspaces other{files_, settingsOf("/home/anna/other", "/run/user/1000")};
    ASSERT_TRUE(inMemory_.create(inMemory_.choose("abc", 1)));
    EXPECT_EQ(inMemory_.all(), std::vector{inMemory_.choose("abc", 1)});
    EXPECT_TRUE(other.all().empty());
}

TEST_F(WorkspacesOfAHome, AreForTheOwnerOnly) {
    for (auto* workspaces : {&inMemory_, &onDisk_}) {
        const Path workspace = workspaces->choose("abc", 1);
        ASSERT_TRUE(workspaces->create(workspace));
        EXPECT_EQ(files_.attributes(workspace)->mode, 0700u);
        EXPECT_EQ(files_.attributes(workspace.parent_path())->mode, 0700u);
    }
}

TEST_F(WorkspacesOfAHome, AreOverwrittenBeforeTheyAreRemoved) {
    const Path workspace = onDisk_.choose("abc", 1);
    ASSERT_TRUE(onDisk_.create(workspace));
    files_.seedFile(workspace / "letter", viewOf("secret"), 0600);
    files_.seedFile(workspace / "sub/picture", viewOf("secret too"), 0600);
    files_.seedSymbolicLink(workspace / "link");
    const unsigned before = files_.operationCount();
    ASSERT_TRUE(onDisk_.wipe(workspace));
    EXPECT_TRUE(onDisk_.all().empty());

    std::vector<support::OperationKind> kinds;
    for (const auto& operation : files_.operations())
        if (operation.ordinal > before)
            kinds.push_back(operation.kind);
    const auto firstRemoval = std::find(kinds.begin(), kinds.end(), support::OperationKind::remove);
    EXPECT_EQ(std::count(kinds.begin(), firstRemoval, support::OperationKind::write), 2);
    EXPECT_EQ(std::count(firstRemoval, kinds.end(), support::OperationKind::write), 0);
    EXPECT_TRUE(files_.filesContaining(viewOf("secret")).empty());
}

TEST_F(WorkspacesOfAHome, AreWipedAlsoWhereAFileRefusesToBeWritten) {
    const Path workspace = onDisk_.choose("abc", 1);
    ASSERT_TRUE(onDisk_.create(workspace));
    files_.seedFile(workspace / "letter", viewOf("secret"), 0400);
    ASSERT_TRUE(onDisk_.wipe(workspace));
    EXPECT_FALSE(files_.content(workspace / "letter"));
}

TEST_F(WorkspacesOfAHome, ThatCannotGoYetAreRememberedAndGoLater) {
    const Path workspace = onDisk_.choose("abc", 1);
    ASSERT_TRUE(onDisk_.create(workspace));
    files_.seedFile(workspace / "letter", viewOf("secret"), 0600);
    constexpr unsigned kFailures = 6;
    for (unsigned n = 1; n <= kFailures; ++n)
        files_.failAt(files_.operationCount() + n, support::Fault::ioError);
    EXPECT_FALSE(onDisk_.wipe(workspace));
    EXPECT_TRUE(onDisk_.anyLeft());
    for (unsigned tries = 0; tries < kFailures; ++tries)
        onDisk_.wipeLeft();
    EXPECT_FALSE(onDisk_.anyLeft());
    EXPECT_TRUE(onDisk_.all().empty());
}

TEST_F(WorkspacesOfAHome, MayBeWipedTwice) {
    const Path workspace = onDisk_.choose("abc", 1);
    EXPECT_TRUE(onDisk_.wipe(workspace));
    ASSERT_TRUE(onDisk_.create(workspace));
    EXPECT_TRUE(onDisk_.wipe(workspace));
    EXPECT_TRUE(onDisk_.wipe(workspace));
}

} // namespace
} // namespace ssprotect::managed
