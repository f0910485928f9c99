#include "home.h"
#include "ssprotect/app/pipe_service.h"
#include "ssprotect/ipc/pipe_client.h"

#include <gtest/gtest.h>

namespace ssprotect::app::test {
namespace {

/// The home's application behind its real pipe.
struct Served {
    explicit Served(Home& home) : endpoint(home.home()), lock(ipc::InstanceLock::acquire(endpoint)) {
        auto started = PipeService::start(home.application(), endpoint, *lock);
        EXPECT_TRUE(started) << started.error().message;
        service = std::move(*started);
    }
    ipc::PipeClient connect() {
        auto client = ipc::PipeClient::connect(endpoint);
        EXPECT_TRUE(client) << client.error().message;
        return std::move(*client);
    }

    ipc::Endpoint endpoint;
    Result<ipc::InstanceLock> lock;
    std::unique_ptr<PipeService> service;
};

ipc::Attachments secrets(std::initializer_list<std::string_view> texts) {
    ipc::Attachments attachments;
    for (const auto text : texts)
        attachments.emplace_back(text.begin(), text.end());
    return attachments;
}

class Answering final : public ipc::Listener {
public:
    explicit Answering(Json answer) : answer_(std::move(answer)) {}
    void onRequest(const ipc::Request& request, ipc::Responder responder) override {
        asked.push_back(*request.params);
        responder.reply(answer_);
    }
    void onNotification(std::string_view method, const Json&) override { told.emplace_back(method); }

    std::vector<Json> asked;
    std::vector<std::string> told;

private:
    Json answer_;
};

TEST(Pipe, ServesTheMethodTable) {
    Home home;
    Served served(home);
    auto client = served.connect();
    const auto hello = client.call("hello", {{"protocol", 1}});
    ASSERT_TRUE(hello) << hello.error().message;
    EXPECT_EQ((*hello)["version"], "1.2.3");
}

TEST(Pipe, NeverOffersALogin) {
    Home home;
    home.createAccount();
    home.must("logout");
    home.client().login = [] {
        ADD_FAILURE() << "a login was offered";
        return false;
    };
    Served served(home);
    auto client = served.connect();
    const auto refused = client.call("hostlist", Json::object());
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::notLoggedIn);
}

TEST(Pipe, CarriesPasswordsAsAttachments) {
    Home home;
    Served served(home);
    auto client = served.connect();
    const auto account = client.call("account.create", {{"email", kEmail}}, secrets({kPassword}));
    ASSERT_TRUE(account) << account.error().message;
    EXPECT_EQ((*account)["email"], kEmail);
}

TEST(Pipe, RefusesAnUnknownMethodAndUnknownFields) {
    Home home;
    Served served(home);
    auto client = served.connect();
    EXPECT_FALSE(client.call("no.such.method", Json::object()));
    EXPECT_FALSE(client.call("logout", {{"surprise", true}}));
    EXPECT_TRUE(client.call("logout", Json::object()));
}

TEST(Pipe, AsksTheClientThatActsForItsAcknowledgement) {
    Home home;
    home.client().windows = false;
    home.createAccount();
    Served served(home);
    auto client = served.connect();
    const auto document = home.write("a.txt", "text");
    const auto job = client.call("convert.start", {{"operation", "activate"}});
    ASSERT_TRUE(job) << job.error().message;
    ASSERT_TRUE(client.call("convert.add", {{"job", (*job)["job"]}, {"paths", {textOf(document)}}}));
    Answering answering(Json{{"allow", true}});
    const auto result = client.call("convert.run", *job, {}, &answering);
    ASSERT_TRUE(result) << result.error().message;
    EXPECT_EQ((*result)["ok"], 1);
    ASSERT_EQ(answering.asked.size(), 1u);
    EXPECT_EQ(answering.asked[0]["names"], Json({"a.txt"}));
    EXPECT_EQ(answering.asked[0]["seconds"], 60);
    EXPECT_TRUE(home.client().asked().empty());
}

TEST(Pipe, TakesAClientWithoutTerminalForNobodyToAsk) {
    Home home;
    home.client().windows = false;
    home.createAccount();
    const auto document = home.write("a.txt", "text");
    ASSERT_TRUE(home.convert("activate", {document}));
    Served served(home);
    auto client = served.connect();
    Answering answering(Json{{"allow", false}, {"reason", "no-terminal"}});
    const auto opened =
        client.call("open", {{"path", textOf(document)}, {"program", editor({"append", "x"})}}, {}, &answering);
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().code, ErrorCode::secondFactorMissing);
    EXPECT_EQ(opened.error().exitCode(), 6);
}

