#include "crash_check.h"

#include "ssprotect/platform/shown_path.h"

#include <algorithm>

namespace ssprotect::conversion::test {
namespace {

bool isTarget(const std::vector<Target>& targets, const Path& path) {
    return std::any_of(targets.begin(), targets.end(), [&](const auto& target) { return target.path == path; });
}

bool contains(const std::vector<Path>& paths, const Path& path) {
    return std::find(paths.begin(), paths.end(), path) != paths.end();
}

void expectNoLoosePlaintext(const FaultFileSystem& disk, const std::vector<Target>& targets, const Allowed& allowed) {
    for (const auto& secret : allowed.secrets)
        for (const auto& path : disk.filesContaining(secret))
            EXPECT_TRUE(isTarget(targets, path) || contains(allowed.plain, path))
                << "plaintext lies in " << platform::shownPath(path);
}

bool isConflictCopy(const Path& path) { return path.string().find(" (conflict, ") != std::string::npos; }

enum class State { before, after };

/// Byte-exact old, or new and authentic: KODiAC gives the keys and every check of a reader is made.
State stateOf(const FaultFileSystem& disk, const Engine& engine, const Target& target) {
    const auto content = disk.content(target.path);
    if (!content) {
        EXPECT_FALSE(target.before) << target.path << " is gone";
        return State::before;
    }
    if (target.before && *content == *target.before)
        return State::before;
    if (!target.becomesContainer) {
        EXPECT_EQ(*content, target.after) << target.path << " is neither old nor new";
        return State::after;
    }
    const auto plaintext = engine.authority.contentOf(*content);
    EXPECT_TRUE(plaintext.ok()) << target.path << ": " << plaintext.error().message;
    if (plaintext) {
        EXPECT_EQ(*plaintext, target.after) << target.path << " has other content";
    }
    return State::after;
}

/// Whether the new content lies beside the target instead.
bool hasConflictCopy(const FaultFileSystem& disk, const Engine& engine, const Target& target) {
    for (const auto& [path, content] : filesOf(disk)) {
        if (path.parent_path() != target.path.parent_path() || !isConflictCopy(path))
            continue;
        const auto plaintext = engine.authority.contentOf(content);
        if (plaintext && *plaintext == target.after)
            return true;
    }
    return false;
}

void expectTidy(const FaultFileSystem& disk, const Engine& engine, const Scenario& scenario) {
    for (const auto& [path, content] : filesOf(disk)) {
        if (isTarget(scenario.targets, path) || contains(scenario.allowed.others, path))
            continue;
        if (scenario.allowed.conflictCopies && isConflictCopy(path) && engine.authority.contentOf(content).ok())
            continue;
        ADD_FAILURE() << platform::shownPath(path) << " was left behind";
    }
    expectNoLoosePlaintext(disk, scenario.targets, scenario.allowed);
}

bool anyHasRow(const std::vector<const Engine*>& engines, const Path& path) {
    return std::any_of(engines.begin(), engines.end(),
                       [&](const Engine* engine) { return engine->records.storedAt(path).has_value(); });
}

/// A new process on the disk, after those that crashed on it; tells how the targets ended.
std::vector<State> expectRecovery(FaultFileSystem& disk, std::vector<const Engine*> processes,
                                  const Scenario& scenario) {
    Engine engine(disk, processes.back()->kodiac, 1, 77);
    processes.push_back(&engine);
    EXPECT_TRUE(engine.journal.prepare().ok());

    engine.recoverFiles();
    expectNoLoosePlaintext(disk, scenario.targets, scenario.allowed);
    const auto settled = filesOf(disk);
    engine.recoverFiles();
    EXPECT_EQ(filesOf(disk), settled) << "a second recovery without a session changed something";

    const auto report = engine.recoverWithSession();
    EXPECT_TRUE(report.nothingLeft());
    const auto finished = filesOf(disk);
    EXPECT_TRUE(engine.recoverWithSession().items.empty());
    EXPECT_TRUE(engine.recoverFiles().items.empty());
    EXPECT_EQ(filesOf(disk), finished) << "a second recovery with a session changed something";

    expectTidy(disk, engine, scenario);
    std::vector<State> states;
    for (const auto& target : scenario.targets) {
        states.push_back(stateOf(disk, engine, target));
        if (states.back() == State::after && target.becomesContainer) {
            EXPECT_TRUE(anyHasRow(processes, target.path)) << "the Hostlist misses " << target.path;
        }
    }
    return states;
}

void expectReportedIsDone(const FaultFileSystem& disk, const Engine& engine, const Scenario& scenario,
                          const std::vector<State>& states, const std::vector<bool>& done) {
    for (std::size_t i = 0; i < states.size(); ++i) {
        if (i < done.size() && done[i] && states[i] == State::before) {
            EXPECT_TRUE(hasConflictCopy(disk, engine, scenario.targets[i]))
                << scenario.targets[i].path << " was reported done and is not";
        }
    }
}

bool changesNames(support::OperationKind kind) {
    using support::OperationKind;
    return kind == OperationKind::create || kind == OperationKind::rename || kind == OperationKind::replace ||
           kind == OperationKind::remove;
}

/// Runs the scenario on a disk and keeps the process that did it, with what KODiAC learned.
class Runner {
public:
    explicit Runner(const Scenario& scenario) : scenario_(scenario) {}

