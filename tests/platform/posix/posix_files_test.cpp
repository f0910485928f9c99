// What only the real file system can prove: links, special files, owners, ACLs, attributes.

#include "access_list.h"
#include "child.h"
#include "platform/posix/replace.h"
#include "ssprotect/platform/file_system.h"
#include "ssprotect/platform/sibling_name.h"
#include "support/temp_folder.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/xattr.h>
#include <unistd.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ssprotect::platform {
namespace {

using support::TempFolder;
using ::testing::HasSubstr;

constexpr const char* kAccess = "system.posix_acl_access";
constexpr const char* kDefault = "system.posix_acl_default";
constexpr uid_t kSomebody = 12345;

class PosixFilesTest : public ::testing::Test {
protected:
    void write(const Path& name, std::string_view content) const {
        ASSERT_TRUE(writeWhole(*files, folder / name, viewOf(content)).ok());
    }
    std::string read(const Path& name) const {
        const auto content = readWhole(*files, folder / name, 1 << 20);
        return content ? std::string(textOf(*content)) : "(" + std::string(content.error().word()) + ")";
    }
    struct stat statOf(const Path& name) const {
        struct stat status {};
        EXPECT_EQ(::lstat((folder / name).c_str(), &status), 0);
        return status;
    }
    mode_t modeOf(const Path& name) const { return statOf(name).st_mode & 07777; }
    void setMode(const Path& name, mode_t mode) const { ASSERT_EQ(::chmod((folder / name).c_str(), mode), 0); }
    bool setAttribute(const Path& name, const char* attribute, ByteView value) const {
        return ::setxattr((folder / name).c_str(), attribute, value.data(), value.size(), 0) == 0;
    }
    Bytes attributeOf(const Path& name, const char* attribute) const {
        Bytes value(1024);
        const auto size = ::getxattr((folder / name).c_str(), attribute, value.data(), value.size());
        value.resize(size < 0 ? 0 : static_cast<std::size_t>(size));
        return value;
    }
    void copyAttributes() const { ASSERT_TRUE(files->copyAttributes(folder / "from", folder / "to").ok()); }

