// Real programs, steered through events: nothing here waits for a time.

#include "platform/windows/open_handles.h"
#include "platform/windows/wide_text.h"
#include "signal.h"
#include "ssprotect/platform/narrow_path.h"
#include "ssprotect/platform/process.h"
#include "support/temp_folder.h"

#include <fstream>
#include <future>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ssprotect::platform {
namespace {

using support::TempFolder;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const std::string kChild = SSPROTECT_BIN_DIR "/platform-child" SSPROTECT_PROGRAM_SUFFIX;

class ProcessTest : public ::testing::Test {
protected:
    std::unique_ptr<StartedProgram> run(std::vector<std::string> words) {
        ended = {};
        ProgramStart start;
        start.command = std::move(words);
        start.command.insert(start.command.begin(), kChild);
        start.workingFolder = folder.path();
        start.environment = {{"SSPROTECT_TEST", "wärt"}};
        start.ended = [this] { ended.set_value(); };
        auto program = processes->start(std::move(start));
        EXPECT_TRUE(program.ok()) << (program ? "" : program.error().message);
        return program ? std::move(*program) : nullptr;
    }
    void waitForEnd() { ended.get_future().wait(); }
    std::vector<ProcessIdentity> holders() {
        auto found = processes->holdersBelow(folder / "documents");
        EXPECT_TRUE(found.ok()) << (found ? "" : found.error().message);
        return found ? *found : std::vector<ProcessIdentity>{};
    }
    std::string makeDocument() {
        std::filesystem::create_directories(folder / "documents" / "deep");
        const Path document = folder / "documents" / "deep" / L"dökument";
        std::ofstream(document) << "content";
        return narrowPath(document);
    }
    static ProcessIdentity self() { return {::GetCurrentProcessId(), 0}; }