    std::vector<bool> operator()(FaultFileSystem& disk) {
        engine_ = std::make_unique<Engine>(disk, scenario_.kodiac);
        done_ = scenario_.run(*engine_);
        return done_;
    }
    const Engine& engine() const { return *engine_; }
    const std::vector<bool>& done() const { return done_; }

private:
    const Scenario& scenario_;
    std::unique_ptr<Engine> engine_;
    std::vector<bool> done_;
};

} // namespace

void crashEverywhere(const Scenario& scenario) {
    Runner run(scenario);
    const unsigned points = support::forEachCrash(scenario.disk, std::ref(run), [&](FaultFileSystem& survivor) {
        const auto states = expectRecovery(survivor, {&run.engine()}, scenario);
        expectReportedIsDone(survivor, run.engine(), scenario, states, run.done());
        ASSERT_FALSE(testing::Test::HasFailure());
    });
    EXPECT_GE(points, scenario.leastOperations);
}

void crashInRecovery(const Scenario& scenario) {
    Runner run(scenario);
    const auto whole = scenario.disk();
    run(*whole);
    for (const auto& operation : whole->operations()) {
        if (!changesNames(operation.kind)) // recovery goes by names: between two such steps it does the same
            continue;
        const auto makeCrashed = [&] {
            const auto disk = scenario.disk();
            disk->crashAfter(operation.ordinal);
            run(*disk);
            return disk->survivingDisk({support::Keeps::everything, 0});
        };
        std::unique_ptr<Engine> second;
        const auto recover = [&](FaultFileSystem& disk) {
            second = std::make_unique<Engine>(disk, run.engine().kodiac, 1, 5);
            static_cast<void>(second->journal.prepare());
            second->recoverFiles();
            second->recoverWithSession();
            return 0;
        };
        SCOPED_TRACE("the first crash was after operation " + std::to_string(operation.ordinal));
        support::forEachCrash(makeCrashed, recover, [&](FaultFileSystem& survivor) {
            expectRecovery(survivor, {&run.engine(), second.get()}, scenario);
            ASSERT_FALSE(testing::Test::HasFailure());
        });
        if (testing::Test::HasFailure())
            return;
    }
}

void failEverywhere(const Scenario& scenario) {
    Runner run(scenario);
    const auto check = [&](FaultFileSystem& disk, const std::vector<bool>& done) {
        std::vector<State> states;
        for (const auto& target : scenario.targets)
            states.push_back(stateOf(disk, run.engine(), target));
        expectReportedIsDone(disk, run.engine(), scenario, states, done);
        if (disk.list(kJournal).value().empty())
            expectTidy(disk, run.engine(), scenario);
        expectRecovery(disk, {&run.engine()}, scenario);
        ASSERT_FALSE(testing::Test::HasFailure());
    };
    const unsigned operations = support::forEachFault(scenario.disk, std::ref(run), check);
    EXPECT_GE(operations, scenario.leastOperations);
    support::forEachReadFault(scenario.disk, std::ref(run), check);
}

} // namespace ssprotect::conversion::test
