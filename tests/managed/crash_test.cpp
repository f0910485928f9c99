#include "keeper_world.h"
#include "support/fault_enumeration.h"

#include <algorithm>

/// Managed access on a disk that fails or loses power at every single step: the container is byte-exact old or
/// authentic new, a sealed save is never lost, no plaintext stays, and a second recovery changes nothing.
namespace ssprotect::managed::test {
namespace {

using ssprotect::test::FakeKodiac;

const std::string kOriginal = "ORIGINAL: what was protected in the first place";
const std::string kSettled = "SETTLED: the save that had time to settle, a bit longer";
const std::string kFinal = "FINAL: what was saved last";
const std::string kExport = "EXPORT: a file beside the document";

/// What an access had certainly done when it ended.
struct Progress {
    FakeKodiac kodiac;
    bool settledSealed = false;
    bool exported = false; ///< the application could write that file
    std::optional<Closed> closed;
};

struct Scenario {
    WorldOptions options;
    bool kodiacAway = false; ///< at the close
    bool exports = false;    ///< the application leaves another file
    bool unchanged = false;
};

class Crash : public testing::Test {
protected:
    Crash() {
        const auto disk = makeDisk();
        World world(*disk, {});
        world.protect(kOriginal);
        container_ = *disk->content(kDocument);
        kodiac_ = world.kodiac;
    }

    std::unique_ptr<FaultFileSystem> seeded() const {
        auto disk = makeDisk();
        disk->seedFile(kDocument, container_);
        return disk;
    }

    Progress work(FaultFileSystem& disk, const Scenario& scenario) const {
        Progress progress;
        World world(disk, kodiac_, scenario.options);
        if (world.open()) {
            if (!scenario.unchanged)
                edit(world, scenario, progress);
            if (scenario.kodiacAway)
                for (const auto step : {ssprotect::test::FakeAuthorisation::Step::begin,
                                        ssprotect::test::FakeAuthorisation::Step::progress})
                    world.authorisation->refuse(step, makeError(ErrorCode::kodiacUnreachable, "away"));
            world.processes.endProgram();
            world.settle();
        }
        progress.closed = world.closed;
        progress.kodiac = world.kodiac;
        return progress;
    }

    static void edit(World& world, const Scenario& scenario, Progress& progress) {
        world.write(kSettled);
        world.settle();
        progress.settledSealed = world.isOpen() && world.sealedAll();
        world.write(kFinal);
        if (scenario.exports)
            progress.exported = world.writeBeside("letter.pdf", kExport);
        world.keeper().step();
    }

    static void expectNoPlaintext(const FaultFileSystem& disk) {
        for (const auto& secret : {kOriginal, kSettled, kFinal, kExport})
            for (std::size_t offset = 0; offset + 16 <= secret.size(); offset += 8)
                for (const Path& path : disk.filesContaining(viewOf(secret).subspan(offset, 16)))
                    ADD_FAILURE() << "plaintext lies in " << path;
    }

    static std::string textOf(const World& world, const Bytes& container) {
        auto content = world.authorisation->contentOf(container);
        return content ? std::string(ssprotect::textOf(*content)) : "NOT AUTHENTIC: " + content.error().message;
    }

    /// A new process on what is left; true texts of the container and of all copies beside it.
    void expectRecovery(FaultFileSystem& disk, const Progress& before, const Scenario& scenario, bool powerCut) const {
        WorldOptions options = scenario.options;
        options.seed = 99;
        if (powerCut) {
            options.boot = "boot 2";
            ASSERT_TRUE(platform::removeTree(disk, kRuntime));
            disk.seedDirectory(kRuntime);
        }
        World world(disk, before.kodiac, options);
        world.start();
        expectNoPlaintext(disk);
        const auto settled = filesOf(disk);
        {
            World again(disk, before.kodiac, options);
            again.start();
            EXPECT_EQ(filesOf(disk), settled) << "a second recovery without a session changed something";
        }
        for (const auto& finding : world.login())
            EXPECT_EQ(finding.kind, RecoveryFinding::Kind::storedLate)
                << finding.problem.value_or(Error{ErrorCode::internal, "?"}).message;
        expectNoPlaintext(disk);
        expectContents(world, before, scenario);
        const auto finished = filesOf(disk);
        World last(disk, world.kodiac, options);
        last.start();
        EXPECT_TRUE(last.login().empty());
        EXPECT_EQ(filesOf(disk), finished) << "a second recovery changed something";
    }

