// The model of a disk is trusted by every crash test, so it is tested itself.

#include "ssprotect/platform/sibling_name.h"
#include "support/fault_enumeration.h"
#include "support/fault_file_system.h"
#include "support/temp_folder.h"
#include "support/watched_files.h"

#include <algorithm>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ssprotect::support {
namespace {

using platform::Access;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr std::size_t kSector = 512;

std::string textAt(const FaultFileSystem& disk, const Path& path) {
    const auto content = disk.content(path);
    return content ? std::string(textOf(*content)) : "(none)";
}

std::unique_ptr<FaultFileSystem> diskWith(const Path& path, std::string_view content,
                                          ReplaceStyle style = ReplaceStyle::exchange) {
    auto disk = std::make_unique<FaultFileSystem>(style);
    disk->seedFile(path, viewOf(content));
    return disk;
}

/// Creates, fills, syncs nothing.
Status writeUnsynced(FaultFileSystem& disk, const Path& path, ByteView content) {
    auto file = disk.create(path);
    return file ? (*file)->writeAt(0, content) : Status{std::move(file).error()};
}

/// What a file may be after a power cut, over all policies and many seeds.
std::set<std::string> outcomes(const FaultFileSystem& disk, const Path& path) {
    std::set<std::string> all;
    for (std::uint64_t seed = 1; seed <= 40; ++seed)
        for (const auto& survival : allSurvivals(seed))
            all.insert(textAt(*disk.survivingDisk(survival), path));
    return all;
}

TEST(FaultFileSystem, KeepsWhatWasSeeded) {
    FaultFileSystem disk;
    disk.seedFile("/docs/a", viewOf("content"), 0640, 5);
    disk.seedHardLink("/docs/a", "/docs/b");
    disk.seedExtended("/docs/a", "user.tag", viewOf("x"));
    disk.seedSymbolicLink("/docs/link");
    EXPECT_EQ(outcomes(disk, "/docs/a"), std::set<std::string>{"content"});
    const auto survivor = disk.survivingDisk({Keeps::nothing});
    EXPECT_EQ(survivor->attributes("/docs/a")->mode, 0640U);
    EXPECT_EQ(survivor->attributes("/docs/a")->modifiedNanos, 5);
    EXPECT_EQ(survivor->attributes("/docs/a")->extended.count("user.tag"), 1U);
    EXPECT_EQ(survivor->info("/docs/a")->linkCount, 2U);
    EXPECT_EQ(survivor->open("/docs/link", Access::read, {}).error().code, ErrorCode::symbolicLink);
    EXPECT_THAT(survivor->paths(), ElementsAre("/docs", "/docs/a", "/docs/b", "/docs/link"));
    EXPECT_THAT(survivor->filesContaining(viewOf("tent")), ElementsAre("/docs/a", "/docs/b"));
    EXPECT_EQ(disk.operationCount(), 0U);
}

TEST(FaultFileSystem, MayLoseAnythingThatWasNotSynced) {
    FaultFileSystem disk;
    ASSERT_TRUE(writeUnsynced(disk, "/new", viewOf("content")).ok());
    EXPECT_THAT(outcomes(disk, "/new"), ::testing::UnorderedElementsAre("(none)", "", std::string(7, '\0'), "content"));
}

TEST(FaultFileSystem, MayLoseTheNameOfASyncedFileUntilItsFolderIsSynced) {
    FaultFileSystem disk;
    auto file = disk.create("/new");
    ASSERT_TRUE((*file)->writeAt(0, viewOf("content")).ok());
    ASSERT_TRUE((*file)->sync().ok());
    EXPECT_THAT(outcomes(disk, "/new"), ::testing::UnorderedElementsAre("(none)", "content"));
    ASSERT_TRUE(disk.syncDirectory("/").ok());
    EXPECT_THAT(outcomes(disk, "/new"), ElementsAre("content"));
}

TEST(FaultFileSystem, MayLeaveAnEmptyFileAfterRenamingUnsyncedData) {
    auto disk = diskWith("/target", "old");
    ASSERT_TRUE(writeUnsynced(*disk, "/temp", viewOf("new")).ok());
    ASSERT_TRUE(disk->rename("/temp", "/target").ok());
    ASSERT_TRUE(disk->syncDirectory("/").ok());
    EXPECT_THAT(outcomes(*disk, "/target"), ::testing::UnorderedElementsAre("", std::string(3, '\0'), "new"));
}

TEST(FaultFileSystem, TearsAnUnsyncedWriteAtSectors) {
    const Bytes content(4 * kSector, 'n');
    FaultFileSystem disk;
    disk.seedFile("/file", Bytes(4 * kSector, 'o'));
    auto file = disk.open("/file", Access::readWrite, {});
    ASSERT_TRUE((*file)->writeAt(0, content).ok());
    bool torn = false;
    bool reordered = false;
    for (const auto& outcome : outcomes(disk, "/file")) {
        ASSERT_EQ(outcome.size(), content.size());
        std::string pattern;
        for (std::size_t at = 0; at < outcome.size(); at += kSector) {
            EXPECT_EQ(outcome.substr(at, kSector), std::string(kSector, outcome[at]));
            pattern += outcome[at];
        }
        torn = torn || pattern == "nnoo";
        reordered = reordered || pattern.find("on") != std::string::npos;
    }
    EXPECT_TRUE(torn);
    EXPECT_TRUE(reordered);
}

TEST(FaultFileSystem, NeverSplitsAnExchange) {
    auto disk = diskWith("/target", "old");
    disk->seedFile("/temp", viewOf("new"));
    ASSERT_TRUE(disk->replace("/target", "/temp").ok());
    for (std::uint64_t seed = 1; seed <= 40; ++seed)
        for (const auto& survival : allSurvivals(seed)) {
            const auto survivor = disk->survivingDisk(survival);
            EXPECT_THAT((std::set{textAt(*survivor, "/target"), textAt(*survivor, "/temp")}),
                        ElementsAre("new", "old"));
        }
    EXPECT_THAT(outcomes(*disk, "/target"), ElementsAre("new", "old"));
    ASSERT_TRUE(disk->syncDirectory("/").ok());
    EXPECT_THAT(outcomes(*disk, "/target"), ElementsAre("new"));
}

TEST(FaultFileSystem, MayKeepALaterNameChangeWithoutAnEarlierOne) {
    FaultFileSystem disk;
    disk.seedFile("/a", viewOf("a"));
    disk.seedFile("/b", viewOf("b"));
    ASSERT_TRUE(disk.remove("/a").ok());
    ASSERT_TRUE(disk.remove("/b").ok());
    std::set<std::vector<Path>> left;
    for (std::uint64_t seed = 1; seed <= 40; ++seed)
        for (const auto& survival : allSurvivals(seed))
            left.insert(disk.survivingDisk(survival)->paths());
    EXPECT_THAT(left, ::testing::UnorderedElementsAre(std::vector<Path>{"/a", "/b"}, std::vector<Path>{"/a"},
                                                      std::vector<Path>{"/b"}, std::vector<Path>{}));
}

TEST(FaultFileSystem, SyncsARenameAcrossFoldersWithWhatCameBefore) {
    FaultFileSystem disk;
    disk.seedDirectory("/from");
    disk.seedDirectory("/to");
    auto file = disk.create("/from/file");
    ASSERT_TRUE((*file)->sync().ok());
    ASSERT_TRUE(disk.rename("/from/file", "/to/file").ok());
    ASSERT_TRUE(disk.syncDirectory("/to").ok());
    ASSERT_TRUE(disk.syncDirectory("/from").ok());
    EXPECT_THAT(disk.survivingDisk({Keeps::nothing})->paths(), ElementsAre("/from", "/to", "/to/file"));
}

TEST(FaultFileSystem, LosesAFolderWithAllBelowUntilItsParentIsSynced) {
    FaultFileSystem disk;
    ASSERT_TRUE(disk.createDirectories("/a/b").ok());
    ASSERT_TRUE(platform::writeWhole(disk, "/a/b/file", viewOf("x")).ok());
    EXPECT_THAT(disk.survivingDisk({Keeps::nothing})->paths(), IsEmpty());
    ASSERT_TRUE(disk.syncDirectory("/a").ok());
    ASSERT_TRUE(disk.syncDirectory("/").ok());
    EXPECT_EQ(textAt(*disk.survivingDisk({Keeps::nothing}), "/a/b/file"), "x");
}

TEST(FaultFileSystem, MakesAttributesDurableWithTheFile) {
    FaultFileSystem disk;
    disk.seedFile("/from", {}, 0444, 42);
    disk.seedFile("/to", {});
    auto file = disk.open("/to", Access::readWrite, {});
    ASSERT_TRUE(disk.copyAttributes("/from", "/to").ok());
    EXPECT_EQ(disk.survivingDisk({Keeps::nothing})->attributes("/to")->mode, 0644U);
    ASSERT_TRUE((*file)->sync().ok());
    const auto kept = disk.survivingDisk({Keeps::nothing})->attributes("/to");
    EXPECT_EQ(kept->mode, 0444U);
    EXPECT_EQ(kept->modifiedNanos, 42);
}

TEST(FaultFileSystem, FailsTheOperationThatIsAskedFor) {
    FaultFileSystem disk;
    disk.failAt(2, Fault::diskFull);
    auto file = disk.create("/file");
    EXPECT_EQ((*file)->writeAt(0, viewOf("abc")).error().code, ErrorCode::diskFull);
    EXPECT_EQ(textAt(disk, "/file"), "");
    EXPECT_TRUE((*file)->writeAt(0, viewOf("abc")).ok());
    EXPECT_EQ(disk.operationCount(), 3U);
}

TEST(FaultFileSystem, FailsEveryOperationFromOneOn) {
    FaultFileSystem disk;
    disk.failFrom(2, Fault::ioError);
    EXPECT_TRUE(disk.create("/a").ok());
    EXPECT_FALSE(disk.create("/b").ok());
    EXPECT_FALSE(disk.remove("/a").ok());
    EXPECT_THAT(disk.paths(), ElementsAre("/a"));
}

TEST(FaultFileSystem, WritesAPartWhenAWriteIsShort) {
    FaultFileSystem disk;
    disk.failAt(2, Fault::shortWrite);
    auto file = disk.create("/file");
    EXPECT_EQ((*file)->writeAt(0, viewOf("abcdef")).error().code, ErrorCode::diskFull);
    EXPECT_EQ(textAt(disk, "/file"), "abc");
}

TEST(FaultFileSystem, DoesWhatItReportsAsFailedAfterwards) {
    auto disk = diskWith("/a", "x");
    disk->failAt(1, Fault::ioErrorAfterwards);
    EXPECT_EQ(disk->rename("/a", "/b").error().code, ErrorCode::ioError);
    EXPECT_THAT(disk->paths(), ElementsAre("/b"));
}

TEST(FaultFileSystem, KnowsNothingOfAFileWhoseSyncFailed) {
    auto disk = diskWith("/file", "old");
    disk->failAt(2, Fault::ioError);
    auto file = disk->open("/file", Access::readWrite, {});
    ASSERT_TRUE((*file)->writeAt(0, viewOf("new")).ok());
    EXPECT_FALSE((*file)->sync().ok());
    ASSERT_TRUE((*file)->sync().ok()); // says ok and proves nothing, as on Linux
    EXPECT_EQ(textAt(*disk, "/file"), "new");
    EXPECT_THAT(outcomes(*disk, "/file"), ElementsAre("new", "old"));
}

TEST(FaultFileSystem, FailsTheReadThatIsAskedFor) {
    auto disk = diskWith("/file", "abc");
    disk->failReadAt(2);
    auto file = disk->open("/file", Access::read, {});
    Bytes to(3);
    EXPECT_TRUE((*file)->readAt(0, to).ok());
    EXPECT_EQ((*file)->readAt(0, to).error().code, ErrorCode::ioError);
    EXPECT_TRUE((*file)->readAt(0, to).ok());
}

TEST(FaultFileSystem, RunsFull) {
    auto disk = diskWith("/seeded", "12345");
    disk->setCapacity(10);
    EXPECT_EQ(disk->freeBytes("/").value(), 5U);
    auto file = disk->create("/file");
    EXPECT_EQ((*file)->writeAt(0, viewOf("abcdefgh")).error().code, ErrorCode::diskFull);
    EXPECT_EQ(textAt(*disk, "/file"), "abcde");
    EXPECT_TRUE((*file)->writeAt(0, viewOf("ABCDE")).ok());
    ASSERT_TRUE(disk->remove("/seeded").ok());
    EXPECT_TRUE((*file)->writeAt(5, viewOf("fgh")).ok());
}

TEST(FaultFileSystem, DoesNothingMoreWithoutPower) {
    auto disk = diskWith("/old", "old");
    disk->crashAfter(2);
    auto file = disk->create("/file");
    ASSERT_TRUE((*file)->writeAt(0, viewOf("abc")).ok());
    EXPECT_TRUE(disk->crashed());
    EXPECT_FALSE((*file)->sync().ok());
    EXPECT_FALSE((*file)->info().ok());
    EXPECT_FALSE(disk->remove("/old").ok());
    EXPECT_FALSE(disk->open("/old", Access::read, {}).ok());
    EXPECT_FALSE(disk->info("/old").ok());
    EXPECT_FALSE(disk->list("/").ok());
    EXPECT_EQ(disk->operationCount(), 2U);
    EXPECT_EQ(textAt(*disk->survivingDisk({Keeps::everything}), "/file"), "abc");
}

TEST(FaultFileSystem, ObeysModeBits) {
    FaultFileSystem disk;
    disk.seedFile("/locked/secret", viewOf("x"), 0000);
    disk.seedFile("/locked/fixed", viewOf("x"), 0444);
    disk.seedDirectory("/locked", 0500);
    EXPECT_EQ(disk.open("/locked/secret", Access::read, {}).error().code, ErrorCode::accessDenied);
    EXPECT_EQ(disk.open("/locked/fixed", Access::readWrite, {}).error().code, ErrorCode::accessDenied);
    EXPECT_TRUE(disk.open("/locked/fixed", Access::read, {}).ok());
    EXPECT_EQ(disk.create("/locked/new").error().code, ErrorCode::accessDenied);
    EXPECT_EQ(disk.remove("/locked/fixed").error().code, ErrorCode::accessDenied);
    EXPECT_EQ(disk.replace("/locked/fixed", "/locked/secret").error().code, ErrorCode::accessDenied);
}

TEST(FaultFileSystem, GivesTheSameSurvivorsForTheSameSeed) {
    FaultFileSystem disk;
    disk.seedFile("/file", Bytes(8 * kSector, 'o'));
    auto file = disk.open("/file", Access::readWrite, {});
    ASSERT_TRUE((*file)->writeAt(0, Bytes(8 * kSector, 'n')).ok());
    EXPECT_EQ(textAt(*disk.survivingDisk({Keeps::scattered, 7}), "/file"),
              textAt(*disk.survivingDisk({Keeps::scattered, 7}), "/file"));
}

TEST(CrashEnumeration, ProvesThatWholeFilesAreWrittenOldOrNew) {
    const auto steps = forEachCrash([] { return diskWith("/file", "old"); },
                                    [](FaultFileSystem& disk) { return writeWhole(disk, "/file", viewOf("new")); },
                                    [](FaultFileSystem& disk) {
                                        ASSERT_THAT(textAt(disk, "/file"), ::testing::AnyOf("old", "new"));
                                        ASSERT_TRUE(removeSiblings(disk, "/").ok());
                                        ASSERT_THAT(disk.paths(), ElementsAre("/file"));
                                    });
    EXPECT_EQ(steps, 5U); // create, write, sync, rename, sync the folder
}

TEST(CrashEnumeration, FindsAWriterThatForgetsToSync) {
    bool found = false;
    forEachCrash([] { return diskWith("/file", "old"); },
                 [](FaultFileSystem& disk) {
                     auto written = writeUnsynced(disk, "/temp", viewOf("new"));
                     return !written ? written : disk.rename("/temp", "/file");
                 },
                 [&](FaultFileSystem& disk) {
                     const auto text = textAt(disk, "/file");
                     found = found || (text != "old" && text != "new");
                 });
    EXPECT_TRUE(found);
}

TEST(CrashEnumeration, ProvesThatAnInterruptedReplaceIsSettled) {
    for (const auto style : {ReplaceStyle::exchange, ReplaceStyle::renames}) {
        forEachCrash(
            [&] {
                auto disk = diskWith("/target", "old", style);
                disk->seedFile("/temp", viewOf("new"));
                return disk;
            },
            [](FaultFileSystem& disk) { return disk.replace("/target", "/temp"); },
            [](FaultFileSystem& disk) {
                for (int twice = 0; twice < 2; ++twice) {
                    ASSERT_TRUE(settleReplace(disk, "/target", "/temp").ok());
                    ASSERT_THAT((std::set{textAt(disk, "/target"), textAt(disk, "/temp")}), ElementsAre("new", "old"));
                    ASSERT_THAT(disk.paths(), ElementsAre("/target", "/temp"));
                }
            });
    }
}

TEST(FaultEnumeration, ProvesThatAFailedWriteLeavesNoSibling) {
    forEachFault([] { return diskWith("/file", "old"); },
                 [](FaultFileSystem& disk) { return writeWhole(disk, "/file", viewOf("new")); },
                 [](FaultFileSystem& disk, Status result) {
                     ASSERT_FALSE(result.ok());
                     ASSERT_THAT(textAt(disk, "/file"), ::testing::AnyOf("old", "new"));
                     ASSERT_THAT(disk.paths(), ElementsAre("/file"));
                 });
}

TEST(FaultEnumeration, ReachesEveryRead) {
    const auto reads = forEachReadFault(
        [] { return diskWith("/file", "old"); },
        [](FaultFileSystem& disk) { return platform::readWhole(disk, "/file", 10); },
        [](FaultFileSystem&, const Result<Bytes>& result) { ASSERT_EQ(result.error().code, ErrorCode::ioError); });
    EXPECT_EQ(reads, 1U);
}

TEST(WatchedFiles, StopsTheRealDiskAtTheStepThatIsAskedFor) {
    const TempFolder folder;
    const auto real = platform::makeSystemFiles();
    ASSERT_TRUE(writeWhole(*real, folder / "file", viewOf("old")).ok());
    for (unsigned stop = 1; stop <= 5; ++stop) {
        WatchedFiles files(*real, [&](unsigned ordinal) -> Status {
            if (ordinal == stop)
                return makeError(ErrorCode::ioError, "stopped");
            return {};
        });
        EXPECT_EQ(writeWhole(files, folder / "file", viewOf("new")).error().message, "stopped");
        EXPECT_EQ(real->list(folder.path())->size(), 1U);
    }
    WatchedFiles files(*real, [](unsigned) { return Status{}; });
    EXPECT_TRUE(writeWhole(files, folder / "file", viewOf("new")).ok());
    EXPECT_EQ(files.operationCount(), 5U);
}

} // namespace
} // namespace ssprotect::support
