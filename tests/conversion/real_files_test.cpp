#include "engine_world.h"
#include "support/odd_files.h"
#include "support/temp_folder.h"

#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

/// The engine on this machine's own file system.
namespace ssprotect::conversion::test {
namespace {

namespace fs = std::filesystem;
using testing::IsEmpty;

class RealFiles : public testing::Test {
protected:
    void SetUp() override {
        fs::create_directory(docs);
        ASSERT_TRUE(journal.prepare().ok());
    }
    Path write(const Path& name, const Bytes& content) {
        const Path path = docs / name;
        std::ofstream(path, std::ios::binary).write(textOf(content).data(), static_cast<long>(content.size()));
        return path;
    }
    Bytes read(const Path& path) { return platform::readWhole(*files, path, 1u << 30).value(); }
    std::vector<ItemResult> convert(Operation operation, const std::vector<Path>& paths) {
        return converter.convert(operation, paths, {});
    }
    ItemResult activate(const Path& path) { return convert(Operation::activate, {path}).front(); }
    ItemResult release(const Path& path) { return convert(Operation::release, {path}).front(); }
    std::size_t count(const Path& below) {
        return static_cast<std::size_t>(std::distance(fs::directory_iterator(below), {}));
    }

    support::TempFolder folder;
    const Path docs = folder / "docs";
    std::unique_ptr<platform::FileSystem> files = platform::makeSystemFiles();
    ssprotect::test::FakeKodiac kodiac;
    ssprotect::test::FakeAuthorisation authority{kodiac};
    ssprotect::test::FakeChainRecords records;
    ssprotect::test::SeededRandom random{1};
    SystemClock clock;
    std::shared_ptr<Log> log = makeNullLog();
    Journal journal{*files, folder / "journal", random};
    Converter converter{Services{*files, authority, records, journal, random, clock, *log}, {8, 2}};
};

TEST_F(RealFiles, ComeBackByteForByteWithModeAndTime) {
    for (const std::size_t size : {0u, 1u, 4096u, 16'384u, 3'000'000u}) {
        const Bytes text = secretText("anna", size);
        const Path path = write("plan-" + std::to_string(size), text);
        fs::permissions(path, fs::perms::owner_read | fs::perms::group_read);
        const auto mode = fs::status(path).permissions();
        const auto before = files->info(path).value();
        ASSERT_EQ(wordOf(activate(path)), "ok") << size;
        EXPECT_TRUE(isContainer(read(path)));
        EXPECT_EQ(files->info(path)->modifiedNanos, before.modifiedNanos);
        ASSERT_EQ(wordOf(release(path)), "ok") << size;
        EXPECT_EQ(read(path), text);
        EXPECT_EQ(files->info(path)->modifiedNanos, before.modifiedNanos);
        EXPECT_EQ(fs::status(path).permissions(), mode);
    }
    EXPECT_EQ(count(docs), 5u);
    EXPECT_EQ(count(folder / "journal"), 0u);
}

TEST_F(RealFiles, WithOddNamesAreConverted) {
    for (const auto& name : support::oddNames()) {
        const Path path = write(name, secretText("anna", 100));
        EXPECT_EQ(wordOf(activate(path)), "ok") << name;
        EXPECT_EQ(wordOf(release(path)), "ok") << name;
        EXPECT_EQ(read(path), secretText("anna", 100));
    }
}

TEST_F(RealFiles, ThatAreNoFilesOfTheirOwnAreRefused) {
    const Path path = write("plan", secretText("anna", 100));
    write("twice", secretText("anna", 100));
    fs::create_hard_link(docs / "twice", docs / "thrice");
    EXPECT_EQ(wordOf(activate(docs / "twice")), "hard-linked");
    EXPECT_EQ(wordOf(activate(docs)), "unsupported-file");
    EXPECT_EQ(wordOf(activate(support::devicePath())), "unsupported-file");
    EXPECT_FALSE(isContainer(read(path)));
    EXPECT_FALSE(isContainer(read(docs / "twice")));
}

TEST_F(RealFiles, ThatAreLinksAreRefused) {
    const Path path = write("plan", secretText("anna", 100));
    if (!support::makeLink(path, docs / "link"))
        GTEST_SKIP() << "no symbolic links here";
    EXPECT_EQ(wordOf(activate(docs / "link")), "symbolic-link");
    EXPECT_FALSE(isContainer(read(path)));
}

TEST_F(RealFiles, HaveNoRunOfSixteenPlaintextBytesInTheirContainers) {
    const Bytes text = [] {
        Bytes bytes(40'000);
        ssprotect::test::SeededRandom(9).fill(bytes);
        return bytes;
    }();
    const Path path = write("plan", text);
    ASSERT_EQ(wordOf(activate(path)), "ok");
    const Bytes container = read(path);
    std::set<std::string_view> runs;
    for (std::size_t at = 0; at + 16 <= text.size(); ++at)
        runs.insert(textOf(ByteView(text).subspan(at, 16)));
    for (std::size_t at = 0; at + 16 <= container.size(); ++at)
        ASSERT_FALSE(runs.contains(textOf(ByteView(container).subspan(at, 16)))) << at;
}

TEST_F(RealFiles, ByTheThousandWalkInBatchesAndComeBack) {
    std::vector<Path> paths;
    for (int i = 0; i < 1100; ++i) {
        const std::string name = "sub" + std::to_string(i % 7);
        fs::create_directory(docs / name);
        paths.push_back(write(name + "/file" + std::to_string(i), secretText(std::to_string(i), 300)));
    }
    for (const auto& result : convert(Operation::activate, paths))
        ASSERT_EQ(wordOf(result), "ok");
    EXPECT_EQ(kodiac.committedCount(), 1100u);
    EXPECT_EQ(records.storedCount(), 1100u);
    for (const auto& path : paths)
        ASSERT_TRUE(isContainer(read(path)));
    for (const auto& result : convert(Operation::release, paths))
        ASSERT_EQ(wordOf(result), "ok");
    for (std::size_t i = 0; i < paths.size(); ++i)
        ASSERT_EQ(read(paths[i]), secretText(std::to_string(i), 300));
    EXPECT_EQ(count(docs / "sub0"), 158u);
    EXPECT_EQ(count(folder / "journal"), 0u);
}

} // namespace
} // namespace ssprotect::conversion::test