    void expectContents(const World& world, const Progress& before, const Scenario& scenario) const {
        std::vector<std::string> texts;
        for (const auto& [path, content] : filesOf(world.disk)) {
            if (path.parent_path() != kDocument.parent_path()) {
                ADD_FAILURE() << path << " was left behind";
                continue;
            }
            const bool torn = path.string().find("(conflict, recovered") != std::string::npos;
            const std::string text = textOf(world, content);
            EXPECT_EQ(text.find("NOT AUTHENTIC"), std::string::npos) << path << ": " << text;
            if (!torn)
                texts.push_back(text);
            if (path == kDocument) {
                EXPECT_TRUE(text == kOriginal || text == kSettled || text == kFinal) << text;
            }
        }
        const auto kept = [&](const std::string& text) {
            return std::find(texts.begin(), texts.end(), text) != texts.end();
        };
        ASSERT_TRUE(world.disk.content(kDocument)) << "the document is gone";
        if (before.settledSealed) {
            EXPECT_TRUE(kept(kSettled) || kept(kFinal)) << "a sealed save was lost";
        }
        if (before.closed && before.closed->changed && !scenario.unchanged) {
            EXPECT_TRUE(kept(kFinal)) << "a finished close was lost";
        }
        if (before.closed && before.exported) {
            EXPECT_TRUE(kept(kExport)) << "another file was lost";
        }
        if (scenario.unchanged) {
            EXPECT_TRUE(kept(kOriginal));
        }
    }

    void crashEverywhere(const Scenario& scenario) const {
        Progress progress;
        const auto run = [&](FaultFileSystem& disk) {
            progress = work(disk, scenario);
            return 0;
        };
        // Disks differ by the way the power went; the death of the process alone keeps memory as it is.
        const unsigned points = support::forEachCrash([&] { return seeded(); }, run,
                                                      [&](FaultFileSystem& survivor) {
                                                          const bool processDied =
                                                              ++disks_ % survivals_ == processDeath_;
                                                          expectRecovery(survivor, progress, scenario, !processDied);
                                                          ASSERT_FALSE(HasFailure());
                                                      });
        EXPECT_GT(points, 20u);
    }

    void failEverywhere(const Scenario& scenario) const {
        const auto run = [&](FaultFileSystem& disk) { return work(disk, scenario); };
        const unsigned operations = support::forEachFault([&] { return seeded(); }, run,
                                                          [&](FaultFileSystem& disk, const Progress& progress) {
                                                              expectRecovery(disk, progress, scenario, false);
                                                              ASSERT_FALSE(HasFailure());
                                                          });
        EXPECT_GT(operations, 20u);
    }

    Bytes container_;
    FakeKodiac kodiac_;

private:
    static std::size_t processDeath() {
        const auto all = support::allSurvivals(1);
        const auto found = std::find_if(all.begin(), all.end(), [](const support::Survival& survival) {
            return survival.keeps == support::Keeps::everything;
        });
        return static_cast<std::size_t>(found - all.begin() + 1) % all.size();
    }
    const std::size_t survivals_ = support::allSurvivals(1).size();
    const std::size_t processDeath_ = processDeath();
    mutable std::size_t disks_ = 0;
};

TEST_F(Crash, OfACloseInMemoryLosesNothingThatSettled) { crashEverywhere({}); }

TEST_F(Crash, OfACloseOnDiskLosesNothingThatSettled) {
    Scenario scenario;
    scenario.options.inMemory = false;
    crashEverywhere(scenario);
}

TEST_F(Crash, OfACloseWithoutKodiacLosesNothingThatSettled) {
    Scenario scenario;
    scenario.kodiacAway = true;
    crashEverywhere(scenario);
}

TEST_F(Crash, OfACloseWithAnotherFileLosesNothing) {
    Scenario scenario;
    scenario.exports = true;
    crashEverywhere(scenario);
}

TEST_F(Crash, OfAnUnchangedCloseLeavesTheDocument) {
    for (const bool inMemory : {true, false}) {
        Scenario scenario;
        scenario.unchanged = true;
        scenario.options.inMemory = inMemory;
        crashEverywhere(scenario);
    }
}

TEST_F(Crash, FaultsOfTheDiskLoseNothing) {
    for (const bool inMemory : {true, false}) {
        Scenario scenario;
        scenario.options.inMemory = inMemory;
        failEverywhere(scenario);
    }
}

TEST_F(Crash, FaultsOfTheDiskWithoutKodiacLoseNothing) {
    Scenario scenario;
    scenario.kodiacAway = true;
    scenario.exports = true;
    failEverywhere(scenario);
}

} // namespace
} // namespace ssprotect::managed::test
