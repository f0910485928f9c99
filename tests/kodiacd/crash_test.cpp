#include "daemon_run.h"

#include <atomic>
#include <thread>
#include <vector>

namespace ssprotect::kodiacd {
namespace {

using container::IdentityBytes;

/// One person who stores files until KODiAC is gone, and remembers what it acknowledged.
struct Storing {
    std::unique_ptr<kodiac::http::RemoteKodiac> kodiac;
    test::Individual person;
    std::vector<IdentityBytes> acknowledged{};
    std::atomic<int> left{0}; ///< to be stored before KODiAC is killed

    void run() {
        for (;;) {
            const auto identity = person.store();
            if (identity)
                acknowledged.push_back(*identity);
            left = identity ? left - 1 : 0;
            left.notify_all();
            if (!identity)
                return;
        }
    }
    void waitUntilStored() {
        for (int now = left; now > 0; now = left)
            left.wait(now);
    }
};

using Crash = DaemonTest;

TEST_F(Crash, LosesNothingThatWasAcknowledged) {
    constexpr int kPeople = 3;
    constexpr int kEach = 5;
    init();
    liftLimits();
    std::vector<std::unique_ptr<Storing>> people;
    auto daemon = std::make_unique<DaemonRun>(data());
    for (int i = 0; i < kPeople; ++i) {
        auto remote = client(*daemon);
        auto someone = person(*remote, "person" + std::to_string(i) + "@example.org");
        ASSERT_TRUE(someone.settle().ok());
        people.push_back(std::unique_ptr<Storing>(new Storing{std::move(remote), std::move(someone)}));
    }
    for (int round = 0; round < 3; ++round) {
        std::vector<std::thread> threads;
        for (auto& each : people) {
            each->left = kEach;
            threads.emplace_back([&each] { each->run(); });
        }
        for (auto& each : people)
            each->waitUntilStored();
        daemon->kill();
        for (auto& each : people)
            each->kodiac->cancel();
        for (auto& thread : threads)
            thread.join();
        ASSERT_EQ(kodiacd(at({"verify"})).exitCode, 0);
        daemon = std::make_unique<DaemonRun>(data());
        ASSERT_NE(daemon->port(), 0);
        for (auto& each : people) {
            EXPECT_GE(each->acknowledged.size(), static_cast<std::size_t>(kEach * (round + 1)));
            each->kodiac = client(*daemon);
            each->person.rebind(*each->kodiac);
            for (const auto& identity : each->acknowledged)
                EXPECT_TRUE(each->person.open(identity).ok());
        }
    }
}

} // namespace
} // namespace ssprotect::kodiacd
