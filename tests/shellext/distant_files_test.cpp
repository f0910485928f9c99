#include "distant_files.h"

#include <atomic>
#include <future>

#include <gtest/gtest.h>

namespace ssprotect::shellext {
namespace {

using namespace std::chrono_literals;

const FileMark kSealed{FileKind::sealed, {}, {}};
constexpr auto kLong = 60s;

/// A share that answers when the test says so.
struct Share {
    DistantFiles::Look look() {
        return [this](const DistantFiles::Path&) {
            ++looks;
            answer.wait();
            return answer.get();
        };
    }
    DistantFiles::Found found() {
        return [this](const DistantFiles::Path& path) { told.set_value(path); };
    }

    std::atomic<int> looks{0};
    std::promise<FileMark> promise;
    std::shared_future<FileMark> answer = promise.get_future().share();
    std::promise<DistantFiles::Path> told;
};

TEST(DistantFiles, GivesWhatALookFinds) {
    Share share;
    share.promise.set_value(kSealed);
    DistantFiles files(share.look(), share.found());
    EXPECT_EQ(files.ask("a", kLong), kSealed);
    EXPECT_EQ(files.known("a"), kSealed);
    EXPECT_EQ(share.looks, 1);
}

TEST(DistantFiles, NeverWaitsForADeadShare) {
    Share share;
    DistantFiles files(share.look(), share.found());
    EXPECT_EQ(files.known("a").kind, FileKind::unknown);
    EXPECT_EQ(files.ask("a", 1ms).kind, FileKind::unknown);
    for (int i = 0; i < 1'000; ++i)
        EXPECT_EQ(files.known("b" + std::to_string(i)).kind, FileKind::unknown);
    share.promise.set_value({});
}

TEST(DistantFiles, TellsWhatWasFoundAfterNobodyWaitedAnyMore) {
    Share share;
    DistantFiles files(share.look(), share.found());
    EXPECT_EQ(files.known("a").kind, FileKind::unknown);
    share.promise.set_value(kSealed);
    EXPECT_EQ(share.told.get_future().get(), "a");
    EXPECT_EQ(files.known("a"), kSealed);
}

} // namespace
} // namespace ssprotect::shellext
