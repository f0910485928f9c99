// What every FileSystem promises, asked of the machine's and of the model that crash tests stand on.

#include "ssprotect/platform/file_system.h"
#include "ssprotect/platform/sibling_name.h"
#include "support/fault_file_system.h"
#include "support/temp_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ssprotect::platform {
namespace {

using support::FaultFileSystem;
using support::ReplaceStyle;
using support::TempFolder;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

struct Candidate {
    std::string name;
    std::function<std::unique_ptr<FileSystem>()> make;
};

void PrintTo(const Candidate& candidate, std::ostream* to) { *to << candidate.name; }

class FileSystemConformance : public ::testing::TestWithParam<Candidate> {
protected:
    void SetUp() override { ASSERT_TRUE(files->createDirectories(folder.path()).ok()); }

    void write(const Path& name, std::string_view content) {
        ASSERT_TRUE(writeWhole(*files, folder / name, viewOf(content)).ok());
    }
    std::string read(const Path& name) {
        const auto content = readWhole(*files, folder / name, 1 << 20);
        return content ? std::string(textOf(*content)) : "(" + std::string(content.error().word()) + ")";
    }
    std::vector<Path> names() {
        std::vector<Path> all;
        const auto entries = files->list(folder.path());
        for (const auto& entry : entries.value())
            all.push_back(entry.name);
        return all;
    }
    template <class T> static ErrorCode codeOf(const Result<T>& result) {
        return result.ok() ? ErrorCode::internal : result.error().code;
    }

