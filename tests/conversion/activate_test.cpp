#include "engine_world.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ssprotect::conversion::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class Activate : public testing::Test {
protected:
    Path seed(const std::string& name, const Bytes& content, unsigned mode = 0644) {
        disk->seedFile(kDocs / name, content, mode);
        return kDocs / name;
    }
    Bytes contentAt(const Path& path) { return disk->content(path).value(); }

    std::unique_ptr<FaultFileSystem> disk = makeDisk();
    Engine engine{*disk};
};

TEST_F(Activate, PutsAContainerInPlaceThatGivesTheContentBack) {
    for (const std::size_t size : {0u, 1u, 16'383u, 16'384u, 16'385u, 100'000u}) {
        const Bytes text = secretText("anna", size);
        const Path path = seed("plan-" + std::to_string(size), text);
        const auto result = engine.activate(path);
        ASSERT_EQ(wordOf(result), "ok") << size;
        EXPECT_EQ(result.version, 1u);
        EXPECT_EQ(result.size, size);
        ASSERT_TRUE(isContainer(contentAt(path)));
        EXPECT_EQ(engine.authority.contentOf(contentAt(path)).value(), text);
    }
    EXPECT_THAT(disk->filesContaining(secretText("anna", 16)), IsEmpty());
}

TEST_F(Activate, LeavesNothingElseBehind) {
    const Path path = seed("plan", secretText("anna", 5000));
    ASSERT_EQ(wordOf(engine.activate(path)), "ok");
    EXPECT_THAT(documents(*disk), ElementsAre("plan"));
    EXPECT_THAT(disk->list(kJournal).value(), IsEmpty());
    EXPECT_EQ(engine.kodiac.begunCount(), 0u);
}

TEST_F(Activate, KeepsModeTimeAndExtendedAttributes) {
    const Path path = seed("plan", secretText("anna", 100), 0440);
    disk->seedExtended(path, "user.project", viewOf("north"));
    const auto before = disk->attributes(path).value();
    ASSERT_EQ(wordOf(engine.activate(path)), "ok");
    const auto after = disk->attributes(path).value();
    EXPECT_EQ(after.mode, 0440u);
    EXPECT_EQ(after.modifiedNanos, before.modifiedNanos);
    EXPECT_EQ(after.extended, before.extended);
}

TEST_F(Activate, TellsTheHostlistAndKodiacWhereTheVersionLies) {
    const Path path = seed("plan", secretText("anna", 100));
    const auto result = engine.activate(path);
    const auto row = engine.records.storedAt(path);
    ASSERT_TRUE(row);
    EXPECT_EQ(row->identity.file, result.file);
    EXPECT_EQ(row->size, 100u);
    EXPECT_EQ(engine.kodiac.row(result.file, 1)->path, path);
}

TEST_F(Activate, SkipsWhatIsProtectedAndSaysWhichVersionItIs) {
    const Path path = seed("plan", secretText("anna", 100));
    const auto first = engine.activate(path);
    const auto before = contentAt(path);
    const auto second = engine.activate(path);
    EXPECT_EQ(wordOf(second), "already-protected");
    EXPECT_EQ(second.file, first.file);
    EXPECT_EQ(second.version, 1u);
    EXPECT_EQ(contentAt(path), before);
}

TEST_F(Activate, RefusesWhatIsNoFileOfItsOwnWithTheReason) {
    disk->seedSymbolicLink(kDocs / "link");
    seed("twice", secretText("anna", 10));
    disk->seedHardLink(kDocs / "twice", kDocs / "thrice");
    seed(".ssp-0123456789abcdef~", secretText("anna", 10));
    const auto before = filesOf(*disk);
    const auto results =
        engine.activate({kDocs / "link", kDocs / "twice", kDocs, kDocs / ".ssp-0123456789abcdef~", kDocs / "nowhere"});
    std::vector<std::string> words;
    for (const auto& result : results)
        words.push_back(wordOf(result));
    EXPECT_THAT(words,
                ElementsAre("symbolic-link", "hard-linked", "unsupported-file", "unsupported-file", "not-found"));
    EXPECT_EQ(filesOf(*disk), before);
    EXPECT_THAT(engine.kodiac.chains(), IsEmpty());
}

TEST_F(Activate, RefusesAFileWithContentBesideItsContent) {
    const Path path = seed("plan", secretText("anna", 100));
    disk->seedExtended(path, std::string(FaultFileSystem::kStreams), {});
    const auto result = engine.activate(path);
    EXPECT_EQ(wordOf(result), "unsupported-file");
    EXPECT_THAT(result.error->message, HasSubstr("further streams"));
    EXPECT_FALSE(isContainer(contentAt(path)));
}

TEST_F(Activate, RefusesADamagedContainerInsteadOfProtectingItTwice) {
    const Path path = seed("plan", secretText("anna", 1000));
    ASSERT_EQ(wordOf(engine.activate(path)), "ok");
    Bytes damaged = contentAt(path);
    for (const std::size_t flipped : {0u, 3u, 7u, 8u, 13u}) {
        Bytes other = damaged;
        other[flipped] ^= 1;
        disk->overwrite(path, other);
        EXPECT_EQ(wordOf(engine.activate(path)), "integrity") << flipped;
        EXPECT_EQ(contentAt(path), other);
    }
}