    TempFolder folder;
    Signal said;
    Signal go;
    std::promise<void> ended;
    std::unique_ptr<Processes> processes = makeSystemProcesses();
};

TEST_F(ProcessTest, StartsAProgramWithArgumentsFolderAndEnvironment) {
    const Path told = folder / "told";
    const auto program = run({"tell", narrowPath(told), "first argument", "say \"x\"", "", "日本語\\"});
    waitForEnd();
    EXPECT_FALSE(program->failed());
    std::ifstream stream(told, std::ios::binary);
    const std::string line(std::istreambuf_iterator<char>(stream), {});
    EXPECT_EQ(line, "first argument|say \"x\"||日本語\\|" + narrowPath(Path(folder.path()).make_preferred()) + "|wärt");
}

TEST_F(ProcessTest, GivesAProgramNothingToRead) {
    const auto program = run({"input"});
    waitForEnd();
    EXPECT_FALSE(program->failed());
}

TEST_F(ProcessTest, TellsWhetherAProgramFailed) {
    const auto program = run({"exit", "3"});
    waitForEnd();
    EXPECT_TRUE(program->failed());
}

TEST_F(ProcessTest, KnowsThatAProgramRuns) {
    const auto program = run({"wait", go.name()});
    EXPECT_TRUE(program->alive());
    EXPECT_FALSE(program->failed());
    EXPECT_TRUE(processes->isAlive(program->identity()));
    go.give();
    waitForEnd();
    EXPECT_FALSE(processes->isAlive(program->identity()));
    while (program->alive())
        std::this_thread::yield(); // the host of its console may be a descendant, and ends after it
}

TEST_F(ProcessTest, KnowsADescendantThatOutlivesTheProgram) {
    const auto program = run({"start", "say", said.name(), "wait", go.name(), "say", said.name()});
    said.wait();
    waitForEnd();
    EXPECT_TRUE(program->alive());
    EXPECT_FALSE(program->failed());
    go.give();
    said.wait();
    while (program->alive())
        std::this_thread::yield(); // the descendant's own end is not told
}

TEST_F(ProcessTest, OwnsItsDescendantsAndNobodyElse) {
    const auto document = makeDocument();
    const auto program = run({"start", "hold", document, "say", said.name(), "wait", go.name()});
    said.wait();
    waitForEnd();
    const auto members = holders();
    ASSERT_EQ(members.size(), 1U);
    EXPECT_NE(members.front(), program->identity());
    EXPECT_TRUE(program->owns(members.front()));
    EXPECT_TRUE(program->owns(program->identity()));
    EXPECT_FALSE(program->owns({members.front().id, members.front().startedAt + 1}));
    EXPECT_FALSE(program->owns(self()));
    go.give();
}

TEST_F(ProcessTest, EndsTheProgramWithItsDescendantsAndNobodyElse) {
    Signal bystanderSaid;
    Signal bystanderGo;
    ProgramStart other;
    other.command = {kChild, "say", bystanderSaid.name(), "wait", bystanderGo.name()};
    const auto bystander = processes->start(other);
    ASSERT_TRUE(bystander.ok());
    bystanderSaid.wait();
    const auto program = run({"start", "say", said.name(), "wait", go.name()});
    said.wait();
    program->terminate();
    while (program->alive())
        std::this_thread::yield(); // only the program's own end is told
    EXPECT_TRUE((*bystander)->alive());
    bystanderGo.give();
}

TEST_F(ProcessTest, AsksAProgramWithAWindowToClose) {
    Signal closed;
    const auto program = run({"shown", said.name(), "say", closed.name()});
    said.wait();
    program->terminate();
    closed.wait(); // it went on after its window was closed
    waitForEnd();
    EXPECT_FALSE(program->failed());
}

TEST_F(ProcessTest, LeavesAProgramRunningWhenNobodyWantsToKnowAnyMore) {
    auto program = run({"say", said.name(), "wait", go.name(), "say", said.name()});
    said.wait();
    const auto identity = program->identity();
    program.reset();
    EXPECT_TRUE(processes->isAlive(identity));
    go.give();
    said.wait();
}

TEST_F(ProcessTest, SaysWhatToDoWhenThereIsNoSuchProgram) {
    ProgramStart start;
    start.command = {"no-such-program-anywhere", "x"};
    const auto missing = processes->start(start);
    EXPECT_EQ(missing.error().code, ErrorCode::notFound);
    EXPECT_THAT(missing.error().message, HasSubstr("install it"));
    start.command = {narrowPath(folder / "none.exe")};
    EXPECT_EQ(processes->start(start).error().code, ErrorCode::notFound);
    start.command = {narrowPath(folder.path())};
    EXPECT_EQ(processes->start(start).error().code, ErrorCode::accessDenied);
    start.command = {};
    EXPECT_EQ(processes->start(start).error().code, ErrorCode::invalidInput);
}

TEST_F(ProcessTest, StartsNoScriptThatACommandProcessorWouldRead) {
    std::ofstream(folder / "script.cmd") << "echo no\n";
    EXPECT_EQ(programFile(narrowPath(folder / "script.cmd")).error().code, ErrorCode::accessDenied);
    EXPECT_EQ(programFile(narrowPath(folder / "script")).error().code, ErrorCode::notFound);
}

TEST_F(ProcessTest, FindsProgramsAsTheShellDoesButNotInTheWorkingFolder) {
    const auto shell = programFile("cmd");
    ASSERT_TRUE(shell.ok());
    EXPECT_TRUE(sameIgnoringCase(shell->filename().native(), L"cmd.exe"));
    EXPECT_TRUE(shell->is_absolute());
    std::filesystem::copy_file(pathOfNarrow(kChild), folder / "planted.exe");
    const Path before = std::filesystem::current_path();
    std::filesystem::current_path(folder.path());
    EXPECT_EQ(programFile("planted").error().code, ErrorCode::notFound);
    EXPECT_TRUE(programFile(".\\planted").ok());
    std::filesystem::current_path(before);
}

TEST_F(ProcessTest, ReportsWhatTheSystemRefusesToStart) {
    std::ofstream(folder / "broken.exe") << "this is no program";
    ProgramStart start;
    start.command = {narrowPath(folder / "broken.exe")};
    start.ended = [] { FAIL() << "nothing was started"; };
    EXPECT_FALSE(processes->start(start).ok());
    start.command = {kChild};
    start.workingFolder = folder / "none";
    EXPECT_EQ(processes->start(start).error().code, ErrorCode::notFound);
}

TEST_F(ProcessTest, FindsWhoHasAFileOpen) {
    const auto document = makeDocument();
    EXPECT_THAT(holders(), IsEmpty());
    const auto program = run({"hold", document, "say", said.name(), "wait", go.name()});
    said.wait();
    EXPECT_THAT(holders(), Contains(program->identity()));
    go.give();
    waitForEnd();
    EXPECT_THAT(holders(), IsEmpty());
}

TEST_F(ProcessTest, FindsWhoWorksInTheFolder) {
    makeDocument();
    const auto program = run({"go", narrowPath(folder / "documents" / "deep"), "say", said.name(), "wait", go.name()});
    said.wait();
    EXPECT_THAT(holders(), Contains(program->identity()));
    go.give();
    waitForEnd();
}

TEST_F(ProcessTest, DoesNotTakeOthersOrThisProcessForHolders) {
    const auto document = makeDocument();
    const Path beside = folder / "documents-else";
    std::ofstream(beside) << "x";
    const std::ifstream own(pathOfNarrow(document));
    const auto program = run({"hold", narrowPath(beside), "say", said.name(), "wait", go.name()});
    said.wait();
    EXPECT_THAT(holders(), IsEmpty());
    go.give();
    waitForEnd();
}

TEST_F(ProcessTest, FindsHandlesWhereTheFileSystemDoesNotTell) {
    const auto document = makeDocument();
    const auto program = run({"hold", document, "say", said.name(), "wait", go.name()});
    said.wait();
    const auto found = processesWithHandlesBelow(folder / "documents");
    ASSERT_TRUE(found.ok());
    EXPECT_THAT(*found, ::testing::ElementsAre(static_cast<DWORD>(program->identity().id)));
    go.give();
    waitForEnd();
}

TEST_F(ProcessTest, CannotTellTheHoldersOfAFolderThatIsNotThere) {
    EXPECT_EQ(processes->holdersBelow(folder / "none").error().code, ErrorCode::notFound);
}

TEST_F(ProcessTest, FindsTheOldestRunningInstanceThatHasAWindow) {
    EXPECT_FALSE(processes->runningInstanceOf({kChild}));
    const auto silent = run({"say", said.name(), "wait", go.name()});
    said.wait();
    EXPECT_FALSE(processes->runningInstanceOf({kChild})) << "nobody can hand a document over to it";
    go.give();
    waitForEnd();
    const auto older = run({"window", "say", said.name(), "wait", go.name()});
    said.wait();
    Signal youngerGo;
    ProgramStart second;
    second.command = {kChild, "window", "say", said.name(), "wait", youngerGo.name()};
    const auto younger = processes->start(second);
    said.wait();
    EXPECT_EQ(processes->runningInstanceOf({kChild, "any"}), older->identity());
    go.give();
    waitForEnd();
    EXPECT_EQ(processes->runningInstanceOf({kChild}), (*younger)->identity());
    youngerGo.give();
    EXPECT_FALSE(processes->runningInstanceOf({"no-such-program-anywhere"}));
    EXPECT_FALSE(processes->runningInstanceOf({}));
}

} // namespace
} // namespace ssprotect::platform
