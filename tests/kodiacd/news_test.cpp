#include "daemon_run.h"
#include "ssprotect/kodiac/lock_operations.h"
#include "support/member.h"

#include <future>

#include <gmock/gmock.h>

namespace ssprotect::kodiacd {
namespace {

using kodiac::EditLock;
using kodiac::ListEvents;
using testing::HasSubstr;
using testing::Not;
using testing::SizeIs;

/// Privileged Users who wait for news of their Organization at a real daemon.
class News : public DaemonTest {
protected:
    using Answer = Result<ListEvents::Response>;
    static constexpr std::uint32_t kLongest = 25;

    void SetUp() override {
        init();
        const auto authority = authorityHere();
        for (const auto& [name, email] :
             {std::pair("Example", "ada@example.org"), std::pair("Other", "ola@example.org")}) {
            const test::Founding founding{{name, email, 5, 1000, true}, *authority, *authority, random_};
            people_.push_back(std::move(*test::foundOrganization(founding)));
            if (people_.size() == 1)
                people_.push_back(std::move(*test::bringIn(founding, people_[0], "cleo@example.org", true)));
        }
        daemon_.emplace(data());
        ASSERT_NE(daemon_->port(), 0);
        for (auto& person : people_) {
            kodiacs_.push_back(client(*daemon_));
            person.rebind(*kodiacs_.back());
        }
    }

    test::Member& ada() { return people_[0]; }
    test::Member& cleo() { return people_[1]; }
    test::Member& stranger() { return people_[2]; }

    static Answer look(test::Member& person, std::int64_t after, std::uint32_t seconds) {
        return test::Individual::answerOf<ListEvents>(
            person.send(person.callWithoutCode<ListEvents>({after, seconds, 500})));
    }
    static std::int64_t newest(test::Member& person) { return look(person, -1, 0)->newest; }
    static std::future<Answer> wait(test::Member& person, std::int64_t after) {
        return std::async(std::launch::async, [&person, after] { return look(person, after, kLongest); });
    }
    static bool isThere(const std::future<Answer>& answer) {
        return answer.wait_for(Duration{}) == std::future_status::ready;
    }

    std::vector<test::Member> people_;
    std::optional<DaemonRun> daemon_;
    std::vector<std::unique_ptr<kodiac::http::RemoteKodiac>> kodiacs_;
};

TEST_F(News, ReachWhoWaitsForThemAsSoonAsSomebodyElseMakesThem) {
    const auto before = newest(cleo());
    auto waiting = wait(cleo(), before);
    auto waitingElsewhere = wait(stranger(), newest(stranger()));
    ASSERT_TRUE(ada().ask<kodiac::RequestLock>({EditLock::users, false}).ok());
    const Answer news = waiting.get();
    EXPECT_FALSE(isThere(waitingElsewhere)) << "the answer came when the time was over";
    kodiacs_[2]->cancel();
    ASSERT_TRUE(news.ok());
    ASSERT_THAT(news->rows, SizeIs(1));
    EXPECT_EQ(news->rows[0].sequence, before + 1);
    EXPECT_EQ(news->rows[0].kind, "lock");
    EXPECT_EQ(news->rows[0].subject, "users");
    EXPECT_EQ(news->rows[0].account, ada().account);
}

TEST_F(News, AreNotWaitedForAnyMoreWhenTheDaemonStops) {
    auto waiting = wait(cleo(), newest(cleo()));
    // Behind the waiting one, with all threads there are: it is not on its way any more then.
    for (int i = 0; i < 20; ++i)
        ASSERT_TRUE(ada().ask<kodiac::LockStatus>().ok());
    const auto ended = daemon_->stop();
    EXPECT_EQ(ended.exitCode, 0);
    EXPECT_THAT(ended.err, Not(HasSubstr("before all requests were answered")));
    const Answer nothing = waiting.get();
    ASSERT_TRUE(nothing.ok()) << nothing.error().message;
    EXPECT_THAT(nothing->rows, SizeIs(0));
}

} // namespace
} // namespace ssprotect::kodiacd
