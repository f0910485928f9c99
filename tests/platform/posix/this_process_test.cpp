// Hardening, signals and memory: what a process does to itself, tried in children.

#include "child.h"
#include "ssprotect/platform/hardening.h"
#include "ssprotect/platform/memory.h"
#include "ssprotect/platform/runtime_folder.h"
#include "ssprotect/platform/shutdown_signals.h"
#include "support/temp_folder.h"

#include <csignal>
#include <cstdlib>
#include <fstream>
#include <future>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <gtest/gtest.h>

namespace ssprotect::platform {
namespace {

using support::TempFolder;

TEST(Hardening, LeavesNoCoreDumpAndNoAccessForOthers) {
    EXPECT_TRUE(holdsInChild([] {
        ::umask(0027);
        const UserDefaults defaults = hardenProcess();
        struct rlimit core {};
        ::getrlimit(RLIMIT_CORE, &core);
        return defaults.fileMask == 0027U && core.rlim_cur == 0 && core.rlim_max == 0 && ::umask(0) == 077;
    }));
}

TEST(Hardening, HidesMemoryFromTheUsersOtherPrograms) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    GTEST_SKIP() << "a sanitizer has to attach to the process";
#endif
    EXPECT_TRUE(holdsInChild([] {
        hardenProcess();
        return ::prctl(PR_GET_DUMPABLE) == 0;
    }));
}

TEST(Hardening, SurvivesAClosedPipe) {
    EXPECT_TRUE(holdsInChild([] {
        hardenProcess();
        int ends[2];
        return ::pipe(ends) == 0 && ::close(ends[0]) == 0 && ::write(ends[1], "x", 1) < 0 && errno == EPIPE;
    }));
}

TEST(ShutdownSignals, TurnSignalsIntoCalls) {
    EXPECT_TRUE(holdsInChild([] {
        for (const auto& [number, reason] :
             {std::pair{SIGTERM, ShutdownReason::asked}, std::pair{SIGINT, ShutdownReason::interrupted},
              std::pair{SIGHUP, ShutdownReason::hungUp}}) {
            std::promise<ShutdownReason> told;
            const ShutdownSignals signals([&](ShutdownReason why) { told.set_value(why); });
            ::kill(::getpid(), number);
            if (told.get_future().get() != reason)
                return false;
        }
        return true;
    }));
}

TEST(ShutdownSignals, GiveTheSignalsBackAtTheirEnd) {
    EXPECT_TRUE(holdsInChild([] {
        {
            const ShutdownSignals signals([](ShutdownReason) {});
        }
        sigset_t blocked;
        ::pthread_sigmask(SIG_SETMASK, nullptr, &blocked);
        return ::sigismember(&blocked, SIGTERM) == 0;
    }));
}

TEST(MemoryUse, GrowsWithWhatIsUsed) {
    const auto before = memoryUse();
    ASSERT_TRUE(before.ok());
    EXPECT_GT(before->resident, 0U);
    EXPECT_GE(before->peakResident, before->resident);
    constexpr std::size_t kMuch = std::size_t{64} << 20;
    const std::vector<char> much(kMuch, 'x');
    const auto after = memoryUse();
    ASSERT_TRUE(after.ok());
    EXPECT_GE(after->peakResident, before->resident + kMuch / 2);
}

TEST(RuntimeFolder, MustBeInMemoryAndOurs) {
    if (!isMemoryBacked("/dev/shm"))
        GTEST_SKIP() << "this system has no /dev/shm";
    EXPECT_FALSE(ifPrivateMemory("/dev/shm")) << "everybody may write there";
    EXPECT_FALSE(ifPrivateMemory("/dev/shm/no-such-folder"));
    EXPECT_FALSE(ifPrivateMemory("relative"));
    const Path ours = "/dev/shm/ssprotect-test-" + std::to_string(::getpid());
    ASSERT_EQ(::mkdir(ours.c_str(), 0700), 0);
    EXPECT_EQ(ifPrivateMemory(ours), ours);
    const Path link = ours.string() + "-link";
    ASSERT_EQ(::symlink(ours.c_str(), link.c_str()), 0);
    EXPECT_FALSE(ifPrivateMemory(link));
    ASSERT_EQ(::chmod(ours.c_str(), 0750), 0);
    EXPECT_FALSE(ifPrivateMemory(ours));
    ::unlink(link.c_str());
    ::rmdir(ours.c_str());
}

TEST(RuntimeFolder, IsTakenFromTheSession) {
    EXPECT_TRUE(holdsInChild([] {
        ::setenv("XDG_RUNTIME_DIR", "/usr", 1);
        return !runtimeFolder();
    }));
    EXPECT_FALSE(isMemoryBacked("/no/such/folder"));
}

} // namespace
} // namespace ssprotect::platform