    TempFolder folder; // the model uses only its name
    std::unique_ptr<FileSystem> files = GetParam().make();
};

TEST_P(FileSystemConformance, CreatesAnEmptyFileForTheOwner) {
    auto file = files->create(folder / "new");
    ASSERT_TRUE(file.ok());
    const auto info = (*file)->info();
    ASSERT_TRUE(info.ok());
    EXPECT_EQ(info->kind, FileKind::regular);
    EXPECT_EQ(info->size, 0U);
    EXPECT_EQ(info->linkCount, 1U);
    EXPECT_TRUE(info->writable);
    EXPECT_TRUE(info->ownerOnly);
}

TEST_P(FileSystemConformance, CreatesNothingOverATakenName) {
    write("taken", "old");
    EXPECT_EQ(codeOf(files->create(folder / "taken")), ErrorCode::alreadyExists);
    EXPECT_EQ(read("taken"), "old");
}

TEST_P(FileSystemConformance, CreatesNothingInAFolderThatIsNotThere) {
    EXPECT_EQ(codeOf(files->create(folder / "no" / "file")), ErrorCode::notFound);
    write("plain", "");
    EXPECT_EQ(codeOf(files->create(folder / "plain" / "file")), ErrorCode::notFound);
}

TEST_P(FileSystemConformance, OpensOnlyRegularFiles) {
    ASSERT_TRUE(files->createDirectories(folder / "sub").ok());
    EXPECT_EQ(codeOf(files->open(folder / "sub", Access::read)), ErrorCode::unsupportedFile);
    EXPECT_EQ(codeOf(files->open(folder / "none", Access::read)), ErrorCode::notFound);
}

TEST_P(FileSystemConformance, TakesANameWithANulForNoFile) {
    write("short", "x");
    EXPECT_EQ(codeOf(files->open(folder / std::string("short\0er", 8), Access::read)), ErrorCode::notFound);
}

TEST_P(FileSystemConformance, ReadsAndWritesAtOffsets) {
    auto file = files->create(folder / "ranges");
    ASSERT_TRUE(file.ok());
    ASSERT_TRUE((*file)->writeAt(3, viewOf("def")).ok());
    ASSERT_TRUE((*file)->writeAt(0, viewOf("abc")).ok());
    ASSERT_TRUE((*file)->writeAt(8, viewOf("!")).ok());
    Bytes got(20);
    const auto length = (*file)->readAt(1, got);
    ASSERT_TRUE(length.ok());
    EXPECT_EQ(std::string(textOf(ByteView(got).first(*length))), std::string("bcdef\0\0!", 8));
    EXPECT_EQ((*file)->readAt(9, got).value(), 0U);
}

TEST_P(FileSystemConformance, ShortensAndLengthensAFile) {
    write("file", "abcdef");
    auto file = files->open(folder / "file", Access::readWrite);
    ASSERT_TRUE(file.ok());
    ASSERT_TRUE((*file)->resize(2).ok());
    ASSERT_TRUE((*file)->resize(4).ok());
    ASSERT_TRUE((*file)->sync().ok());
    EXPECT_EQ(read("file"), std::string("ab\0\0", 4));
}

TEST_P(FileSystemConformance, DoesNotWriteThroughAFileOpenedForReading) {
    write("file", "abc");
    auto file = files->open(folder / "file", Access::read);
    ASSERT_TRUE(file.ok());
    EXPECT_FALSE((*file)->writeAt(0, viewOf("x")).ok());
    EXPECT_FALSE((*file)->resize(0).ok());
    EXPECT_EQ(read("file"), "abc");
}

TEST_P(FileSystemConformance, KeepsAnOpenFileReachableAfterItsNameIsGone) {
    write("file", "abc");
    auto file = files->open(folder / "file", Access::read);
    ASSERT_TRUE(file.ok());
    ASSERT_TRUE(files->remove(folder / "file").ok());
    Bytes got(3);
    EXPECT_EQ((*file)->readAt(0, got).value(), 3U);
}

TEST_P(FileSystemConformance, ReplacesInOneStepAndKeepsTheDisplacedFile) {
    write("target", "old");
    write("temp", "new");
    const auto oldInode = files->info(folder / "target")->inode;
    const auto newInode = files->info(folder / "temp")->inode;
    const auto displaced = files->replace(folder / "target", folder / "temp");
    ASSERT_TRUE(displaced.ok());
    EXPECT_EQ(*displaced, files->displacedName(folder / "target", folder / "temp"));
    EXPECT_EQ(read("target"), "new");
    EXPECT_EQ(read(displaced->filename()), "old");
    EXPECT_EQ(files->info(folder / "target")->inode, newInode);
    EXPECT_EQ(files->info(*displaced)->inode, oldInode);
    EXPECT_EQ(names().size(), 2U);
}

TEST_P(FileSystemConformance, SettlesNothingAfterAWholeReplace) {
    write("target", "old");
    write("temp", "new");
    const auto displaced = files->replace(folder / "target", folder / "temp");
    ASSERT_TRUE(displaced.ok());
    if (*displaced == folder / "temp") {
        ASSERT_TRUE(settleReplace(*files, folder / "target", folder / "temp").ok());
        EXPECT_EQ(read("target"), "new");
        EXPECT_EQ(read("temp"), "old");
    }
}

TEST_P(FileSystemConformance, ReplacesNothingWhenEitherFileIsMissing) {
    write("only", "content");
    EXPECT_EQ(codeOf(files->replace(folder / "none", folder / "only")), ErrorCode::notFound);
    EXPECT_EQ(codeOf(files->replace(folder / "only", folder / "none")), ErrorCode::notFound);
    EXPECT_EQ(read("only"), "content");
    EXPECT_THAT(names(), ElementsAre("only"));
}

TEST_P(FileSystemConformance, RenamesOverAnExistingFile) {
    write("a", "new");
    write("b", "old");
    ASSERT_TRUE(files->rename(folder / "a", folder / "b").ok());
    EXPECT_EQ(read("b"), "new");
    EXPECT_THAT(names(), ElementsAre("b"));
}

TEST_P(FileSystemConformance, RenamesBetweenFolders) {
    ASSERT_TRUE(files->createDirectories(folder / "x" / "y").ok());
    write("a", "content");
    ASSERT_TRUE(files->rename(folder / "a", folder / "x" / "y" / "b").ok());
    EXPECT_EQ(read("x/y/b"), "content");
    ASSERT_TRUE(files->rename(folder / "x", folder / "z").ok());
    EXPECT_EQ(read("z/y/b"), "content");
    EXPECT_FALSE(files->rename(folder / "z", folder / "z" / "y" / "z").ok());
}

TEST_P(FileSystemConformance, RenamesToAFreeNameOnly) {
    write("a", "first");
    write("b", "second");
    EXPECT_EQ(codeOf(files->renameNew(folder / "a", folder / "b")), ErrorCode::alreadyExists);
    EXPECT_EQ(read("b"), "second");
    ASSERT_TRUE(files->renameNew(folder / "a", folder / "c").ok());
    EXPECT_EQ(read("c"), "first");
    EXPECT_THAT(names(), ElementsAre("b", "c"));
    EXPECT_EQ(codeOf(files->renameNew(folder / "a", folder / "d")), ErrorCode::notFound);
}

TEST_P(FileSystemConformance, DoesNotRenameAFileOverAFolder) {
    write("file", "x");
    ASSERT_TRUE(files->createDirectories(folder / "sub").ok());
    EXPECT_EQ(codeOf(files->rename(folder / "file", folder / "sub")), ErrorCode::unsupportedFile);
    EXPECT_FALSE(files->rename(folder / "sub", folder / "file").ok());
    EXPECT_EQ(read("file"), "x");
}

TEST_P(FileSystemConformance, RemovesFilesAndEmptyFoldersAndWhatIsNotThere) {
    write("file", "x");
    ASSERT_TRUE(files->createDirectories(folder / "sub").ok());
    write("sub/inner", "x");
    EXPECT_EQ(codeOf(files->remove(folder / "sub")), ErrorCode::ioError);
    EXPECT_TRUE(files->remove(folder / "sub" / "inner").ok());
    EXPECT_TRUE(files->remove(folder / "sub").ok());
    EXPECT_TRUE(files->remove(folder / "file").ok());
    EXPECT_TRUE(files->remove(folder / "file").ok());
    EXPECT_TRUE(files->remove(folder / "none" / "file").ok());
    EXPECT_THAT(names(), IsEmpty());
}

TEST_P(FileSystemConformance, MakesFoldersWithTheirParents) {
    EXPECT_TRUE(files->createDirectories(folder / "a" / "b" / "c").ok());
    EXPECT_TRUE(files->createDirectories(folder / "a" / "b" / "c").ok());
    EXPECT_EQ(files->info(folder / "a" / "b" / "c")->kind, FileKind::directory);
    write("file", "x");
    EXPECT_EQ(codeOf(files->createDirectories(folder / "file")), ErrorCode::alreadyExists);
    EXPECT_FALSE(files->createDirectories(folder / "file" / "sub").ok());
}

TEST_P(FileSystemConformance, ListsNamesInOrderWithTheirKinds) {
    write("b", "");
    write(u8"日本 (1)", "");
    ASSERT_TRUE(files->createDirectories(folder / "a").ok());
    const auto entries = files->list(folder.path());
    ASSERT_TRUE(entries.ok());
    ASSERT_EQ(entries->size(), 3U);
    EXPECT_EQ((*entries)[0].name, "a");
    EXPECT_EQ((*entries)[0].kind, FileKind::directory);
    EXPECT_EQ((*entries)[1].name, "b");
    EXPECT_EQ((*entries)[1].kind, FileKind::regular);
    EXPECT_EQ((*entries)[2].name, Path(u8"日本 (1)"));
    EXPECT_EQ(codeOf(files->list(folder / "none")), ErrorCode::notFound);
    EXPECT_EQ(codeOf(files->list(folder / "b")), ErrorCode::notFound);
}

TEST_P(FileSystemConformance, SyncsAFolderThatIsThere) {
    EXPECT_TRUE(files->syncDirectory(folder.path()).ok());
    EXPECT_EQ(codeOf(files->syncDirectory(folder / "none")), ErrorCode::notFound);
}

TEST_P(FileSystemConformance, SetsTheModificationTimeExactly) {
    write("file", "x");
    for (const std::int64_t nanos : {1'234'567'890'123'456'700LL, 0LL, -1'500'000'000LL}) {
        ASSERT_TRUE(files->setModified(folder / "file", nanos).ok());
        const auto info = files->info(folder / "file");
        EXPECT_EQ(info->modifiedNanos, nanos);
        EXPECT_EQ(toUnixMillis(info->modified), nanos < 0 ? -1500 : nanos / 1'000'000);
    }
    EXPECT_EQ(codeOf(files->setModified(folder / "none", 0)), ErrorCode::notFound);
}

TEST_P(FileSystemConformance, NoticesNewContentOfTheSameSize) {
    write("file", "abc");
    ASSERT_TRUE(files->setModified(folder / "file", 1'000'000'000).ok());
    const auto before = files->info(folder / "file");
    EXPECT_TRUE(before->sameContentAs(*files->info(folder / "file")));
    auto file = files->open(folder / "file", Access::readWrite);
    ASSERT_TRUE((*file)->writeAt(0, viewOf("xyz")).ok());
    EXPECT_FALSE(before->sameContentAs(*files->info(folder / "file")));
}

TEST_P(FileSystemConformance, CopiesTheTimesAndTheContentStays) {
    write("from", "old");
    write("to", "new");
    ASSERT_TRUE(files->setModified(folder / "from", 987'654'321'000'000'000).ok());
    ASSERT_TRUE(files->copyAttributes(folder / "from", folder / "to").ok());
    EXPECT_EQ(files->info(folder / "to")->modifiedNanos, 987'654'321'000'000'000);
    EXPECT_EQ(read("to"), "new");
    EXPECT_EQ(codeOf(files->copyAttributes(folder / "none", folder / "to")), ErrorCode::notFound);
    EXPECT_EQ(codeOf(files->copyAttributes(folder / "from", folder / "none")), ErrorCode::notFound);
}

TEST_P(FileSystemConformance, TellsTheFreeSpace) {
    EXPECT_GT(files->freeBytes(folder.path()).value(), 0U);
    EXPECT_EQ(codeOf(files->freeBytes(folder / "none")), ErrorCode::notFound);
}

TEST_P(FileSystemConformance, RefusesANameOf256BytesAndTakesOneOf255) {
    const std::string longest(255, 'n');
    write(longest, "x");
    EXPECT_EQ(read(longest), "x");
    EXPECT_EQ(codeOf(files->create(folder / (longest + "n"))), ErrorCode::nameTooLong);
    EXPECT_EQ(codeOf(files->rename(folder / longest, folder / (longest + "n"))), ErrorCode::nameTooLong);
}

TEST_P(FileSystemConformance, ReadsSmallFilesWhole) {
    write("file", "12345");
    EXPECT_EQ(readWhole(*files, folder / "file", 5).value().size(), 5U);
    EXPECT_EQ(codeOf(readWhole(*files, folder / "file", 4)), ErrorCode::dataDamaged);
    EXPECT_EQ(codeOf(readWhole(*files, folder / "none", 4)), ErrorCode::notFound);
}

TEST_P(FileSystemConformance, WritesWholeFilesOverOldOnesAndBesideLeftovers) {
    write("file", "first");
    write("file", "second, and longer");
    EXPECT_EQ(read("file"), "second, and longer");
    EXPECT_THAT(names(), ElementsAre("file"));
}

TEST_P(FileSystemConformance, SweepsOnlyLeftoverSiblings) {
    write("file", "x");
    write(".ssp-0123456789abcdef~", "leftover");
    write(".ssp-0123456789abcdef-", "parked");
    write(".ssp-9876543210ABCDEF~", "not ours");
    ASSERT_TRUE(removeSiblings(*files, folder.path()).ok());
    EXPECT_THAT(names(), ElementsAre(".ssp-0123456789abcdef-", ".ssp-9876543210ABCDEF~", "file"));
}

TEST_P(FileSystemConformance, RemovesATreeAndWhatIsNotThere) {
    ASSERT_TRUE(files->createDirectories(folder / "tree" / "deep" / "er").ok());
    write("tree/file", "x");
    write("tree/deep/er/file", "x");
    write("beside", "x");
    ASSERT_TRUE(removeTree(*files, folder / "tree").ok());
    EXPECT_TRUE(removeTree(*files, folder / "tree").ok());
    EXPECT_THAT(names(), ElementsAre("beside"));
}

TEST_P(FileSystemConformance, FinishesOrTakesBackAnInterruptedReplace) {
    const Path parked = parkedName(folder / "temp");
    // The target's name is empty: the old file goes back.
    write(parked.filename(), "old");
    write("temp", "new");
    ASSERT_TRUE(settleReplace(*files, folder / "target", folder / "temp").ok());
    EXPECT_EQ(read("target"), "old");
    EXPECT_EQ(read("temp"), "new");
    // The new file stands: the old one gets the replacement's name.
    ASSERT_TRUE(files->rename(folder / "target", parked).ok());
    ASSERT_TRUE(files->rename(folder / "temp", folder / "target").ok());
    ASSERT_TRUE(settleReplace(*files, folder / "target", folder / "temp").ok());
    EXPECT_EQ(read("target"), "new");
    EXPECT_EQ(read("temp"), "old");
    ASSERT_TRUE(settleReplace(*files, folder / "target", folder / "temp").ok());
    EXPECT_EQ(read("temp"), "old");
    // All three names with different content: nobody's content is thrown away.
    write(parked.filename(), "third");
    EXPECT_EQ(codeOf(settleReplace(*files, folder / "target", folder / "temp")), ErrorCode::conflict);
    EXPECT_EQ(names().size(), 3U);
}

std::vector<Candidate> candidates() {
    return {
        {"System", [] { return makeSystemFiles(); }},
        {"Model", [] { return std::make_unique<FaultFileSystem>(); }},
        {"ModelWithoutExchange", [] { return std::make_unique<FaultFileSystem>(ReplaceStyle::renames); }},
        {"ModelWithBackup", [] { return std::make_unique<FaultFileSystem>(ReplaceStyle::backup); }},
        {"ModelWithBackupByRenames", [] { return std::make_unique<FaultFileSystem>(ReplaceStyle::backupByRenames); }},
    };
}

INSTANTIATE_TEST_SUITE_P(Every, FileSystemConformance, ::testing::ValuesIn(candidates()),
                         [](const auto& candidate) { return candidate.param.name; });

} // namespace
} // namespace ssprotect::platform