// RFC 4226, appendix D: the secret "12345678901234567890" and its first code; the second is 287082.
void useToken(Home& home) {
    home.must("token.use_oath", Json::object(), {"GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", "755224"});
}

TEST(Pipe, AsksTheClientThatActsForACodeOfTheToken) {
    Home home;
    home.client().windows = false;
    home.createAccount();
    useToken(home);
    Served served(home);
    auto client = served.connect();
    Answering answering(Json{{"code", "287082"}});
    const auto refreshed = client.call("refresh", Json::object(), {}, &answering);
    ASSERT_TRUE(refreshed) << refreshed.error().message;
    EXPECT_EQ(answering.asked,
              (std::vector<Json>{{{"operation", "refresh"}, {"digits", 6}, {"following", false}, {"seconds", 60}}}));
}

TEST(Pipe, TakesAnAnswerWithoutACodeForARefusal) {
    Home home;
    home.client().windows = false;
    home.createAccount();
    useToken(home);
    Served served(home);
    auto client = served.connect();
    const std::vector<std::pair<Json, ErrorCode>> answers{{{{"reason", "no-terminal"}}, ErrorCode::secondFactorMissing},
                                                          {{{"reason", "denied"}}, ErrorCode::secondFactorRefused},
                                                          {{{"reason", "timeout"}}, ErrorCode::secondFactorRefused},
                                                          {{{"code", 287082}}, ErrorCode::secondFactorRefused},
                                                          {{{"code", "28708"}}, ErrorCode::secondFactorMissing},
                                                          {{{"code", "28708\n"}}, ErrorCode::secondFactorMissing},
                                                          {Json::array(), ErrorCode::secondFactorMissing}};
    for (const auto& [answer, code] : answers) {
        Answering answering(answer);
        const auto refused = client.call("refresh", Json::object(), {}, &answering);
        ASSERT_FALSE(refused) << answer;
        EXPECT_EQ(refused.error().code, code) << answer;
    }
}

TEST(Pipe, CancelsTheConversionsOfAClientThatWentAway) {
    Home home;
    home.createAccount();
    Served served(home);
    Json job;
    {
        auto client = served.connect();
        job = *client.call("convert.start", {{"operation", "activate"}});
        EXPECT_TRUE(client.call("activity", Json::object()));
    }
    auto other = served.connect();
    // The server hears of the closed connection in its own time.
    Result<Json> paused = Json();
    do
        paused = other.call("convert.pause", job);
    while (paused);
    EXPECT_EQ(paused.error().code, ErrorCode::notFound);
}

TEST(Pipe, GoesOnWithAnOpenDocumentWhoseClientWentAway) {
    Home home;
    home.createAccount();
    const auto document = home.write("a.txt", "text");
    ASSERT_TRUE(home.convert("activate", {document}));
    Served served(home);
    {
        auto client = served.connect();
        Answering answering(Json{{"allow", true}});
        const auto id = client.send(
            "open", {{"path", textOf(document)}, {"program", editor({"hold", home.documents().string(), " more"})}});
        ASSERT_TRUE(id);
        while (answering.told.empty())
            (void)client.receive(*id, &answering, Duration{50});
    }
    home.write("close", "");
    home.client().waitForNotice("protected");
    EXPECT_EQ(home.statusOf(document)["version"], 2);
}

} // namespace
} // namespace ssprotect::app::test