    TempFolder folder;
    std::unique_ptr<FileSystem> files = makeSystemFiles();
};

TEST_F(PosixFilesTest, FollowsNoLink) {
    write("file", "content");
    ASSERT_EQ(::symlink("file", (folder / "link").c_str()), 0);
    ASSERT_EQ(::symlink("none", (folder / "dangling").c_str()), 0);
    for (const char* link : {"link", "dangling"}) {
        EXPECT_EQ(files->open(folder / link, Access::read).error().code, ErrorCode::symbolicLink);
        EXPECT_EQ(files->info(folder / link)->kind, FileKind::symbolicLink);
        EXPECT_EQ(files->create(folder / link).error().code, ErrorCode::alreadyExists);
        EXPECT_EQ(files->copyAttributes(folder / link, folder / "file").error().code, ErrorCode::symbolicLink);
        EXPECT_EQ(files->copyAttributes(folder / "file", folder / link).error().code, ErrorCode::symbolicLink);
        EXPECT_TRUE(files->setModified(folder / link, 0).ok());
    }
    EXPECT_NE(files->info(folder / "file")->modifiedNanos, 0);
    ASSERT_TRUE(files->remove(folder / "link").ok());
    EXPECT_EQ(read("file"), "content");
}

TEST_F(PosixFilesTest, RefusesSpecialFilesWithoutWaitingForThem) {
    ASSERT_EQ(::mkfifo((folder / "fifo").c_str(), 0600), 0);
    struct sockaddr_un address {};
    address.sun_family = AF_UNIX;
    const auto name = (folder / "socket").string();
    ASSERT_LT(name.size(), sizeof(address.sun_path));
    name.copy(address.sun_path, name.size());
    const int listener = ::socket(AF_UNIX, SOCK_STREAM, 0);
    ASSERT_EQ(::bind(listener, reinterpret_cast<const struct sockaddr*>(&address), sizeof(address)), 0);
    ::close(listener);
    for (const Path& special : {folder / "fifo", folder / "socket", Path("/dev/null")})
        for (const auto access : {Access::read, Access::readWrite})
            EXPECT_EQ(files->open(special, access).error().code, ErrorCode::unsupportedFile) << special;
    EXPECT_EQ(files->info(folder / "fifo")->kind, FileKind::other);
}

TEST_F(PosixFilesTest, CountsHardLinks) {
    write("file", "x");
    ASSERT_EQ(::link((folder / "file").c_str(), (folder / "second").c_str()), 0);
    EXPECT_EQ(files->info(folder / "file")->linkCount, 2U);
}

TEST_F(PosixFilesTest, KnowsAFileWithoutAName) {
    write("file", "x");
    const auto file = files->open(folder / "file", Access::read);
    ASSERT_TRUE(file.ok());
    ASSERT_TRUE(files->remove(folder / "file").ok());
    EXPECT_EQ((*file)->info()->linkCount, 0U);
}

TEST_F(PosixFilesTest, MakesFilesAndFoldersForTheOwnerOnly) {
    write("file", "x");
    ASSERT_TRUE(files->createDirectories(folder / "a" / "b").ok());
    EXPECT_EQ(modeOf("file"), 0600U);
    EXPECT_EQ(modeOf("a"), 0700U);
    EXPECT_EQ(modeOf("a/b"), 0700U);
}

TEST_F(PosixFilesTest, TakesAnyBytesForAName) {
    write("\xff\xfe odd\n", "content");
    EXPECT_EQ(files->list(folder.path())->front().name, "\xff\xfe odd\n");
    EXPECT_EQ(read("\xff\xfe odd\n"), "content");
}

TEST_F(PosixFilesTest, NeverRemovesThroughALinkInATree) {
    ASSERT_TRUE(files->createDirectories(folder / "tree").ok());
    ASSERT_TRUE(files->createDirectories(folder / "outside").ok());
    write("outside/file", "x");
    ASSERT_EQ(::symlink("../outside", (folder / "tree" / "link").c_str()), 0);
    ASSERT_TRUE(removeTree(*files, folder / "tree").ok());
    EXPECT_EQ(read("outside/file"), "x");
}

TEST_F(PosixFilesTest, CopiesTheModeAndMarksReadOnlyFiles) {
    write("from", "x");
    write("to", "y");
    for (const mode_t mode : {0444U, 0640U, 0755U, 01644U}) {
        setMode("from", mode);
        copyAttributes();
        EXPECT_EQ(modeOf("to"), mode);
        EXPECT_EQ(files->info(folder / "to")->writable, (mode & 0200) != 0);
        setMode("to", 0600);
    }
}

TEST_F(PosixFilesTest, CopiesTimesToTheNanosecond) {
    write("from", "x");
    write("to", "y");
    const struct timespec times[2] = {{1'000'000'001, 123'456'789}, {1'500'000'002, 987'654'321}};
    ASSERT_EQ(::utimensat(AT_FDCWD, (folder / "from").c_str(), times, 0), 0);
    copyAttributes();
    EXPECT_EQ(statOf("to").st_atim.tv_nsec, 123'456'789);
    EXPECT_EQ(files->info(folder / "to")->modifiedNanos, 1'500'000'002'987'654'321);
}

TEST_F(PosixFilesTest, CopiesExtendedAttributesAlsoToAReadOnlyFile) {
    write("from", "x");
    write("to", "y");
    if (!setAttribute("from", "user.comment", viewOf("Zürich")))
        GTEST_SKIP() << "this file system has no extended attributes";
    ASSERT_TRUE(setAttribute("from", "user.empty", {}));
    setMode("from", 0444);
    copyAttributes();
    EXPECT_EQ(textOf(attributeOf("to", "user.comment")), "Zürich");
    EXPECT_EQ(::getxattr((folder / "to").c_str(), "user.empty", nullptr, 0), 0);
    EXPECT_EQ(modeOf("to"), 0444U);
}

TEST_F(PosixFilesTest, CopiesTheAccessList) {
    write("from", "x");
    write("to", "y");
    const auto list =
        accessList({{kUserObject, 6}, {kNamedUser, 4, kSomebody}, {kGroupObject, 0}, {kMask, 4}, {kOther, 0}});
    if (!setAttribute("from", kAccess, list))
        GTEST_SKIP() << "this file system has no ACLs";
    copyAttributes();
    EXPECT_EQ(attributeOf("to", kAccess), list);
    EXPECT_EQ(modeOf("to"), modeOf("from"));
}

TEST_F(PosixFilesTest, DropsTheAccessListThatTheFolderGaveTheNewFile) {
    write("from", "x");
    setMode("from", 0640);
    const auto list =
        accessList({{kUserObject, 7}, {kNamedUser, 7, kSomebody}, {kGroupObject, 5}, {kMask, 7}, {kOther, 0}});
    if (::setxattr(folder.path().c_str(), kDefault, list.data(), list.size(), 0) != 0)
        GTEST_SKIP() << "this file system has no ACLs";
    write("to", "y");
    ASSERT_FALSE(attributeOf("to", kAccess).empty());
    copyAttributes();
    EXPECT_TRUE(attributeOf("to", kAccess).empty()) << "the named user could read what only the group could";
    EXPECT_EQ(modeOf("to"), 0640U);
}

TEST_F(PosixFilesTest, GivesTheOwnerWhenItMay) {
    if (!isRoot())
        GTEST_SKIP() << "only root may give files away";
    write("from", "x");
    write("to", "y");
    ASSERT_EQ(::chown((folder / "from").c_str(), kSomebody, kSomebody + 1), 0);
    setMode("from", 04750);
    copyAttributes();
    EXPECT_EQ(statOf("to").st_uid, kSomebody);
    EXPECT_EQ(statOf("to").st_gid, kSomebody + 1);
    EXPECT_EQ(modeOf("to"), 04750U);
}

TEST_F(PosixFilesTest, LetsNobodyInWhenTheOwnerCannotBeGiven) {
    if (!isRoot())
        GTEST_SKIP() << "needs a file of another user, which only root can make";
    write("from", "x");
    setMode("from", 0664);
    ASSERT_EQ(::chown((folder / "from").c_str(), kSomebody, kSomebody), 0);
    ASSERT_EQ(::chmod(folder.path().c_str(), 0777), 0);
    EXPECT_TRUE(holdsAsNobody([&] {
        return files->create(folder / "to").ok() && files->copyAttributes(folder / "from", folder / "to").ok();
    }));
    EXPECT_NE(statOf("to").st_uid, kSomebody);
    EXPECT_EQ(modeOf("to"), 0644U) << "a group that had only read access must not write";
}

TEST_F(PosixFilesTest, SaysWhatToDoWhenAccessIsDenied) {
    write("secret", "x");
    ASSERT_EQ(::chmod(folder.path().c_str(), 0755), 0);
    const auto check = [&] {
        const auto opened = files->open(folder / "secret", Access::read);
        const auto created = files->create(folder / "new");
        const auto removed = files->remove(folder / "secret");
        return opened.error().code == ErrorCode::accessDenied && created.error().code == ErrorCode::accessDenied &&
               removed.error().code == ErrorCode::accessDenied &&
               opened.error().message.find("ask the owner") != std::string::npos;
    };
    if (isRoot()) {
        EXPECT_TRUE(holdsAsNobody(check));
        return;
    }
    setMode("secret", 0000);
    ASSERT_EQ(::chmod(folder.path().c_str(), 0500), 0);
    EXPECT_TRUE(check());
}

TEST_F(PosixFilesTest, NamesTheFileTheReasonAndTheRemedy) {
    const auto message = files->open(folder / "none\n", Access::read).error().message;
    EXPECT_THAT(message, HasSubstr("none\\x0a"));
    EXPECT_THAT(message, HasSubstr("there is no such file or folder; check the path"));
}

TEST_F(PosixFilesTest, ReplacesWithALinkWhereNamesCannotBeExchanged) {
    write("target", "old");
    write("temp", "new");
    const auto displaced = replaceWithLink(*files, folder / "target", folder / "temp");
    ASSERT_TRUE(displaced.ok());
    EXPECT_EQ(*displaced, folder / "temp");
    EXPECT_EQ(read("target"), "new");
    EXPECT_EQ(read("temp"), "old");
    EXPECT_EQ(files->info(folder / "temp")->linkCount, 1U);
    EXPECT_EQ(files->list(folder.path())->size(), 2U);
}

TEST_F(PosixFilesTest, SettlesAReplaceThatEndedAfterItsLink) {
    write("target", "old");
    write("temp", "new");
    const Path parked = parkedName(folder / "temp");
    ASSERT_EQ(::link((folder / "target").c_str(), parked.c_str()), 0);
    ASSERT_TRUE(settleReplace(*files, folder / "target", folder / "temp").ok());
    EXPECT_EQ(files->info(folder / "target")->linkCount, 1U);
    EXPECT_EQ(read("target"), "old");
    EXPECT_EQ(read("temp"), "new");
}

} // namespace
} // namespace ssprotect::platform
