#include "app_backend.h"
#include "ssprotect/app/workers.h"

#include <QSignalSpy>
#include <QTest>
#include <QThread>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace ssprotect::tray::test {
namespace {

class Calls : public testing::Test {
protected:
    Calls() {
        methods.add("echo", app::MethodTable::Needs::nothing, [](app::Invocation& call) { return *call.params; });
        methods.add("guarded", app::MethodTable::Needs::session,
                    [](app::Invocation&) { return Result<Json>(Json::object()); });
    }
    ~Calls() override { workers.stop(); }

    app::Workers workers{4};
    bool session = false;
    app::MethodTable methods{workers, [this]() -> Status {
                                 return session ? Status{} : Status{makeError(ErrorCode::notLoggedIn, "nobody")};
                             }};
    AppBackend backend{methods};
};

TEST_F(Calls, ComeBackOnTheThreadOfTheWindows) {
    QObject receiver;
    QThread* thread = nullptr;
    Json answer;
    backend.call(&receiver, "echo", Json{{"a", 1}}, [&](const Result<Json>& result) {
        thread = QThread::currentThread();
        answer = *result;
    });
    EXPECT_EQ(thread, nullptr);
    ASSERT_TRUE(QTest::qWaitFor([&] { return thread != nullptr; }));
    EXPECT_EQ(thread, QThread::currentThread());
    EXPECT_EQ(answer, Json({{"a", 1}}));
}

TEST_F(Calls, AreDroppedWhenTheirWindowIsGone) {
    bool called = false;
    {
        QObject receiver;
        backend.call(&receiver, "echo", Json::object(), [&](const Result<Json>&) { called = true; });
    }
    workers.stop();
    QTest::qWait(0);
    EXPECT_FALSE(called);
}

TEST_F(Calls, WithoutASessionAskForALoginAndGoOn) {
    QObject receiver;
    QObject::connect(&backend, &Backend::loginAsked, &receiver, [&](const std::function<void(bool)>& done) {
        session = true;
        done(true);
    });
    std::optional<bool> ok;
    backend.call(&receiver, "guarded", Json::object(), [&](const Result<Json>& result) { ok = result.ok(); });
    ASSERT_TRUE(QTest::qWaitFor([&] { return ok.has_value(); }));
    EXPECT_TRUE(*ok);
}

TEST_F(Calls, EndWithNotLoggedInWhenTheLoginIsDeclined) {
    QObject receiver;
    QObject::connect(&backend, &Backend::loginAsked, &receiver,
                     [](const std::function<void(bool)>& done) { done(false); });
    std::optional<ErrorCode> refused;
    backend.call(&receiver, "guarded", Json::object(), [&](const Result<Json>& result) {
        if (!result)
            refused = result.error().code;
    });
    ASSERT_TRUE(QTest::qWaitFor([&] { return refused.has_value(); }));
    EXPECT_EQ(*refused, ErrorCode::notLoggedIn);
}

} // namespace
} // namespace ssprotect::tray::test
