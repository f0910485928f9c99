#include "engine_world.h"
#include "ssprotect/conversion/bulk_job.h"

#include <algorithm>
#include <future>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ssprotect::conversion::test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

/// Remembers what a job told; a test hooks into any call.
class Listener final : public BulkListener {
public:
    void onCounted(const BulkCount& counted) override { count = counted; }
    Status beforeBatch(const BatchSummary& batch) override {
        batches.push_back(batch);
        return acknowledge ? acknowledge(batch) : Status{};
    }
    void onItems(std::span<const ItemResult> page) override {
        items.insert(items.end(), page.begin(), page.end());
        if (afterItems)
            afterItems();
    }
    void onProgress(const BulkProgress& told) override {
        progress.push_back(told);
        if (afterProgress)
            afterProgress();
    }

    std::map<Path, std::string> words() const {
        std::map<Path, std::string> words;
        for (const auto& item : items)
            words[item.path] = wordOf(item);
        return words;
    }

    BulkCount count;
    std::vector<BatchSummary> batches;
    std::vector<ItemResult> items;
    std::vector<BulkProgress> progress;
    std::function<Status(const BatchSummary&)> acknowledge;
    std::function<void()> afterItems;
    std::function<void()> afterProgress;
};

class Bulk : public testing::Test {
protected:
    void SetUp() override {
        for (const char* name : {"b.odt", "a.odt", ".hidden", "deep/er/c.ODT", "deep/d.txt"})
            disk->seedFile(tree / name, secretText(name, 1000));
        disk->seedFile(tree / "twice", secretText("twice", 10));
        disk->seedHardLink(tree / "twice", tree / "deep/thrice");
        disk->seedSymbolicLink(tree / "link");
    }
    BulkOptions options(Operation operation = Operation::activate) const {
        BulkOptions made;
        made.operation = operation;
        made.selection.roots = {tree};
        made.selection.recursive = true;
        made.lanes = 1;
        return made;
    }
    BulkTotals run(const BulkOptions& made) {
        BulkJob job(*disk, engine.converter, engine.clock, made, listener);
        return job.run();
    }
    std::vector<Path> protectedFiles() const {
        std::vector<Path> names;
        for (const auto& [path, content] : filesOf(*disk))
            if (isContainer(content))
                names.push_back(path.lexically_relative(tree));
        return names;
    }

    const Path tree = "/tree";
    std::unique_ptr<FaultFileSystem> disk = makeDisk();
    Engine engine{*disk};
    Listener listener;
};

TEST_F(Bulk, ProtectsATreeAndGivesAReasonForEachRefusal) {
    const auto totals = run(options());
    EXPECT_THAT(protectedFiles(), ElementsAre(".hidden", "a.odt", "b.odt", "deep/d.txt", "deep/er/c.ODT"));
    EXPECT_EQ(totals.ok, 5u);
    EXPECT_EQ(totals.failed, 3u);
    EXPECT_EQ(totals.count.files, 5u);
    EXPECT_EQ(totals.count.bytes, 5000u);
    const auto words = listener.words();
    EXPECT_EQ(words.size(), 8u);
    EXPECT_EQ(listener.items.size(), 8u);
    EXPECT_EQ(words.at(tree / "link"), "symbolic-link");
    EXPECT_EQ(words.at(tree / "twice"), "hard-linked");
    EXPECT_EQ(words.at(tree / "deep/thrice"), "hard-linked");
}

TEST_F(Bulk, TellsTheCountBeforeItTouchesAnything) {
    listener.acknowledge = [&](const BatchSummary& batch) {
        EXPECT_EQ(listener.count.files, 5u);
        EXPECT_EQ(listener.count.refused, 3u);
        EXPECT_EQ(batch.files, 5u);
        EXPECT_EQ(batch.bytes, 5000u);
        EXPECT_EQ(batch.names.size(), 5u);
        EXPECT_THAT(protectedFiles(), IsEmpty());
        return Status{};
    };
    run(options());
    EXPECT_EQ(listener.batches.size(), 1u);
}

