#include "ssprotect/platform/directory_watcher.h"
#include "support/temp_folder.h"

#include <fstream>
#include <future>

#include <gtest/gtest.h>

namespace ssprotect::platform {
namespace {

TEST(InotifyWatcher, TellsWhenAWriterClosesAFile) {
    const support::TempFolder folder;
    std::promise<Path> closed;
    const auto watcher = watchDirectory(folder.path(), [&](const FolderChange& change) {
        if (change.kind == FolderChange::Kind::closed)
            closed.set_value(change.name);
    });
    ASSERT_TRUE(watcher.ok());
    std::ofstream(folder / "file") << "content";
    EXPECT_EQ(closed.get_future().get(), "file");
}

} // namespace
} // namespace ssprotect::platform
