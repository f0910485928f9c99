#include "engine_world.h"
#include "support/watched_files.h"

#include <functional>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

/// Another program is at work on the same file, before every step of ours in turn.
namespace ssprotect::conversion::test {
namespace {

using testing::IsEmpty;

const Bytes kOld = secretText("old", 3000);
const Bytes kTheirs = secretText("theirs", 2000);
const Bytes kEdited = secretText("edited", 2500);
const Path kPlan = kDocs / "plan.odt";

using Deed = std::function<void(FaultFileSystem&)>;

void writeInPlace(FaultFileSystem& disk) { disk.overwrite(kPlan, kTheirs); }
void saveByRename(FaultFileSystem& disk) {
    disk.seedFile(kDocs / "save.tmp", kTheirs);
    ASSERT_TRUE(disk.rename(kDocs / "save.tmp", kPlan).ok());
}
void moveAway(FaultFileSystem& disk) { static_cast<void>(disk.renameNew(kPlan, kDocs / "moved.odt")); }
void putFolderThere(FaultFileSystem& disk) {
    static_cast<void>(disk.renameNew(kPlan, kDocs / "moved.odt"));
    disk.seedDirectory(kPlan);
}

/// What the documents folder holds in the end, as a reader gets it: containers decrypted.
std::vector<Bytes> readableContents(const FaultFileSystem& disk, const Engine& engine) {
    std::vector<Bytes> contents;
    for (const auto& [path, content] : filesOf(disk)) {
        if (path.parent_path() != kDocs)
            continue;
        const auto plaintext = engine.authority.contentOf(content);
        contents.push_back(plaintext ? *plaintext : content);
    }
    return contents;
}

bool has(const std::vector<Bytes>& contents, const Bytes& wanted) {
    return std::find(contents.begin(), contents.end(), wanted) != contents.end();
}

/// Runs `operate` once for each of its steps with `deed` done before that step.
void interfereEverywhere(const std::function<std::unique_ptr<FaultFileSystem>(Engine&)>& prepare,
                         const std::function<void(Engine&)>& operate, const Deed& deed,
                         const std::function<void(FaultFileSystem&, Engine&)>& check) {
    for (unsigned at = 1;; ++at) {
        std::unique_ptr<FaultFileSystem> disk;
        auto scratch = makeDisk();
        Engine before(*scratch, {}, 1, 50);
        disk = prepare(before);
        bool reached = false;
        support::WatchedFiles watched(*disk, [&](unsigned ordinal) {
            if (ordinal == at) {
                reached = true;
                deed(*disk);
            }
            return Status{};
        });
        Engine engine(watched, before.kodiac);
        operate(engine);
        if (!reached) {
            EXPECT_GT(at, 10u);
            return;
        }
        SCOPED_TRACE("another program was at work before step " + std::to_string(at) + "\n" + disk->log());
        check(*disk, engine);
        if (testing::Test::HasFailure())
            return;
    }
}

class WhileActivating : public testing::Test {
protected:
    static std::unique_ptr<FaultFileSystem> plainDisk() {
        auto disk = makeDisk();
        disk->seedFile(kPlan, kOld);
        return disk;
    }
    void interfere(const Deed& deed, const std::function<void(FaultFileSystem&, Engine&)>& check) {
        interfereEverywhere([](Engine&) { return plainDisk(); },
                            [this](Engine& engine) { result = engine.activate(kPlan); }, deed, check);
    }
    ItemResult result;
};

TEST_F(WhileActivating, AWriterInPlaceNeverLosesWhatItWrote) {
    interfere(writeInPlace, [&](FaultFileSystem& disk, Engine& engine) {
        EXPECT_TRUE(has(readableContents(disk, engine), kTheirs));
        EXPECT_EQ(documents(disk).size(), 1u);
        EXPECT_THAT(disk.list(kJournal).value(), IsEmpty());
    });
}

TEST_F(WhileActivating, ASaveByRenameIsNeverLost) {
    interfere(saveByRename, [&](FaultFileSystem& disk, Engine& engine) {
        EXPECT_TRUE(has(readableContents(disk, engine), kTheirs));
        EXPECT_EQ(documents(disk).size(), 1u);
        EXPECT_EQ(engine.kodiac.begunCount(), 0u);
    });
}

TEST_F(WhileActivating, AFileThatIsMovedAwayIsWholeWhereItWent) {
    interfere(moveAway, [&](FaultFileSystem& disk, Engine& engine) {
        EXPECT_TRUE(has(readableContents(disk, engine), kOld));
        EXPECT_EQ(documents(disk).size(), 1u);
    });
}

TEST_F(WhileActivating, TheNewContentIsProtectedWhenItCameInTime) {
    const auto disk = plainDisk();
    support::WatchedFiles watched(*disk, [&](unsigned ordinal) {
        if (ordinal == 8)
            writeInPlace(*disk);
        return Status{};
    });
    Engine engine(watched);
    result = engine.activate(kPlan);
    ASSERT_EQ(wordOf(result), "ok");
    EXPECT_EQ(result.size, kTheirs.size());
    EXPECT_EQ(engine.authority.contentOf(disk->content(kPlan).value()).value(), kTheirs);
}

TEST_F(WhileActivating, AFileThatNeverRestsIsLeftAlone) {
    const auto disk = plainDisk();
    Bytes last;
    unsigned count = 0;
    support::WatchedFiles watched(*disk, [&](unsigned) {
        last = secretText(std::to_string(++count), 1000);
        disk->overwrite(kPlan, last);
        return Status{};
    });
    Engine engine(watched);
    result = engine.activate(kPlan);
    EXPECT_EQ(wordOf(result), "changed-meanwhile");
    EXPECT_EQ(disk->content(kPlan).value(), last);
    EXPECT_EQ(documents(*disk).size(), 1u);
    EXPECT_EQ(engine.kodiac.begunCount(), 0u);
}

class WhileReleasing : public testing::Test {
protected:
    static std::unique_ptr<FaultFileSystem> protectedDisk(Engine& before) {
        auto& scratch = dynamic_cast<FaultFileSystem&>(before.files);
        scratch.seedFile(kPlan, kOld);
        EXPECT_TRUE(before.activate(kPlan).ok());
        auto disk = makeDisk();
        disk->seedFile(kPlan, scratch.content(kPlan).value());
        return disk;
    }
};

TEST_F(WhileReleasing, AWriterNeverLosesWhatItWrote) {
    for (const Deed& deed : {Deed(writeInPlace), Deed(saveByRename)}) {
        interfereEverywhere(
            protectedDisk, [](Engine& engine) { engine.release(kPlan); }, deed,
            [&](FaultFileSystem& disk, Engine& engine) {
                EXPECT_TRUE(has(readableContents(disk, engine), kTheirs));
                EXPECT_EQ(documents(disk).size(), 1u);
                EXPECT_THAT(disk.list(kJournal).value(), IsEmpty());
            });
    }
}

class WhileStoring : public WhileReleasing {
protected:
    static std::unique_ptr<FaultFileSystem> openedDisk(Engine& before) {
        auto disk = protectedDisk(before);
        disk->seedFile("/workspace/plan.odt", kEdited);
        return disk;
    }
    void store(Engine& engine, const Bytes& opened) {
        StoreTask task;
        task.plaintext = "/workspace/plan.odt";
        task.target = kPlan;
        task.expected.emplace();
        std::copy_n(opened.begin(), task.expected->size(), task.expected->begin());
        task.accountName = "anna@example.com";
        outcome = engine.converter.storeVersion(task, {});
    }
    void interfere(const Deed& deed, bool theirsIsContent) {
        Bytes opened;
        interfereEverywhere(
            [&](Engine& before) {
                auto disk = openedDisk(before);
                opened = disk->content(kPlan).value();
                return disk;
            },
            [&](Engine& engine) { store(engine, opened); }, deed,
            [&](FaultFileSystem& disk, Engine& engine) {
                ASSERT_FALSE(outcome.error) << outcome.error->message;
                const auto contents = readableContents(disk, engine);
                EXPECT_TRUE(has(contents, kEdited) || overwritten(disk, engine));
                EXPECT_TRUE(!theirsIsContent || has(contents, kTheirs));
                EXPECT_EQ(outcome.conflict, outcome.path != kPlan);
                EXPECT_THAT(disk.list(kJournal).value(), IsEmpty());
            });
    }
    /// They wrote over the new version after it had been put in place: that is theirs to do.
    static bool overwritten(const FaultFileSystem& disk, const Engine& engine) {
        return disk.content(kPlan) == kTheirs && engine.records.storedAt(kPlan).has_value();
    }

    StoreOutcome outcome;
};

TEST_F(WhileStoring, AWriterInPlaceAndTheEditedVersionAreBothKept) { interfere(writeInPlace, true); }
TEST_F(WhileStoring, ASaveByRenameAndTheEditedVersionAreBothKept) { interfere(saveByRename, true); }
TEST_F(WhileStoring, TheEditedVersionFindsAPlaceWhenTheContainerIsMovedAway) { interfere(moveAway, false); }
TEST_F(WhileStoring, TheEditedVersionFindsAPlaceBesideAFolderOfThatName) { interfere(putFolderThere, false); }

} // namespace
} // namespace ssprotect::conversion::test
