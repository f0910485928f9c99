#include "ssprotect/ipc/instance_lock.h"
#include "support/program_run.h"
#include "support/temp_folder.h"

#include <optional>

#include <gtest/gtest.h>

namespace ssprotect::ipc {
namespace {

TEST(InstanceLock, IsHeldByOneAtATime) {
    support::TempFolder folder;
    const Endpoint endpoint(folder / "new/home");
    {
        const auto first = InstanceLock::acquire(endpoint);
        ASSERT_TRUE(first.ok());
        EXPECT_EQ(InstanceLock::acquire(endpoint).error().code, ErrorCode::conflict);
        EXPECT_TRUE(InstanceLock::acquire(Endpoint(folder / "other")).ok());
    }
    EXPECT_TRUE(InstanceLock::acquire(endpoint).ok());
}

TEST(InstanceLock, GoesWithAProcessThatIsKilled) {
    support::TempFolder folder;
    const Endpoint endpoint(folder.path());
    {
        support::ProgramRun holder({SSPROTECT_LOCK_HOLDER, folder.path().string()}, {});
        ASSERT_TRUE(holder.waitForError("held"));
        EXPECT_EQ(InstanceLock::acquire(endpoint).error().code, ErrorCode::conflict);
    }
    EXPECT_TRUE(InstanceLock::acquire(endpoint).ok());
}

} // namespace
} // namespace ssprotect::ipc