TEST_F(Activate, TakesAPictureWhoseSignatureResemblesOurs) {
    const Bytes png{0x89, 'P', 'N', 'G', 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13};
    EXPECT_EQ(wordOf(engine.activate(seed("picture.png", png))), "ok");
}

TEST_F(Activate, OfAFileInAFolderThatMayNotBeWrittenChangesNothing) {
    disk->seedDirectory("/frozen", 0700);
    disk->seedFile("/frozen/plan", secretText("anna", 100));
    disk->seedDirectory("/frozen", 0500);
    const auto result = engine.activate(Path("/frozen/plan"));
    EXPECT_EQ(wordOf(result), "access-denied");
    EXPECT_THAT(result.error->message, HasSubstr("'/frozen/plan'"));
    EXPECT_THAT(result.error->message, HasSubstr("folder"));
    EXPECT_EQ(contentAt("/frozen/plan"), secretText("anna", 100));
    EXPECT_EQ(engine.kodiac.begunCount(), 0u);
}

TEST_F(Activate, OfReadOnlyAndLongNamedFilesWorks) {
    const Path path = seed(std::string(255, 'n'), secretText("anna", 100), 0444);
    EXPECT_EQ(wordOf(engine.activate(path)), "ok");
    EXPECT_EQ(disk->attributes(path)->mode, 0444u);
    EXPECT_TRUE(isContainer(contentAt(path)));
}

TEST_F(Activate, OnAFullDiskRemovesWhatItBegan) {
    const Bytes text = secretText("anna", 40'000);
    const Path path = seed("plan", text);
    disk->setCapacity(60'000);
    EXPECT_EQ(wordOf(engine.activate(path)), "disk-full");
    EXPECT_EQ(contentAt(path), text);
    EXPECT_THAT(documents(*disk), ElementsAre("plan"));
    EXPECT_THAT(disk->list(kJournal).value(), IsEmpty());
    EXPECT_EQ(engine.kodiac.begunCount(), 0u);
}

TEST_F(Activate, ConvertsTheGoodFilesOfACallAndReportsTheOthersInOrder) {
    std::vector<Path> paths{seed("a", secretText("anna", 10)), kDocs / "nowhere", seed("c", secretText("anna", 20))};
    paths.push_back(paths.front());
    const auto results = engine.activate(paths);
    ASSERT_EQ(results.size(), 4u);
    EXPECT_EQ(wordOf(results[0]), "ok");
    EXPECT_EQ(wordOf(results[1]), "not-found");
    EXPECT_EQ(wordOf(results[2]), "ok");
    EXPECT_EQ(wordOf(results[3]), "already-protected");
    for (std::size_t i = 0; i < paths.size(); ++i)
        EXPECT_EQ(results[i].path, paths[i]);
}

TEST_F(Activate, GivesEachFileItsOwnChain) {
    const auto results = engine.activate({seed("a", secretText("anna", 10)), seed("b", secretText("anna", 10))});
    EXPECT_NE(results[0].file, results[1].file);
    EXPECT_NE(contentAt(kDocs / "a"), contentAt(kDocs / "b"));
}

TEST_F(Activate, ConvertsManyFilesOnManyThreads) {
    Engine many(*disk, {}, 1, 2, 8);
    std::vector<Path> paths;
    for (int i = 0; i < 60; ++i)
        paths.push_back(seed("file" + std::to_string(i), secretText(std::to_string(i), 50)));
    const auto results = many.activate(paths);
    for (const auto& result : results)
        ASSERT_EQ(wordOf(result), "ok");
    EXPECT_EQ(many.kodiac.committedCount(), 60u);
    EXPECT_EQ(documents(*disk).size(), 60u);
    EXPECT_EQ(many.authority.contentOf(contentAt(paths[33])).value(), secretText("33", 50));
}

TEST_F(Activate, StopsBetweenFilesWhenItIsCancelledAndKeepsEachWhole) {
    std::vector<Path> paths;
    for (int i = 0; i < 5; ++i)
        paths.push_back(seed("file" + std::to_string(i), secretText("anna", 50)));
    ConvertOptions options;
    int files = 0;
    options.control = [&](std::uint64_t bytes) { return bytes != 0 || ++files <= 3; };
    const auto results = engine.activate(paths, options);
    int done = 0;
    for (const auto& result : results) {
        const bool converted = isContainer(contentAt(result.path));
        EXPECT_EQ(wordOf(result), converted ? "ok" : "cancelled");
        done += converted ? 1 : 0;
    }
    EXPECT_GT(done, 0);
    EXPECT_LT(done, 5);
    EXPECT_EQ(documents(*disk).size(), 5u);
    EXPECT_EQ(engine.kodiac.begunCount(), 0u);
}

} // namespace
} // namespace ssprotect::conversion::test
