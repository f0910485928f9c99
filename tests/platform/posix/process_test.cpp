// Real programs, steered through named pipes: nothing here waits for a time.

#include "gate.h"
#include "ssprotect/platform/process.h"
#include "support/temp_folder.h"

#include <csignal>
#include <fcntl.h>
#include <fstream>
#include <future>
#include <sys/stat.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ssprotect::platform {
namespace {

using support::TempFolder;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class ProcessTest : public ::testing::Test {
protected:
    /// A shell script with the gates as $said and $go: it tells on one and waits on the other.
    std::unique_ptr<StartedProgram> run(const std::string& script, UserDefaults defaults = {}) {
        processes = makeSystemProcesses(defaults);
        ProgramStart start;
        start.command = {"sh", "-c", script, "sh", "first argument"};
        start.workingFolder = folder.path();
        start.environment = {{"said", said.path()}, {"go", go.path()}};
        start.ended = [this] { ended.set_value(); };
        auto program = processes->start(std::move(start));
        EXPECT_TRUE(program.ok());
        return program ? std::move(*program) : nullptr;
    }
    void waitForEnd() { ended.get_future().wait(); }
    std::vector<ProcessIdentity> holders() {
        auto found = processes->holdersBelow(folder / "documents");
        EXPECT_TRUE(found.ok());
        return found ? *found : std::vector<ProcessIdentity>{};
    }
    void makeDocument() {
        std::filesystem::create_directories(folder / "documents" / "deep");
        std::ofstream(folder / "documents" / "deep" / "file") << "content";
    }
    static ProcessIdentity self() { return {static_cast<std::uint64_t>(::getpid()), 0}; }

    TempFolder folder;
    Gate said{folder / "said"};
    Gate go{folder / "go"};
    std::promise<void> ended;
    std::unique_ptr<Processes> processes = makeSystemProcesses();
};

TEST_F(ProcessTest, StartsAProgramWithArgumentsFolderAndEnvironment) {
    const auto program = run("echo \"$1:$PWD:$go\" > \"$said\"");
    EXPECT_EQ(said.hear(), "first argument:" + folder.path().string() + ":" + go.path().string());
    waitForEnd();
    EXPECT_FALSE(program->failed());
}

TEST_F(ProcessTest, GivesAProgramASessionAndStreamsOfItsOwn) {
    const auto program = run("read -r line; echo \"$? $(cut -d' ' -f6 /proc/$$/stat)\" > \"$said\"; echo noise; "
                             "echo noise >&2");
    EXPECT_EQ(said.hear(), "1 " + std::to_string(program->identity().id));
    waitForEnd();
    EXPECT_FALSE(program->failed());
}

TEST_F(ProcessTest, GivesAProgramTheUsualSignalsAndTheUsersFileMask) {
    const auto before = ::signal(SIGPIPE, SIG_IGN);
    const auto program = run("umask > \"$said\"; kill -PIPE $$", UserDefaults{0027});
    EXPECT_EQ(said.hear(), "0027");
    waitForEnd();
    EXPECT_TRUE(program->failed()) << "SIGPIPE should have ended it";
    ::signal(SIGPIPE, before);
}

TEST_F(ProcessTest, LeavesNoOpenFileOfOursToAProgram) {
    const int leaked = ::open((folder / "secret").c_str(), O_CREAT | O_RDWR, 0600);
    const auto program = run("ls -l /proc/self/fd | grep -c secret > \"$said\"");
    EXPECT_EQ(said.hear(), "0");
    waitForEnd();
    ::close(leaked);
}

TEST_F(ProcessTest, TellsWhetherAProgramFailed) {
    auto program = run("exit 3");
    waitForEnd();
    EXPECT_TRUE(program->failed());
    ended = {};
    program = run("kill -9 $$");
    waitForEnd();
    EXPECT_TRUE(program->failed());
}

TEST_F(ProcessTest, KnowsThatAProgramRuns) {
    const auto program = run("read -r line < \"$go\"");
    EXPECT_TRUE(program->alive());
    EXPECT_FALSE(program->failed());
    EXPECT_TRUE(processes->isAlive(program->identity()));
    go.open();
    waitForEnd();
    EXPECT_FALSE(program->alive());
    EXPECT_FALSE(processes->isAlive(program->identity()));
}

TEST_F(ProcessTest, KnowsADescendantThatOutlivesTheProgram) {
    const auto program = run("(echo $$ > \"$said\"; read -r line < \"$go\"; echo bye > \"$said\") & ");
    said.hear();
    waitForEnd();
    EXPECT_TRUE(program->alive());
    go.open();
    EXPECT_EQ(said.hear(), "bye");
}

TEST_F(ProcessTest, KnowsADescendantThatWentIntoASessionOfItsOwn) {
    const auto program = run("setsid sh -c 'echo $$ > \"$said\"; read -r line < \"$go\"' &");
    const auto id = static_cast<std::uint64_t>(std::stoul(said.hear()));
    waitForEnd();
    EXPECT_TRUE(program->alive());
    const auto members = processes->holdersBelow(folder.path()); // it works there
    ASSERT_TRUE(members.ok());
    ASSERT_EQ(members->size(), 1U);
    EXPECT_EQ(members->front().id, id);
    EXPECT_TRUE(program->owns(members->front()));
    go.open();
}

TEST_F(ProcessTest, DoesNotTakeADaemonForTheProgram) {
    for (const std::string how : {"exec setsid sh", "exec sh"}) {
        ended = {};
        const auto program = run("(cd /; " + how + " -c 'echo $$ > \"$said\"; read -r line < \"$go\"') &");
        said.hear();
        waitForEnd();
        EXPECT_FALSE(program->alive()) << how;
        go.open();
    }
}

TEST_F(ProcessTest, TakesNobodyForADaemonWhenTheProgramWasStartedInTheRootFolder) {
    ProgramStart start;
    start.command = {"sh", "-c", "(echo ready > \"$said\"; read -r line < \"$go\") &"};
    start.workingFolder = "/";
    start.environment = {{"said", said.path()}, {"go", go.path()}};
    start.ended = [this] { ended.set_value(); };
    const auto program = processes->start(std::move(start));
    ASSERT_TRUE(program.ok());
    said.hear();
    waitForEnd();
    EXPECT_TRUE((*program)->alive());
    go.open();
}

TEST_F(ProcessTest, DoesNotOwnOtherProcesses) {
    const auto program = run("read -r line < \"$go\"");
    EXPECT_TRUE(program->owns(program->identity()));
    EXPECT_FALSE(program->owns(self()));
    EXPECT_FALSE(program->owns({program->identity().id, program->identity().startedAt + 1}));
    EXPECT_FALSE(program->owns({1, 0}));
    go.open();
    waitForEnd();
}

TEST_F(ProcessTest, EndsTheProgramWithItsDescendantsAndNobodyElse) {
    const pid_t bystander = ::fork();
    if (bystander == 0) {
        ::pause();
        ::_exit(0);
    }
    const auto program = run("setsid sh -c 'echo ready > \"$said\"; read -r line < \"$go\"' & wait");
    said.hear();
    program->terminate();
    waitForEnd();
    EXPECT_TRUE(program->failed());
    while (program->alive())
        std::this_thread::yield(); // the descendant's own end is not told
    EXPECT_EQ(::waitpid(bystander, nullptr, WNOHANG), 0);
    ::kill(bystander, SIGKILL);
    ::waitpid(bystander, nullptr, 0);
}

TEST_F(ProcessTest, LeavesAProgramRunningWhenNobodyWantsToKnowAnyMore) {
    auto program = run("echo ready > \"$said\"; read -r line < \"$go\"; echo done > \"$said\"");
    said.hear();
    const auto identity = program->identity();
    program.reset();
    EXPECT_TRUE(processes->isAlive(identity));
    processes.reset();
    go.open();
    EXPECT_EQ(said.hear(), "done");
}

TEST_F(ProcessTest, SaysWhatToDoWhenThereIsNoSuchProgram) {
    ProgramStart start;
    start.command = {"no-such-program-anywhere", "x"};
    const auto missing = processes->start(start);
    EXPECT_EQ(missing.error().code, ErrorCode::notFound);
    EXPECT_THAT(missing.error().message, HasSubstr("install it"));
    start.command = {(folder / "none").string()};
    EXPECT_EQ(processes->start(start).error().code, ErrorCode::notFound);
    start.command = {folder.path().string()};
    EXPECT_EQ(processes->start(start).error().code, ErrorCode::accessDenied);
    start.command = {};
    EXPECT_EQ(processes->start(start).error().code, ErrorCode::invalidInput);
}

TEST_F(ProcessTest, ReportsWhatTheSystemRefusesToStart) {
    const Path broken = folder / "broken";
    std::ofstream(broken) << "#!/no/such/interpreter\n";
    ::chmod(broken.c_str(), 0700);
    ProgramStart start;
    start.command = {broken.string()};
    start.ended = [] { FAIL() << "nothing was started"; };
    EXPECT_FALSE(processes->start(start).ok());
    start.command = {"true"};
    start.workingFolder = folder / "none";
    EXPECT_EQ(processes->start(start).error().code, ErrorCode::notFound);
}

TEST_F(ProcessTest, FindsWhoHasAFileOpen) {
    makeDocument();
    const auto program = run("exec 3< documents/deep/file; echo > \"$said\"; read -r line < \"$go\"");
    said.hear();
    EXPECT_THAT(holders(), Contains(program->identity()));
    go.open();
    waitForEnd();
    EXPECT_THAT(holders(), IsEmpty());
}

TEST_F(ProcessTest, FindsWhoHasARemovedFileOpen) {
    makeDocument();
    const auto program =
        run("exec 3< documents/deep/file; rm documents/deep/file; echo > \"$said\"; read -r x < \"$go\"");
    said.hear();
    EXPECT_THAT(holders(), Contains(program->identity()));
    go.open();
    waitForEnd();
}

TEST_F(ProcessTest, FindsWhoWorksInTheFolder) {
    makeDocument();
    const auto program = run("cd documents/deep; echo > \"$said\"; read -r line < \"$go\"");
    said.hear();
    EXPECT_THAT(holders(), Contains(program->identity()));
    go.open();
    waitForEnd();
}

TEST_F(ProcessTest, FindsWhoOpenedTheFileUnderAnotherPath) {
    makeDocument();
    std::filesystem::create_hard_link(folder / "documents" / "deep" / "file", folder / "file");
    const auto program = run("exec 3< file; echo > \"$said\"; read -r line < \"$go\"");
    said.hear();
    EXPECT_THAT(holders(), Contains(program->identity()));
    go.open();
    waitForEnd();
}

TEST_F(ProcessTest, FindsWhoMappedOrWatchesAFile) {
    makeDocument();
    for (const std::string how : {"import mmap; f = open('documents/deep/file'); m = mmap.mmap(f.fileno(), 0, "
                                  "access=mmap.ACCESS_READ); f.close()",
                                  "import ctypes; c = ctypes.CDLL(None); q = c.inotify_init(); "
                                  "assert c.inotify_add_watch(q, b'documents/deep', 0xfff) >= 0"}) {
        ended = {};
        const auto program = run("exec python3 -c \"import os; " + how +
                                 "; open(os.environ['said'], 'w').write('x'); open(os.environ['go']).read()\"");
        ASSERT_EQ(said.hear(), "x") << how;
        EXPECT_THAT(holders(), Contains(program->identity())) << how;
        go.open();
        waitForEnd();
        EXPECT_FALSE(program->failed()) << how;
    }
}

TEST_F(ProcessTest, DoesNotTakeOthersOrThisProcessForHolders) {
    makeDocument();
    std::ofstream(folder / "documents-else") << "x";
    const std::ifstream own(folder / "documents" / "deep" / "file");
    const auto program = run("exec 3< documents-else; echo > \"$said\"; read -r line < \"$go\"");
    said.hear();
    EXPECT_THAT(holders(), IsEmpty());
    go.open();
    waitForEnd();
}

TEST_F(ProcessTest, CannotTellTheHoldersOfAFolderThatIsNotThere) {
    EXPECT_EQ(processes->holdersBelow(folder / "none").error().code, ErrorCode::notFound);
}

TEST_F(ProcessTest, FindsTheRunningInstanceThatTalksToOthers) {
    const Path script = folder / "editor";
    std::ofstream(script) << "#!/usr/bin/env python3\n"
                             "import os, socket, sys\n"
                             "s = socket.socket() if sys.argv[1:] == ['talk'] else None\n"
                             "open(os.environ['said'], 'w').write('x')\n"
                             "open(os.environ['go']).read()\n";
    ::chmod(script.c_str(), 0700);
    const std::vector<std::string> command{script.string()};
    EXPECT_FALSE(processes->runningInstanceOf(command));
    auto program = run("exec \"" + script.string() + "\"");
    said.hear();
    EXPECT_FALSE(processes->runningInstanceOf(command)) << "nobody can hand a document over to it";
    go.open();
    waitForEnd();
    ended = {};
    program = run("exec \"" + script.string() + "\" talk");
    said.hear();
    EXPECT_EQ(processes->runningInstanceOf(command), program->identity());
    EXPECT_FALSE(processes->runningInstanceOf({"no-such-program-anywhere"}));
    EXPECT_FALSE(processes->runningInstanceOf({}));
    go.open();
    waitForEnd();
}

} // namespace
} // namespace ssprotect::platform
