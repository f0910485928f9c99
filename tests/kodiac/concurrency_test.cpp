#include "kodiac_under_test.h"
#include "ssprotect/kodiac/report_operations.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <set>
#include <thread>

namespace ssprotect::kodiac {
namespace {

using test::Individual;

constexpr int kThreads = 4;

/// Where threads wait for each other. Not std::latch, which loses wake-ups where the system has no futex (mingw-w64).
class StartLine {
public:
    void arriveAndWait() {
        std::unique_lock lock(mutex_);
        if (++arrived_ == kThreads)
            all_.notify_all();
        all_.wait(lock, [this] { return arrived_ == kThreads; });
    }

private:
    std::mutex mutex_;
    std::condition_variable all_;
    int arrived_ = 0;
};

class ConcurrencyTest : public KodiacTest {
protected:
    /// Runs the work in all threads at once.
    template <class Work> static void together(Work work) {
        StartLine ready;
        std::vector<std::thread> threads;
        for (int t = 0; t < kThreads; ++t)
            threads.emplace_back([&, t] {
                ready.arriveAndWait();
                work(t);
            });
        for (auto& thread : threads)
            thread.join();
    }
    std::vector<Individual> hostsOf(const Individual& person) {
        std::vector<Individual> hosts;
        for (int t = 0; t < kThreads; ++t) {
            hosts.push_back(person.onAnotherHost());
            EXPECT_TRUE(hosts.back().login().ok());
            EXPECT_TRUE(hosts.back().enrolHost().ok());
        }
        return hosts;
    }
};
INSTANTIATE_TEST_SUITE_P(Kodiac, ConcurrencyTest, testing::ValuesIn(implementations()));

TEST_P(ConcurrencyTest, VersionsOfAChainAreUniqueAndRiseForEachHost) {
    Individual ada = settled();
    const FileId file = Individual::fileOf(*ada.store());
    auto hosts = hostsOf(ada);
    constexpr int kEach = 20;
    std::mutex mutex;
    std::set<VersionNumber> all;
    together([&](int t) {
        VersionNumber last = 1;
        for (int i = 0; i < kEach; ++i) {
            const auto begun = hosts[static_cast<std::size_t>(t)].begin(file);
            ASSERT_TRUE(begun.ok());
            const VersionNumber version = Individual::versionOf(begun->identity);
            EXPECT_GT(version, last);
            last = version;
            const std::lock_guard lock(mutex);
            EXPECT_TRUE(all.insert(version).second) << version;
        }
    });
    EXPECT_EQ(all.size(), std::size_t{kThreads * kEach});
    EXPECT_EQ(*all.rbegin(), 1u + kThreads * kEach);
}

TEST_P(ConcurrencyTest, OfManyRequestsWithOneCounterOneIsAccepted) {
    Individual ada = settled();
    for (int round = 0; round < 10; ++round) {
        std::vector<Call> calls;
        for (std::uint32_t t = 0; t < kThreads; ++t) {
            calls.push_back(ada.signedCall<ListAudit>({0, t + 1}));
            --ada.counter;
        }
        ++ada.counter;
        std::atomic<int> accepted{0};
        std::atomic<int> refused{0};
        together([&](int t) {
            const auto reply = kodiac().perform(calls[static_cast<std::size_t>(t)]);
            if (reply.ok())
                ++accepted;
            else if (reply.error().code == ErrorCode::secondFactorRefused)
                ++refused;
        });
        EXPECT_EQ(accepted, 1);
        EXPECT_EQ(refused, kThreads - 1);
    }
}

TEST_P(ConcurrencyTest, OneRequestSentManyTimesAtOnceIsDoneOnceAndAnsweredAlike) {
    Individual ada = settled();
    const Call call = ada.signedCall<BeginStore>({{BeginStore::Item{}}});
    std::mutex mutex;
    std::set<std::string> bodies;
    together([&](int) {
        const auto reply = kodiac().perform(call);
        ASSERT_TRUE(reply.ok());
        const std::lock_guard lock(mutex);
        bodies.insert(reply->body);
    });
    EXPECT_EQ(bodies.size(), 1u);
    EXPECT_EQ(under_->content()["files"].size(), 1u);
}

TEST_P(ConcurrencyTest, AGrantIsSpentByOneOfManyStores) {
    Individual ada = settled();
    const auto identity = *ada.store();
    const FileId file = Individual::fileOf(identity);
    const GrantId grant = ada.open(identity)->grant;
    std::vector<Call> calls;
    for (int t = 0; t < kThreads; ++t)
        calls.push_back(ada.signedCall<BeginStore>({{BeginStore::Item{file, grant}}}));
    std::atomic<int> stored{0};
    together([&](int t) {
        auto reply = Individual::answerOf<BeginStore>(kodiac().perform(calls[static_cast<std::size_t>(t)]));
        if (reply.ok() && !reply->items.at(0).error)
            ++stored;
    });
    EXPECT_EQ(stored, 1);
    EXPECT_EQ(under_->content()["versions"].size(), 2u);
}

TEST_P(ConcurrencyTest, OneEmailBecomesOneAccount) {
    std::vector<CreateIndividual::Request> requests;
    for (int t = 0; t < kThreads; ++t)
        requests.push_back(someone("ada@example.org").createRequest());
    std::atomic<int> created{0};
    together([&](int t) {
        if (kodiac().perform(callFor<CreateIndividual>(requests[static_cast<std::size_t>(t)])).ok())
            ++created;
    });
    EXPECT_EQ(created, 1);
    EXPECT_EQ(under_->content()["accounts"].size(), 1u);
}

} // namespace
} // namespace ssprotect::kodiac