TEST_F(Bulk, TheSecondTimeSkipsWhatIsProtected) {
    run(options());
    listener = {};
    const auto totals = run(options());
    EXPECT_EQ(totals.ok, 0u);
    EXPECT_EQ(totals.skipped, 5u);
    EXPECT_EQ(totals.count.skipped, 5u);
    EXPECT_EQ(listener.words().at(tree / "a.odt"), "already-protected");
}

TEST_F(Bulk, ReleaseGivesTheTreeBackAndPassesOverPlainFiles) {
    const auto before = filesOf(*disk);
    run(options());
    disk->seedFile(tree / "new", viewOf("plain"));
    listener = {};
    const auto totals = run(options(Operation::release));
    EXPECT_EQ(totals.ok, 5u);
    EXPECT_EQ(totals.skipped, 1u);
    EXPECT_EQ(listener.words().at(tree / "new"), "not-protected");
    ASSERT_TRUE(disk->remove(tree / "new").ok());
    EXPECT_EQ(filesOf(*disk), before);
}

TEST_F(Bulk, ReleaseOfAPlainFileThatWasNamedIsAnError) {
    auto named = options(Operation::release);
    named.selection.roots = {tree / "a.odt"};
    EXPECT_EQ(run(named).failed, 1u);
    EXPECT_EQ(listener.words().at(tree / "a.odt"), "not-protected");
}

TEST_F(Bulk, WithoutRecursiveRefusesAFolderAndTakesFiles) {
    auto flat = options();
    flat.selection.recursive = false;
    flat.selection.roots = {tree, tree / "a.odt", tree / "nowhere"};
    const auto totals = run(flat);
    EXPECT_THAT(protectedFiles(), ElementsAre("a.odt"));
    EXPECT_EQ(totals.failed, 2u);
    EXPECT_EQ(listener.words().at(tree), "unsupported-file");
    EXPECT_EQ(listener.words().at(tree / "nowhere"), "not-found");
}

TEST_F(Bulk, ADryRunTellsWhatWouldHappenAndTouchesNothing) {
    const auto before = filesOf(*disk);
    auto dry = options();
    dry.dryRun = true;
    const auto totals = run(dry);
    EXPECT_EQ(totals.ok, 5u);
    EXPECT_EQ(totals.failed, 3u);
    EXPECT_EQ(listener.items.size(), 8u);
    EXPECT_THAT(listener.batches, IsEmpty());
    EXPECT_EQ(filesOf(*disk), before);
    EXPECT_THAT(engine.kodiac.chains(), IsEmpty());
}

TEST_F(Bulk, FiltersByNameAndSizeBelowFolders) {
    auto filtered = options();
    filtered.selection.filter.include = {"*.odt"};
    filtered.selection.filter.exclude = {"b*"};
    run(filtered);
    EXPECT_THAT(protectedFiles(), ElementsAre("a.odt", "deep/er/c.ODT"));

    auto small = options();
    small.selection.filter.mostSize = 500;
    EXPECT_EQ(run(small).count.files, 0u);
}

TEST_F(Bulk, NeverEntersSsprotectsOwnFolders) {
    auto careful = options();
    careful.selection.excluded = {tree / "deep"};
    careful.selection.roots = {tree, tree / "deep/d.txt"};
    run(careful);
    EXPECT_THAT(protectedFiles(), ElementsAre(".hidden", "a.odt", "b.odt"));
    EXPECT_EQ(listener.words().at(tree / "deep"), "unsupported-file");
}

TEST_F(Bulk, TakesAFileThatIsNamedTwiceOnce) {
    auto twice = options();
    twice.selection.roots = {tree / "deep", tree, tree / "deep/d.txt", tree / "deep/../deep/d.txt"};
    const auto totals = run(twice);
    EXPECT_EQ(totals.ok, 5u);
    EXPECT_EQ(totals.skipped, 0u);
    EXPECT_EQ(listener.items.size(), 8u);
}

TEST_F(Bulk, AsksPerFileWhereThePolicySaysSoAndGoesOnAfterARefusal) {
    auto each = options();
    each.mostFilesPerBatch = 1;
    listener.acknowledge = [](const BatchSummary& batch) {
        return batch.names.front().filename() == "b.odt" ? Status(makeError(ErrorCode::secondFactorRefused, "denied"))
                                                         : Status{};
    };
    const auto totals = run(each);
    EXPECT_EQ(listener.batches.size(), 5u);
    EXPECT_EQ(totals.ok, 4u);
    EXPECT_EQ(listener.words().at(tree / "b.odt"), "second-factor-refused");
    EXPECT_FALSE(isContainer(disk->content(tree / "b.odt").value()));
}

