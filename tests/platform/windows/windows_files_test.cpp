// What only the real file system can prove. Streams, links and foreign access lists need an NTFS; where the file
// system has none of it (Wine), those tests say so.

#include "platform/windows/replace.h"
#include "platform/windows/system_name.h"
#include "platform/windows/windows_file.h"
#include "ssprotect/platform/file_system.h"
#include "ssprotect/platform/private_folder.h"
#include "ssprotect/platform/sibling_name.h"
#include "support/temp_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ssprotect::platform {
namespace {

using support::TempFolder;
using ::testing::HasSubstr;

class WindowsFilesTest : public ::testing::Test {
protected:
    void write(const Path& name, std::string_view content) const {
        ASSERT_TRUE(writeWhole(*files, folder / name, viewOf(content)).ok());
    }
    std::string read(const Path& name) const {
        const auto content = readWhole(*files, folder / name, 1 << 20);
        return content ? std::string(textOf(*content)) : "(" + std::string(content.error().word()) + ")";
    }
    DWORD attributesOf(const Path& name) const { return ::GetFileAttributesW(systemName(folder / name).c_str()); }
    void setAttributes(const Path& name, DWORD attributes) const {
        ASSERT_NE(::SetFileAttributesW(systemName(folder / name).c_str(), attributes), FALSE);
    }
    /// Another program's handle on the file.
    Handle held(const Path& name, DWORD access, DWORD sharing) const {
        return Handle(
            ::CreateFileW(systemName(folder / name).c_str(), access, sharing, nullptr, OPEN_EXISTING, 0, nullptr));
    }
    /// False where the file system has no streams: the name is then another file's.
    bool makeStream(const std::wstring& name, std::string_view content) const {
        DWORD flags = 0;
        if (::GetVolumeInformationW(systemName(folder.path().root_path()).c_str(), nullptr, 0, nullptr, nullptr, &flags,
                                    nullptr, 0) == FALSE ||
            (flags & FILE_NAMED_STREAMS) == 0)
            return false;
        {
            const Handle stream(::CreateFileW((systemName(folder.path()) + L"\\" + name).c_str(), GENERIC_WRITE, 0,
                                              nullptr, CREATE_ALWAYS, 0, nullptr));
            DWORD wrote = 0;
            ::WriteFile(stream.get(), content.data(), static_cast<DWORD>(content.size()), &wrote, nullptr);
        }
        const auto entries = files->list(folder.path());
        for (const auto& entry : *entries)
            if (entry.name.native() == name)
                return false;
        return true;
    }

