#include "daemon_run.h"
#include "kodiacd/archive_file.h"

#include <filesystem>

namespace ssprotect::kodiacd {
namespace {

namespace fs = std::filesystem;

class ArchiveFile : public testing::Test {
protected:
    Result<std::vector<std::string>> unpack(const std::vector<std::string>& known) {
        fs::create_directory(folder_ / "out");
        return unpackArchive(*files_, folder_ / "backup.tar", folder_ / "out", known);
    }
    /// Made by tar(1), which other people have too.
    void tar(const Words& words) {
        Words all{"tar", "-C", folder_.path().string(), "-cf", (folder_ / "backup.tar").string()};
        all.insert(all.end(), words.begin(), words.end());
        ASSERT_EQ(support::ProgramRun(all, {}).wait().exitCode, 0);
    }
    void pack(const std::vector<std::string>& names) {
        auto archive = ArchiveWriter::create(*files_, folder_ / "backup.tar");
        ASSERT_TRUE(archive.ok());
        for (const auto& name : names)
            ASSERT_TRUE(archive->add(*files_, folder_ / name, name).ok());
        ASSERT_TRUE(archive->finish().ok());
    }
    ErrorCode refusal(const std::vector<std::string>& known) {
        const auto unpacked = unpack(known);
        EXPECT_FALSE(unpacked.ok());
        return unpacked ? ErrorCode::internal : unpacked.error().code;
    }

    support::TempFolder folder_;
    std::unique_ptr<platform::FileSystem> files_ = platform::makeSystemFiles();
};

TEST_F(ArchiveFile, GivesBackWhatWasPutIntoIt) {
    writeText(folder_ / "small", "a few bytes");
    writeText(folder_ / "empty", "");
    writeText(folder_ / "big", std::string(3'500'001, 'x'));
    pack({"small", "empty", "big"});
    const auto names = unpack({"small", "empty", "big", "missing"});
    ASSERT_TRUE(names.ok()) << names.error().message;
    EXPECT_EQ(names->size(), 3u);
    for (const auto* name : {"small", "empty", "big"})
        EXPECT_EQ(textOf(folder_ / "out" / name), textOf(folder_ / name)) << name;
    EXPECT_TRUE(files_->info(folder_ / "out" / "small")->ownerOnly);
    EXPECT_TRUE(files_->info(folder_ / "backup.tar")->ownerOnly);
}

TEST_F(ArchiveFile, IsATarFileForEverybodyElse) {
    writeText(folder_ / "small", "a few bytes");
    pack({"small"});
    const auto listed = support::ProgramRun({"tar", "-tf", (folder_ / "backup.tar").string()}, {}).wait();
    EXPECT_EQ(listed.out, "small\n");
}

TEST_F(ArchiveFile, NeverTakesThePlaceOfAnother) {
    writeText(folder_ / "backup.tar", "mine");
    const auto archive = ArchiveWriter::create(*files_, folder_ / "backup.tar");
    ASSERT_FALSE(archive.ok());
    EXPECT_EQ(archive.error().code, ErrorCode::alreadyExists);
}

TEST_F(ArchiveFile, WithANameThatNobodyExpectsIsRefused) {
    writeText(folder_ / "other", "x");
    tar({"other"});
    EXPECT_EQ(refusal({"small"}), ErrorCode::dataDamaged);
    EXPECT_TRUE(fs::is_empty(folder_ / "out"));
}

TEST_F(ArchiveFile, DoesNotLeadOutOfTheFolder) {
    fs::create_directory(folder_ / "below");
    writeText(folder_ / "small", "x");
    tar({"--transform=s,small,../escaped,", "-P", "small"});
    EXPECT_EQ(refusal({"small"}), ErrorCode::dataDamaged);
    EXPECT_FALSE(fs::exists(folder_ / "escaped"));
}

TEST_F(ArchiveFile, WithALinkIsRefused) {
    fs::create_symlink("/etc/passwd", folder_ / "small");
    tar({"small"});
    EXPECT_EQ(refusal({"small"}), ErrorCode::dataDamaged);
    EXPECT_TRUE(fs::is_empty(folder_ / "out"));
}

TEST_F(ArchiveFile, WithAFileTwiceIsRefused) {
    writeText(folder_ / "small", "x");
    tar({"small", "small", "--hard-dereference"});
    EXPECT_EQ(refusal({"small"}), ErrorCode::dataDamaged);
}

TEST_F(ArchiveFile, ThatWasCutOffIsRefused) {
    writeText(folder_ / "big", std::string(300'000, 'x'));
    pack({"big"});
    for (const int size : {200'000, 600, 100}) {
        fs::resize_file(folder_ / "backup.tar", static_cast<std::uintmax_t>(size));
        fs::remove_all(folder_ / "out");
        EXPECT_EQ(refusal({"big"}), ErrorCode::dataDamaged) << size;
    }
}

TEST_F(ArchiveFile, ThatIsNoneIsRefused) {
    writeText(folder_ / "backup.tar", std::string(2000, 'z'));
    EXPECT_EQ(refusal({"big"}), ErrorCode::dataDamaged);
}

} // namespace
} // namespace ssprotect::kodiacd