TEST_F(Bulk, CancelledLeavesEveryFileWhole) {
    auto each = options();
    each.mostFilesPerBatch = 2;
    BulkJob job(*disk, engine.converter, engine.clock, each, listener);
    listener.afterItems = [&] {
        if (!protectedFiles().empty())
            job.cancel();
    };
    const auto totals = job.run();
    EXPECT_TRUE(totals.cancelled);
    EXPECT_EQ(protectedFiles().size(), 2u);
    for (const auto& [path, content] : filesOf(*disk))
        EXPECT_TRUE(!isContainer(content) || engine.authority.contentOf(content).ok()) << path;
    EXPECT_THAT(disk->list(kJournal).value(), IsEmpty());
    EXPECT_EQ(engine.kodiac.begunCount(), 0u);
}

TEST_F(Bulk, PausedWaitsBetweenFilesAndGoesOnWhereItWas) {
    auto each = options();
    each.mostFilesPerBatch = 1;
    BulkJob job(*disk, engine.converter, engine.clock, each, listener);
    std::promise<void> isPaused;
    listener.afterItems = [&] {
        if (protectedFiles().size() == 2 && !job.paused()) {
            job.pause();
            isPaused.set_value();
        }
    };
    auto totals = std::async(std::launch::async, [&] { return job.run(); });
    isPaused.get_future().get();
    EXPECT_EQ(protectedFiles().size(), 2u);
    job.resume();
    EXPECT_EQ(totals.get().ok, 5u);
    EXPECT_EQ(protectedFiles().size(), 5u);
}

TEST_F(Bulk, APausedJobCanBeCancelled) {
    BulkJob job(*disk, engine.converter, engine.clock, options(), listener);
    listener.acknowledge = [&](const BatchSummary&) {
        job.pause();
        return Status{};
    };
    auto totals = std::async(std::launch::async, [&] { return job.run(); });
    job.cancel();
    EXPECT_TRUE(totals.get().cancelled);
    EXPECT_THAT(protectedFiles(), IsEmpty());
}

TEST_F(Bulk, TellsHowFarItIsAndHowLongItTakes) {
    auto each = options();
    each.mostFilesPerBatch = 1;
    listener.afterItems = [&] { engine.clock.advance(Duration{1000}); };
    run(each);
    ASSERT_FALSE(listener.progress.empty());
    for (std::size_t i = 1; i < listener.progress.size(); ++i)
        EXPECT_GE(listener.progress[i].filesDone, listener.progress[i - 1].filesDone);
    const auto& middle = listener.progress[listener.progress.size() / 2];
    EXPECT_GT(middle.secondsLeft, 0u);
    const auto& last = listener.progress.back();
    EXPECT_EQ(last.filesDone, 8u);
    EXPECT_EQ(last.filesTotal, 8u);
    EXPECT_EQ(last.bytesDone, 5000u);
    EXPECT_EQ(last.bytesTotal, 5000u);
    EXPECT_GT(last.bytesPerSecond, 0u);
    EXPECT_EQ(last.secondsLeft, 0u);
}

TEST_F(Bulk, RunsBatchesSideBySideWithTheSameOutcome) {
    for (int i = 0; i < 60; ++i)
        disk->seedFile(tree / ("many" + std::to_string(i)), secretText("many", 100));
    Engine many(*disk, {}, 1, 3, 4);
    auto wide = options();
    wide.lanes = 3;
    wide.mostFilesPerBatch = 7;
    BulkJob job(*disk, many.converter, many.clock, wide, listener);
    const auto totals = job.run();
    EXPECT_EQ(totals.ok, 65u);
    EXPECT_EQ(protectedFiles().size(), 65u);
    EXPECT_EQ(listener.items.size(), 68u);
    EXPECT_EQ(listener.progress.back().bytesDone, 11'000u);
}

} // namespace
} // namespace ssprotect::conversion::test