    TempFolder folder;
    std::unique_ptr<FileSystem> files = makeSystemFiles();
};

TEST_F(WindowsFilesTest, HandlesPathsBeyondTheOldLimit) {
    Path deep;
    for (int i = 0; i < 30; ++i)
        deep /= "a folder with a name";
    ASSERT_GT((folder / deep).native().size(), 500U);
    ASSERT_TRUE(files->createDirectories(folder / deep).ok());
    write(deep / "target", "old");
    write(deep / "temp", "new");
    const auto displaced = files->replace(folder / deep / "target", folder / deep / "temp");
    ASSERT_TRUE(displaced.ok()) << displaced.error().message;
    EXPECT_EQ(read(deep / "target"), "new");
    ASSERT_TRUE(files->remove(*displaced).ok());
    EXPECT_EQ(files->list(folder / deep)->size(), 1U);
    EXPECT_TRUE(removeTree(*files, folder / deep.begin()->native()).ok());
}

TEST_F(WindowsFilesTest, HandlesNamesOfAnyScript) {
    for (const wchar_t* name : {L"Büro.txt", L"日本語.txt", L"\xD83D\xDCC4.txt", L"a' $(b) ;&.txt"}) {
        write(name, "content");
        EXPECT_EQ(read(name), "content");
        const auto entries = files->list(folder.path());
        ASSERT_EQ(entries->size(), 1U);
        EXPECT_EQ(entries->front().name, name);
        ASSERT_TRUE(files->remove(folder / name).ok());
    }
}

TEST_F(WindowsFilesTest, TakesNoDeviceAndNoStreamForAFile) {
    write("file", "content");
    for (const Path& none :
         {folder / "NUL", folder / "CON", folder / "file:stream", folder / "file::$DATA", folder / "*"}) {
        EXPECT_EQ(files->open(none, Access::read).error().code, ErrorCode::notFound) << none;
        EXPECT_EQ(files->info(none).error().code, ErrorCode::notFound) << none;
    }
    EXPECT_EQ(files->open(L"\\\\.\\NUL", Access::read).error().code, ErrorCode::unsupportedFile);
    EXPECT_EQ(files->info(L"\\\\.\\NUL")->kind, FileKind::other);
}

TEST_F(WindowsFilesTest, MakesFilesAndFoldersForTheOwnerOnly) {
    write("file", "x");
    ASSERT_TRUE(files->createDirectories(folder / "a" / "b").ok());
    for (const char* name : {"file", "a", "a/b"})
        EXPECT_TRUE(files->info(folder / name)->ownerOnly) << name;
    EXPECT_FALSE(openToOthers(folder / "a").value());
}

TEST_F(WindowsFilesTest, KeepsTheSearchServiceOutOfItsFolders) {
    ASSERT_TRUE(files->createDirectories(folder / "a").ok());
    setAttributes("a", FILE_ATTRIBUTE_NOT_CONTENT_INDEXED);
    if ((attributesOf("a") & FILE_ATTRIBUTE_NOT_CONTENT_INDEXED) == 0)
        GTEST_SKIP() << "this file system does not keep that attribute";
    ASSERT_TRUE(files->createDirectories(folder / "b").ok());
    EXPECT_NE(attributesOf("b") & FILE_ATTRIBUTE_NOT_CONTENT_INDEXED, 0U);
}

TEST_F(WindowsFilesTest, ClosesAFolderToOthers) {
    const Path shared = folder / "shared";
    std::filesystem::create_directory(shared);
    ASSERT_TRUE(closeToOthers(shared).ok());
    EXPECT_FALSE(openToOthers(shared).value());
    EXPECT_EQ(openToOthers(folder / "none").error().code, ErrorCode::notFound);
    EXPECT_EQ(closeToOthers(folder / "none").error().code, ErrorCode::notFound);
}

TEST_F(WindowsFilesTest, CopiesAttributesAndAllTimes) {
    write("from", "old");
    write("to", "new");
    const Handle source = held("from", FILE_WRITE_ATTRIBUTES, kShareAll);
    FILE_BASIC_INFO basic{};
    basic.CreationTime.QuadPart = 130'000'000'000'000'000;
    basic.LastWriteTime.QuadPart = 131'000'000'000'000'000;
    basic.FileAttributes = FILE_ATTRIBUTE_HIDDEN | FILE_ATTRIBUTE_READONLY;
    ASSERT_NE(::SetFileInformationByHandle(source.get(), FileBasicInfo, &basic, sizeof basic), FALSE);
    ASSERT_TRUE(files->copyAttributes(folder / "from", folder / "to").ok());
    EXPECT_FALSE(files->info(folder / "to")->writable);
    EXPECT_EQ(attributesOf("to") & FILE_ATTRIBUTE_HIDDEN, attributesOf("from") & FILE_ATTRIBUTE_HIDDEN);
    EXPECT_EQ(files->info(folder / "to")->modifiedNanos, files->info(folder / "from")->modifiedNanos);
    EXPECT_EQ(read("to"), "new");
    setAttributes("from", FILE_ATTRIBUTE_NORMAL);
    ASSERT_TRUE(files->copyAttributes(folder / "from", folder / "to").ok());
    EXPECT_TRUE(files->info(folder / "to")->writable);
}

TEST_F(WindowsFilesTest, KeepsATimeThatWasSetWhileTheFileWasWritten) {
    auto file = files->create(folder / "file");
    ASSERT_TRUE(file.ok());
    ASSERT_TRUE((*file)->writeAt(0, viewOf("content")).ok());
    ASSERT_TRUE(files->setModified(folder / "file", 987'654'321'000'000'000).ok());
    ASSERT_TRUE((*file)->sync().ok());
    file->reset();
    EXPECT_EQ(files->info(folder / "file")->modifiedNanos, 987'654'321'000'000'000);
}

TEST_F(WindowsFilesTest, ReplacesRemovesAndRenamesReadOnlyFiles) {
    write("target", "old");
    write("temp", "new");
    setAttributes("target", FILE_ATTRIBUTE_READONLY);
    setAttributes("temp", FILE_ATTRIBUTE_READONLY);
    const auto displaced = files->replace(folder / "target", folder / "temp");
    ASSERT_TRUE(displaced.ok()) << displaced.error().message;
    EXPECT_EQ(read("target"), "new");
    EXPECT_EQ(read(displaced->filename()), "old");
    EXPECT_FALSE(files->info(folder / "target")->writable);
    ASSERT_TRUE(files->renameNew(*displaced, folder / "moved").ok());
    EXPECT_TRUE(files->remove(folder / "moved").ok());
    EXPECT_EQ(read("moved"), "(not-found)");
}

TEST_F(WindowsFilesTest, ReplacesByTwoRenamesWhereNothingElseWorks) {
    write("target", "old");
    write("temp", "new");
    const auto displaced = replaceByTwoRenames(*files, folder / "target", folder / "temp");
    ASSERT_TRUE(displaced.ok());
    EXPECT_EQ(*displaced, files->displacedName(folder / "target", folder / "temp"));
    EXPECT_EQ(read("target"), "new");
    EXPECT_EQ(read(displaced->filename()), "old");
    EXPECT_EQ(files->list(folder.path())->size(), 2U);
}

TEST_F(WindowsFilesTest, NeverReplacesOverAnOldFileThatWaitsForItsRepair) {
    write("target", "newer");
    write("temp", "newest");
    const Path parked = parkedName(folder / "temp");
    write(parked.filename(), "the only copy");
    EXPECT_EQ(files->replace(folder / "target", folder / "temp").error().code, ErrorCode::alreadyExists);
    EXPECT_EQ(read("target"), "newer");
    EXPECT_EQ(read(parked.filename()), "the only copy");
}

TEST_F(WindowsFilesTest, SettlesAReplaceThatEndedBetweenItsRenames) {
    write("temp", "new");
    write(parkedName(folder / "temp").filename(), "old");
    ASSERT_TRUE(settleReplace(*files, folder / "target", folder / "temp").ok());
    EXPECT_EQ(read("target"), "old");
    EXPECT_EQ(read("temp"), "new");
}

TEST_F(WindowsFilesTest, SaysWhoIsInTheWayWhenAFileIsInUse) {
    write("target", "old");
    write("temp", "new");
    const Handle word = held("target", GENERIC_READ, FILE_SHARE_READ);
    ASSERT_TRUE(word);
    const auto replaced = files->replace(folder / "target", folder / "temp");
    EXPECT_EQ(replaced.error().code, ErrorCode::fileBusy);
    EXPECT_THAT(replaced.error().message, HasSubstr("close the program"));
    EXPECT_EQ(files->open(folder / "target", Access::readWrite).error().code, ErrorCode::fileBusy);
    EXPECT_EQ(files->remove(folder / "target").error().code, ErrorCode::fileBusy);
    EXPECT_EQ(read("target"), "old");
    EXPECT_EQ(read("temp"), "new");
    EXPECT_EQ(files->list(folder.path())->size(), 2U);
}

TEST_F(WindowsFilesTest, KeepsWritersOutWhereThatIsAskedFor) {
    write("file", "content");
    const auto reader = files->open(folder / "file", Access::read, Sharing::denyWriters);
    ASSERT_TRUE(reader.ok());
    EXPECT_FALSE(held("file", GENERIC_WRITE, kShareAll));
    EXPECT_EQ(read("file"), "content");
    const Handle writer = held("file", GENERIC_READ, kShareAll);
    EXPECT_TRUE(writer) << "readers are nobody's harm";
}

TEST_F(WindowsFilesTest, IsKeptOutByWritersWhereThatIsAskedFor) {
    write("file", "content");
    const Handle writer = held("file", GENERIC_WRITE, kShareAll);
    EXPECT_EQ(files->open(folder / "file", Access::read, Sharing::denyWriters).error().code, ErrorCode::fileBusy);
    EXPECT_EQ(read("file"), "content");
}

TEST_F(WindowsFilesTest, ReplacesAFileThatReadersShare) {
    write("target", "old");
    write("temp", "new");
    const Handle reader = held("target", GENERIC_READ, kShareAll);
    const auto displaced = files->replace(folder / "target", folder / "temp");
    ASSERT_TRUE(displaced.ok()) << displaced.error().message;
    EXPECT_EQ(read("target"), "new");
}

TEST_F(WindowsFilesTest, NoticesContentBesideTheContent) {
    write("file", "content");
    if (!makeStream(L"file:secret", "more"))
        GTEST_SKIP() << "this file system has no streams";
    EXPECT_TRUE(files->info(folder / "file")->otherStreams);
}

TEST_F(WindowsFilesTest, TakesTheMarkOfADownloadAlong) {
    write("from", "content");
    write("to", "content");
    if (!makeStream(L"from:Zone.Identifier", "[ZoneTransfer]\r\nZoneId=3\r\n"))
        GTEST_SKIP() << "this file system has no streams";
    EXPECT_FALSE(files->info(folder / "from")->otherStreams);
    ASSERT_TRUE(files->copyAttributes(folder / "from", folder / "to").ok());
    const Handle mark(::CreateFileW((systemName(folder / "to") + L":Zone.Identifier").c_str(), GENERIC_READ, 0, nullptr,
                                    OPEN_EXISTING, 0, nullptr));
    EXPECT_TRUE(mark);
}

TEST_F(WindowsFilesTest, FollowsNoLink) {
    write("file", "content");
    if (::CreateSymbolicLinkW((folder / "link").c_str(), (folder / "file").c_str(),
                              SYMBOLIC_LINK_FLAG_ALLOW_UNPRIVILEGED_CREATE) == 0 ||
        !files->info(folder / "link").ok()) // Wine only says that it made one
        GTEST_SKIP() << "links cannot be made here";
    EXPECT_EQ(files->open(folder / "link", Access::read).error().code, ErrorCode::symbolicLink);
    EXPECT_EQ(files->info(folder / "link")->kind, FileKind::symbolicLink);
    ASSERT_TRUE(files->remove(folder / "link").ok());
    EXPECT_EQ(read("file"), "content");
}

TEST_F(WindowsFilesTest, CountsHardLinks) {
    write("file", "x");
    ASSERT_NE(::CreateHardLinkW((folder / "second").c_str(), (folder / "file").c_str(), nullptr), FALSE);
    EXPECT_EQ(files->info(folder / "file")->linkCount, 2U);
}

} // namespace
} // namespace ssprotect::platform
