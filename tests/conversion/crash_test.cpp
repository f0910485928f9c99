#include "crash_check.h"

namespace ssprotect::conversion::test {
namespace {

using support::ReplaceStyle;

const Bytes kOne = secretText("one", 700);
const Bytes kTwo = secretText("two", 20'000);
const Bytes kEdited = secretText("edited", 900);

std::vector<Bytes> needles() { return {secretText("one", 22), secretText("two", 22), secretText("edited", 22)}; }

std::vector<bool> doneOf(const std::vector<ItemResult>& results) {
    std::vector<bool> done;
    for (const auto& result : results)
        done.push_back(result.ok());
    return done;
}

/// Two files in two folders: one batch, several folder syncs.
Scenario activation(ReplaceStyle style) {
    Scenario scenario;
    scenario.disk = [style] {
        auto disk = makeDisk(style);
        disk->seedFile("/docs/one", kOne, 0640);
        disk->seedFile("/more/two", kTwo, 0444);
        return disk;
    };
    scenario.run = [](Engine& engine) { return doneOf(engine.activate(std::vector<Path>{"/docs/one", "/more/two"})); };
    scenario.targets = {{"/docs/one", kOne, kOne}, {"/more/two", kTwo, kTwo}};
    scenario.allowed.secrets = needles();
    scenario.leastOperations = 25;
    return scenario;
}

/// The two files as containers, and the KODiAC that knows them.
struct Protected {
    ssprotect::test::FakeKodiac kodiac;
    Bytes one;
    Bytes two;

    static Protected make() {
        const auto scenario = activation(ReplaceStyle::exchange);
        const auto disk = scenario.disk();
        Engine engine(*disk, {}, 1, 9);
        scenario.run(engine);
        return {engine.kodiac, disk->content("/docs/one").value(), disk->content("/more/two").value()};
    }
};

std::function<std::unique_ptr<FaultFileSystem>()> protectedDisk(const Protected& made, ReplaceStyle style) {
    return [made, style] {
        auto disk = makeDisk(style);
        disk->seedFile("/docs/one", made.one, 0640);
        disk->seedFile("/more/two", made.two, 0444);
        return disk;
    };
}

Scenario releasing(ReplaceStyle style) {
    const auto made = Protected::make();
    Scenario scenario;
    scenario.kodiac = made.kodiac;
    scenario.disk = protectedDisk(made, style);
    scenario.run = [](Engine& engine) { return doneOf(engine.release(std::vector<Path>{"/docs/one", "/more/two"})); };
    scenario.targets = {{"/docs/one", made.one, kOne, false}, {"/more/two", made.two, kTwo, false}};
    scenario.allowed.secrets = needles();
    scenario.leastOperations = 20;
    return scenario;
}

/// A managed access from the open to the store; the workspace is managed access's own matter.
Scenario managedStore(ReplaceStyle style) {
    const auto made = Protected::make();
    Scenario scenario;
    scenario.kodiac = made.kodiac;
    scenario.disk = [make = protectedDisk(made, style)] {
        auto disk = make();
        disk->seedFile("/workspace/one", kEdited, 0600);
        return disk;
    };
    scenario.run = [](Engine& engine) {
        StoreTask task;
        task.plaintext = "/workspace/one";
        task.target = "/docs/one";
        const auto content = dynamic_cast<FaultFileSystem&>(engine.files).content("/docs/one").value();
        task.expected.emplace();
        std::copy_n(content.begin(), task.expected->size(), task.expected->begin());
        task.accountName = "anna@example.com";
        const auto outcome = engine.converter.storeVersion(task, {});
        return std::vector<bool>{!outcome.error};
    };
    scenario.targets = {{"/docs/one", made.one, kEdited}};
    scenario.allowed.secrets = needles();
    scenario.allowed.conflictCopies = true;
    scenario.allowed.plain = {"/workspace/one"};
    scenario.allowed.others = {"/workspace/one", "/more/two"};
    scenario.leastOperations = 18;
    return scenario;
}

/// A file that an application left: a new chain under a free name.
Scenario newChain(ReplaceStyle style) {
    Scenario scenario;
    scenario.disk = [style] {
        auto disk = makeDisk(style);
        disk->seedFile("/workspace/export.pdf", kEdited, 0600);
        return disk;
    };
    scenario.run = [](Engine& engine) {
        StoreTask task;
        task.plaintext = "/workspace/export.pdf";
        task.target = "/docs/export.pdf";
        task.accountName = "anna@example.com";
        return std::vector<bool>{!engine.converter.storeVersion(task, {}).error};
    };
    scenario.targets = {{"/docs/export.pdf", std::nullopt, kEdited}};
    scenario.allowed.secrets = needles();
    scenario.allowed.conflictCopies = true;
    scenario.allowed.plain = {"/workspace/export.pdf"};
    scenario.allowed.others = {"/workspace/export.pdf"};
    scenario.leastOperations = 15;
    return scenario;
}

class Crash : public testing::TestWithParam<ReplaceStyle> {};

TEST_P(Crash, OfActivateLeavesOldOrNewAndRecoveryTidiesUp) { crashEverywhere(activation(GetParam())); }
TEST_P(Crash, OfReleaseLeavesOldOrNewAndRecoveryTidiesUp) { crashEverywhere(releasing(GetParam())); }
TEST_P(Crash, OfAManagedStoreLeavesOldOrNewAndRecoveryTidiesUp) { crashEverywhere(managedStore(GetParam())); }
TEST_P(Crash, OfANewChainLeavesNothingOrAllAndRecoveryTidiesUp) { crashEverywhere(newChain(GetParam())); }

TEST_P(Crash, InTheRecoveryOfActivateIsRecoveredToo) { crashInRecovery(activation(GetParam())); }
TEST_P(Crash, InTheRecoveryOfReleaseIsRecoveredToo) { crashInRecovery(releasing(GetParam())); }
TEST_P(Crash, InTheRecoveryOfAManagedStoreIsRecoveredToo) { crashInRecovery(managedStore(GetParam())); }

class Fault : public testing::TestWithParam<ReplaceStyle> {};

TEST_P(Fault, InActivateLeavesOldOrNewAtOnce) { failEverywhere(activation(GetParam())); }
TEST_P(Fault, InReleaseLeavesOldOrNewAtOnce) { failEverywhere(releasing(GetParam())); }
TEST_P(Fault, InAManagedStoreLeavesOldOrNewAtOnce) { failEverywhere(managedStore(GetParam())); }
TEST_P(Fault, InANewChainLeavesNothingOrAllAtOnce) { failEverywhere(newChain(GetParam())); }

std::string nameOf(const testing::TestParamInfo<ReplaceStyle>& info) {
    constexpr std::array<const char*, 4> kNames{"Exchange", "Renames", "Backup", "BackupByRenames"};
    return kNames.at(static_cast<std::size_t>(info.param));
}

const auto kStyles =
    testing::Values(ReplaceStyle::exchange, ReplaceStyle::renames, ReplaceStyle::backup, ReplaceStyle::backupByRenames);
INSTANTIATE_TEST_SUITE_P(Replacing, Crash, kStyles, nameOf);
INSTANTIATE_TEST_SUITE_P(Replacing, Fault, kStyles, nameOf);

} // namespace
} // namespace ssprotect::conversion::test
