// Hardening, the end of the session, memory and the session's name: what a process does to itself.

#include "platform/windows/handle.h"
#include "ssprotect/platform/boot.h"
#include "ssprotect/platform/hardening.h"
#include "ssprotect/platform/memory.h"
#include "ssprotect/platform/narrow_path.h"
#include "ssprotect/platform/runtime_folder.h"
#include "ssprotect/platform/shutdown_signals.h"
#include "support/program_run.h"

#include <future>
#include <vector>

#include <gtest/gtest.h>

namespace ssprotect::platform {
namespace {

const std::string kHardened = SSPROTECT_BIN_DIR "/platform-hardened" SSPROTECT_PROGRAM_SUFFIX;

TEST(Hardening, HoldsInAProcessOfItsOwn) {
    const auto told = support::ProgramRun({kHardened}, {}).wait();
    EXPECT_EQ(told.exitCode, 0) << told.out << told.err;
}

TEST(Hardening, LeavesNoReportOfACrash) {
    const auto told = support::ProgramRun({kHardened, "crash"}, {}).wait();
    EXPECT_EQ(static_cast<DWORD>(told.exitCode), static_cast<DWORD>(EXCEPTION_ACCESS_VIOLATION)) << told.err;
}

class ShutdownSignalsTest : public ::testing::Test {
protected:
    /// The window that Windows would send its messages to.
    static HWND window() { return ::FindWindowW(L"SSProtectShutdown", nullptr); }

    std::promise<ShutdownReason> told;
    ShutdownSignals signals{[this](ShutdownReason why) { told.set_value(why); }};
};

TEST_F(ShutdownSignalsTest, TellThatAProgramWantsUsToClose) {
    ::PostMessageW(window(), WM_CLOSE, 0, 0);
    EXPECT_EQ(told.get_future().get(), ShutdownReason::asked);
    EXPECT_NE(window(), nullptr) << "closing is our own affair";
}

TEST_F(ShutdownSignalsTest, DoNotTellOfASessionThatGoesOn) {
    EXPECT_NE(::SendMessageW(window(), WM_QUERYENDSESSION, 0, ENDSESSION_LOGOFF), 0);
    ::SendMessageW(window(), WM_ENDSESSION, FALSE, ENDSESSION_LOGOFF);
    EXPECT_EQ(told.get_future().wait_for(std::chrono::seconds(0)), std::future_status::timeout);
}

TEST(ShutdownSignals, HoldTheEndOfTheSessionUpUntilWeAreDone) {
    std::promise<ShutdownReason> told;
    auto signals = std::make_unique<ShutdownSignals>([&](ShutdownReason why) { told.set_value(why); });
    const HWND window = ::FindWindowW(L"SSProtectShutdown", nullptr);
    EXPECT_NE(::SendMessageW(window, WM_QUERYENDSESSION, 0, ENDSESSION_LOGOFF), 0);
    std::promise<void> let;
    std::thread session([&] {
        ::SendMessageW(window, WM_ENDSESSION, TRUE, ENDSESSION_LOGOFF);
        let.set_value();
    });
    EXPECT_EQ(told.get_future().get(), ShutdownReason::asked);
    auto ended = let.get_future();
    EXPECT_EQ(ended.wait_for(std::chrono::seconds(0)), std::future_status::timeout);
    signals.reset();
    ended.get();
    session.join();
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

TEST(RuntimeFolder, IsNoneOnThisSystem) {
    EXPECT_FALSE(runtimeFolder());
    EXPECT_FALSE(ifPrivateMemory(L"C:\\"));
    EXPECT_FALSE(isMemoryBacked(L"C:\\"));
}

TEST(BootIdentity, StaysTheSameInOneSession) {
    const std::string first = bootIdentity();
    EXPECT_EQ(first.size(), 32U);
    EXPECT_EQ(bootIdentity(), first);
    const auto told = support::ProgramRun({kHardened, "boot"}, {}).wait();
    EXPECT_EQ(told.out, first);
}

} // namespace
} // namespace ssprotect::platform
