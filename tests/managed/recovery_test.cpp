#include "managed/open_journal.h"
#include "managed_home.h"

#include <algorithm>
#include <filesystem>
#include <fstream>

/// PROT-6 with real files: the tray process dies, what it had open is found at the next start.
namespace ssprotect::test {
namespace {

using managed::Closed;
using managed::DocumentState;
using managed::RecoveryFinding;
using Kind = managed::RecoveryFinding::Kind;

class RecoveryOfOpenDocuments : public ManagedHome {
protected:
    /// Opens with a program that does these steps, waits until it did them, then ends ourselves and the program.
    void dieWhileOpen(const platform::Path& path, std::vector<std::string> steps) {
        const auto ready = meeting("ready");
        const auto go = meeting("go");
        steps.push_back("say:" + ready);
        steps.push_back("hear:" + go);
        static_cast<void>(open(path, editor(std::move(steps))));
        hear(ready);
        dieAndStartAgain();
        say(go);
        ASSERT_TRUE(eventually([&] { return nobodyUsesADocument(); }));
    }
    bool nobodyUsesADocument() {
        const auto records = managed::OpenJournal(*files_, random_, home_).entries();
        return records && std::none_of(records->begin(), records->end(),
                                       [this](const auto& record) { return record.entry && inUse(*record.entry); });
    }
    bool inUse(const managed::JournalEntry& entry) {
        const auto holders = processes_->holdersBelow(entry.workspace);
        return !holders || !holders->empty() ||
               std::any_of(entry.processes.begin(), entry.processes.end(),
                           [this](const auto& process) { return processes_->isAlive(process); });
    }
    void expectClean() {
        EXPECT_TRUE(workspaces().empty());
        EXPECT_TRUE(journal().empty());
        EXPECT_TRUE(access().opened().empty());
        EXPECT_TRUE(access().inspect().empty());
    }
    void expectNothingMoreToRecover() {
        dieAndStartAgain();
        EXPECT_TRUE(recover().empty());
        EXPECT_TRUE(login().empty());
    }
};

TEST_F(RecoveryOfOpenDocuments, OfAnUnchangedOneWipesIt) {
    const auto path = protect("letter.txt", "the first words");
    dieWhileOpen(path, {"read"});
    const auto findings = recover();
    ASSERT_EQ(findings.size(), 1u);
    EXPECT_EQ(findings[0].kind, Kind::swept);
    EXPECT_EQ(findings[0].path, path);
    EXPECT_TRUE(filesSaying("the first words").empty());
    login();
    EXPECT_EQ(versionOf(path), 1u);
    expectClean();
    expectNothingMoreToRecover();
}

TEST_F(RecoveryOfOpenDocuments, OfAChangedOneNeedsNoSessionToSealAndWipeIt) {
    const auto path = protect("letter.txt", "the first words");
    dieWhileOpen(path, {"write:other words"});
    logout();
    const auto findings = recover();
    ASSERT_EQ(findings.size(), 1u);
    EXPECT_EQ(findings[0].kind, Kind::sealed);
    EXPECT_TRUE(filesSaying("other words").empty());
    EXPECT_TRUE(workspaces().empty());
    ASSERT_EQ(access().opened().size(), 1u);
    EXPECT_EQ(access().opened()[0].state, DocumentState::pending);

    const auto stored = login();
    ASSERT_EQ(stored.size(), 1u);
    EXPECT_EQ(stored[0].kind, Kind::storedLate);
    EXPECT_EQ(textOf(path), "other words");
    EXPECT_EQ(versionOf(path), 2u);
    expectClean();
    expectNothingMoreToRecover();
}

TEST_F(RecoveryOfOpenDocuments, StoresASealedSaveWhoseWorkspaceIsGone) {
    const auto path = protect("letter.txt", "the first words");
    const auto go = meeting("go");
    static_cast<void>(open(path, editor({"write:other words", "hear:" + go})));
    ASSERT_TRUE(eventually([&] { return isSealed(); }));
    dieAndStartAgain();
    say(go);
    // The power was off: memory is empty.
    std::filesystem::remove_all(runtime_);
    std::filesystem::create_directory(runtime_);
    recover();
    login();
    EXPECT_EQ(textOf(path), "other words");
    EXPECT_EQ(versionOf(path), 2u);
    expectClean();
    expectNothingMoreToRecover();
}

TEST_F(RecoveryOfOpenDocuments, KeepsBothWhenTheContainerMovedOn) {
    const auto path = protect("letter.txt", "the first words");
    dieWhileOpen(path, {"write:my words"});
    recover();
    std::filesystem::rename(protect("other.txt", "their words"), path);
    login();
    EXPECT_EQ(textOf(path), "their words");
    const auto all = documents();
    ASSERT_EQ(all.size(), 2u);
    EXPECT_EQ(textOf(documents_ / all[0]), "my words");
    EXPECT_NE(all[0].find("(conflict, anna@example.org"), std::string::npos);
    expectClean();
    expectNothingMoreToRecover();
}

TEST_F(RecoveryOfOpenDocuments, ProtectsOtherFilesOfTheApplicationToo) {
    const auto path = protect("letter.txt", "the first words");
    dieWhileOpen(path, {"write:other words", "file:letter.pdf:an export", "file:letter.txt~:a backup"});
    recover();
    EXPECT_TRUE(filesSaying("an export").empty());
    EXPECT_TRUE(filesSaying("a backup").empty());
    login();
    EXPECT_EQ(textOf(path), "other words");
    EXPECT_EQ(textOf(documents_ / "letter.pdf"), "an export");
    EXPECT_EQ(documents(), (std::vector<std::string>{"letter.pdf", "letter.txt"}));
    expectClean();
    expectNothingMoreToRecover();
}

TEST_F(RecoveryOfOpenDocuments, KeepsWhatASaveUnderWayLeftInPlaceOfTheDocument) {
    const auto path = protect("letter.txt", "the first words");
    dieWhileOpen(path, {"write:other words", "backup"});
    recover();
    login();
    EXPECT_EQ(textOf(path), "the first words");
    EXPECT_EQ(textOf(documents_ / "letter.txt~"), "other words");
    expectClean();
    expectNothingMoreToRecover();
}

TEST_F(RecoveryOfOpenDocuments, PutsUnsettledContentOfABrokenMachineBesideTheDocument) {
    settings_.mostInMemory = 0;
    dieAndStartAgain();
    const auto path = protect("letter.txt", "the first words");
    settings_.boot = "the next boot";
    dieWhileOpen(path, {"write:perhaps torn"});
    recover();
    EXPECT_TRUE(filesSaying("perhaps torn").empty());
    login();
    EXPECT_EQ(textOf(path), "the first words");
    const auto all = documents();
    ASSERT_EQ(all.size(), 2u);
    EXPECT_EQ(all[0].find("letter (conflict, recovered, "), 0u);
    EXPECT_EQ(textOf(documents_ / all[0]), "perhaps torn");
    expectClean();
    expectNothingMoreToRecover();
}

TEST_F(RecoveryOfOpenDocuments, GoesOnWithADocumentThatIsStillInUse) {
    const auto path = protect("letter.txt", "the first words");
    const auto ready = meeting("ready");
    const auto go = meeting("go");
    static_cast<void>(open(path, editor({"hold", "say:" + ready, "hear:" + go, "write:other words", "release"})));
    hear(ready);
    dieAndStartAgain();
    events_.forget();
    const auto findings = recover();
    ASSERT_EQ(findings.size(), 1u);
    EXPECT_EQ(findings[0].kind, Kind::adopted);
    ASSERT_EQ(access().opened().size(), 1u);
    EXPECT_EQ(access().opened()[0].state, DocumentState::open);
    EXPECT_EQ(access().opened()[0].path, path);
    say(go);
    ASSERT_TRUE(events_.waitForClosed());
    EXPECT_EQ(textOf(path), "other words");
    EXPECT_EQ(versionOf(path), 2u);
    expectClean();
    expectNothingMoreToRecover();
}

TEST_F(RecoveryOfOpenDocuments, GoesOnWithADocumentWhoseProgramHoldsNothingWhileItRuns) {
    const auto path = protect("letter.txt", "the first words");
    const auto ready = meeting("ready");
    const auto go = meeting("go");
    static_cast<void>(open(path, editor({"read", "say:" + ready, "hear:" + go, "write:other words"})));
    hear(ready);
    dieAndStartAgain();
    events_.forget();
    const auto findings = recover();
    ASSERT_EQ(findings.size(), 1u);
    EXPECT_EQ(findings[0].kind, Kind::adopted);
    say(go);
    ASSERT_TRUE(events_.waitForClosed());
    EXPECT_EQ(textOf(path), "other words");
    EXPECT_EQ(versionOf(path), 2u);
    expectClean();
}

TEST_F(RecoveryOfOpenDocuments, LeavesWhatIsOpenInThisProcessAlone) {
    const auto path = protect("letter.txt", "the first words");
    const auto ready = meeting("ready");
    const auto go = meeting("go");
    auto closed = open(path, editor({"say:" + ready, "hear:" + go, "write:other words"}));
    hear(ready);
    EXPECT_TRUE(recover().empty());
    EXPECT_TRUE(access().inspect().empty());
    EXPECT_EQ(filesSaying("the first words").size(), 1u);
    say(go);
    result(closed);
    EXPECT_EQ(textOf(path), "other words");
    expectClean();
}

TEST_F(RecoveryOfOpenDocuments, SweepsAWorkspaceThatNoRecordKnows) {
    protect("letter.txt", "the first words");
    std::filesystem::create_directories(home_ / "workspace" / "abc");
    std::ofstream(home_ / "workspace" / "abc" / "letter.txt") << "left behind";
    EXPECT_EQ(access().inspect().size(), 1u);
    EXPECT_EQ(filesSaying("left behind").size(), 1u);
    ASSERT_EQ(recover().size(), 1u);
    EXPECT_TRUE(filesSaying("left behind").empty());
    EXPECT_TRUE(access().inspect().empty());
    expectNothingMoreToRecover();
}

TEST_F(RecoveryOfOpenDocuments, KeepsTheWorkspaceOfARecordThatCannotBeRead) {
    const auto path = protect("letter.txt", "the first words");
    dieWhileOpen(path, {"write:other words"});
    for (const auto& record : journal())
        std::ofstream(record, std::ios::trunc) << "garbage";
    const auto findings = recover();
    ASSERT_EQ(findings.size(), 1u);
    EXPECT_EQ(findings[0].problem->code, ErrorCode::dataDamaged);
    EXPECT_EQ(filesSaying("other words").size(), 1u);
    EXPECT_FALSE(access().inspect().empty());
}

TEST_F(RecoveryOfOpenDocuments, IsRepeatedWithoutHarmBeforeTheLogin) {
    const auto path = protect("letter.txt", "the first words");
    dieWhileOpen(path, {"write:other words", "file:letter.pdf:an export"});
    recover();
    const auto after = journal();
    for (int i = 0; i < 2; ++i) {
        dieAndStartAgain();
        const auto findings = recover();
        ASSERT_EQ(findings.size(), 1u);
        EXPECT_EQ(findings[0].kind, Kind::stillPending);
        EXPECT_EQ(journal(), after);
    }
    login();
    EXPECT_EQ(textOf(path), "other words");
    EXPECT_EQ(documents().size(), 2u);
    expectClean();
}

} // namespace
} // namespace ssprotect::test
