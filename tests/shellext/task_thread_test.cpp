#include "task_thread.h"

#include <future>
#include <vector>

#include <gtest/gtest.h>

namespace ssprotect::shellext {
namespace {

TEST(TaskThread, RunsTasksInOrder) {
    std::vector<int> ran;
    std::promise<void> last;
    TaskThread thread(10);
    for (int i = 0; i < 5; ++i)
        EXPECT_TRUE(thread.run([&ran, i] { ran.push_back(i); }));
    EXPECT_TRUE(thread.run([&last] { last.set_value(); }));
    last.get_future().wait();
    EXPECT_EQ(ran, (std::vector<int>{0, 1, 2, 3, 4}));
}

TEST(TaskThread, TakesNoMoreThanMayWaitWhileOneHangs) {
    std::promise<void> started;
    std::promise<void> release;
    TaskThread thread(2);
    EXPECT_TRUE(thread.run([&] {
        started.set_value();
        release.get_future().wait();
    }));
    started.get_future().wait();
    EXPECT_TRUE(thread.run([] {}));
    EXPECT_TRUE(thread.run([] {}));
    EXPECT_FALSE(thread.run([] {}));
    release.set_value();
}

TEST(TaskThread, DropsWhatWaitsAtTheEnd) {
    bool ran = false;
    std::promise<void> started;
    std::promise<void> release;
    std::jthread releaser;
    {
        TaskThread thread(2);
        thread.run([&] {
            started.set_value();
            release.get_future().wait();
        });
        started.get_future().wait();
        auto kept = std::make_shared<int>(1);
        thread.run([&ran, kept] { ran = true; });
        releaser = std::jthread([&release, watched = std::weak_ptr<int>(std::move(kept))] {
            while (!watched.expired()) // until the end has dropped the task
                std::this_thread::yield();
            release.set_value();
        });
    }
    EXPECT_FALSE(ran);
}

} // namespace
} // namespace ssprotect::shellext
