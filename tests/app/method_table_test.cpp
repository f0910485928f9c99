#include "home.h"
#include "ssprotect/app/workers.h"

#include <atomic>
#include <future>

#include <gtest/gtest.h>

namespace ssprotect::app::test {
namespace {

TEST(MethodTable, RefusesUnknownMethodsFieldsAndSecrets) {
    Home home;
    EXPECT_EQ(home.wordOf("no.such.method"), "usage");
    EXPECT_EQ(home.wordOf("opened", {{"surprise", 1}}), "usage");
    EXPECT_EQ(home.wordOf("logout", {{"really", true}}), "usage");
    EXPECT_EQ(home.wordOf("account.create", {{"email", kEmail}}), "usage");
    EXPECT_EQ(home.wordOf("account.create", {{"email", 7}}, {kPassword}), "usage");
    EXPECT_EQ(home.wordOf("keys.import", {{"file", "/a"}, {"email", kEmail}}, {"one"}), "usage");
    EXPECT_EQ(home.wordOf("login", {{"email", kEmail}, {"profile", "p"}}, {kPassword}), "usage");
}

TEST(MethodTable, IntroducesItself) {
    Home home(SecondFactorMode::deny);
    const auto hello = home.must("hello", {{"protocol", 1}});
    EXPECT_EQ(hello["version"], "1.2.3");
    EXPECT_EQ(hello["second_factor"], "deny");
    EXPECT_EQ(hello["headless"], true);
    EXPECT_EQ(home.wordOf("hello", {{"protocol", 2}}), "refused");
}

TEST(MethodTable, LogsOutAlsoWhenNobodyIsLoggedIn) {
    Home home;
    EXPECT_EQ(home.must("logout")["opened"], 0);
}

TEST(Workers, RunOneTaskWhileAllOthersWait) {
    Workers workers(8);
    std::promise<void> go;
    auto gone = go.get_future().share();
    std::atomic<int> waiting = 0;
    for (int i = 0; i < 7; ++i)
        workers.run([&, gone] {
            ++waiting;
            gone.wait();
        });
    std::promise<void> ran;
    workers.run([&] { ran.set_value(); });
    EXPECT_EQ(ran.get_future().wait_for(std::chrono::seconds(60)), std::future_status::ready);
    go.set_value();
    workers.stop();
    EXPECT_EQ(waiting, 7);
}

TEST(Workers, RunWhatWasHandedInBeforeTheyStopAndNothingAfter) {
    Workers workers(1);
    std::atomic<int> ran = 0;
    for (int i = 0; i < 100; ++i)
        workers.run([&] { ++ran; });
    workers.stop();
    EXPECT_EQ(ran, 100);
    workers.run([&] { ++ran; });
    workers.stop();
    EXPECT_EQ(ran, 100);
}

} // namespace
} // namespace ssprotect::app::test
