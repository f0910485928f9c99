#include "session_home.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ssprotect::session {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;

class Listening final : public SessionListener {
public:
    explicit Listening(SessionManager& manager) : manager_(manager) { manager_.addListener(*this); }
    ~Listening() override { manager_.removeListener(*this); }
    void sessionStarted(const SessionInfo&) override { heard.emplace_back("started"); }
    void sessionRefreshed(const SessionInfo& info) override {
        heard.emplace_back(info.keysExported ? "refreshed" : "refreshed before export");
    }
    void sessionEnding(Session& session) override {
        heard.emplace_back(session.signingKey() ? "ending with keys" : "ending without keys");
    }
    void sessionEnded(SessionEnd why) override {
        heard.emplace_back(why == SessionEnd::loggedOut ? "logged out"
                           : why == SessionEnd::expired ? "expired"
                                                        : "ended by KODiAC");
    }
    std::vector<std::string> heard;

private:
    SessionManager& manager_;
};

TEST(AccountCreation, LogsInAndAllowsOnlyTheExportOfKeys) {
    SessionHome home;
    const auto created = home.manager().createIndividual(kEmail, viewOf(kPassword));
    ASSERT_EQ(wordOf(created), "ok") << created.error().message;
    EXPECT_EQ(created->email, kEmail);
    EXPECT_FALSE(created->keysExported);
    EXPECT_EQ(created->expires, home.clock.now() + 12h);

    EXPECT_EQ(wordOf(home.manager().require()), "export-keys-first");
    conversion::StoreRequest one{{}, {}, "/tmp/a"};
    EXPECT_EQ(wordOf(home.session()->begin({&one, 1})), "export-keys-first");

    ASSERT_EQ(wordOf(home.manager().exportKeys(home.keysFile(), viewOf(kPassphrase))), "ok");
    EXPECT_EQ(wordOf(home.manager().require()), "ok");
    EXPECT_TRUE(home.session()->info().keysExported);
    EXPECT_EQ(wordOf(home.session()->begin({&one, 1})), "ok");
}

TEST(AccountCreation, GivesTheAccountItsSoftwareId) {
    SessionHome home;
    home.createAccount();
    const auto shown = home.session()->showAccount();
    ASSERT_EQ(wordOf(shown), "ok");
    EXPECT_EQ(shown->softwareId.size(), 12u);
    EXPECT_EQ(shown->email, kEmail);
    EXPECT_EQ(shown->privilege, "individual");
}

TEST(AccountCreation, RefusesATakenEmailAndLeavesNothingBehind) {
    SessionHome home;
    home.createAccount();
    ASSERT_EQ(wordOf(home.manager().logout()), "ok");
    const auto files = home.files->list(home.layout().hostFolder());
    EXPECT_EQ(wordOf(home.manager().createIndividual("ADA@example.org", viewOf(kPassword))), "already-exists");
    EXPECT_EQ(home.files->list(home.layout().hostFolder())->size(), files->size());
    EXPECT_EQ(wordOf(home.manager().login({{}, std::string(kEmail)}, viewOf(kPassword))), "ok");
}

TEST(AccountCreation, RefusesAWeakPasswordAWrongEmailAndASecondSession) {
    SessionHome home;
    EXPECT_EQ(wordOf(home.manager().createIndividual(kEmail, viewOf("short"))), "weak-password");
    EXPECT_EQ(wordOf(home.manager().createIndividual("ada@exa mple.org", viewOf(kPassword))), "invalid-input");
    home.createAccount();
    EXPECT_EQ(wordOf(home.manager().createIndividual("eve@example.org", viewOf(kPassword))), "conflict");
}

TEST(AccountCreation, SurvivesACrashBeforeTheSecondFactorWasKept) {
    SessionHome home;
    // KODiAC made the account; the reply with the HOTP secret never arrived.
    home.between.interfere([](const kodiac::Call& call, const InterposedKodiac::Passing& pass) {
        auto reply = pass(call);
        if (call.operation == kodiac::CreateIndividual::kName)
            return Result<kodiac::Reply>(makeError(ErrorCode::kodiacUnreachable, "lost"));
        return reply;
    });
    EXPECT_EQ(wordOf(home.manager().createIndividual(kEmail, viewOf(kPassword))), "kodiac-unreachable");
    home.between.interfere({});
    home.crash();
    EXPECT_EQ(wordOf(home.manager().login({{}, std::string(kEmail)}, viewOf(kPassword))), "ok");
}

TEST(AccountSettings, AreSetForTheAccountThatIsLoggedIn) {
    SessionHome home;
    home.createAccount();
    ASSERT_EQ(wordOf(home.session()->setAccount({true, true})), "ok");
    ASSERT_EQ(wordOf(home.session()->setAccount({false, {}})), "ok");
    const auto shown = home.session()->showAccount();
    ASSERT_TRUE(shown);
    EXPECT_FALSE(shown->unsignedApps);
    EXPECT_TRUE(shown->keepVersionWhenUnchanged);
    const auto session = home.session();
    ASSERT_EQ(wordOf(home.manager().logout()), "ok");
    EXPECT_EQ(wordOf(session->setAccount({true, {}})), "not-logged-in");
}

TEST(Login, OpensTheVaultAgainAfterALogout) {
    SessionHome home;
    const SessionInfo first = home.createAccount();
    ASSERT_EQ(wordOf(home.manager().logout()), "ok");
    EXPECT_EQ(home.session(), nullptr);
    EXPECT_EQ(wordOf(home.manager().require()), "not-logged-in");

    const auto again = home.manager().login({}, viewOf(kPassword));
    ASSERT_EQ(wordOf(again), "ok") << again.error().message;
    EXPECT_EQ(again->account, first.account);
    EXPECT_EQ(again->organization, first.organization);
    EXPECT_EQ(again->host, first.host);
    EXPECT_NE(again->session, first.session);
    EXPECT_TRUE(again->keysExported);
    EXPECT_EQ(again->profile, kEmail);
}

TEST(Login, WorksInANewProcess) {
    SessionHome home;
    home.createAccount();
    home.crash();
    EXPECT_EQ(home.session(), nullptr);
    EXPECT_EQ(wordOf(home.manager().login({std::string(kEmail), {}}, viewOf(kPassword))), "ok");
    EXPECT_EQ(wordOf(home.session()->showAccount()), "ok");
}

TEST(Login, RefusesAWrongPasswordAndAnUnknownAccountAlike) {
    SessionHome home;
    home.createAccount();
    ASSERT_EQ(wordOf(home.manager().logout()), "ok");
    const auto wrong = home.manager().login({{}, std::string(kEmail)}, viewOf("wrong horse battery"));
    const auto unknown = home.manager().login({{}, "eve@example.org"}, viewOf(kPassword));
    EXPECT_EQ(wordOf(wrong), "login-failed");
    EXPECT_EQ(wordOf(unknown), "login-failed");
    EXPECT_EQ(wrong.error().message, unknown.error().message);
    EXPECT_EQ(home.session(), nullptr);
}

TEST(Login, StartsOverOnceWhenItsConnectionIsLostBetweenTheTwoSteps) {
    SessionHome home;
    home.createAccount();
    ASSERT_EQ(wordOf(home.manager().logout()), "ok");
    home.between.binding = {1};
    home.between.calls.clear();
    int losses = 0;
    home.between.interfere([&](const kodiac::Call& call, const InterposedKodiac::Passing& pass) {
        if (call.operation != kodiac::FinishLogin::kName || call.channelBinding != crypto::Sha256Digest{1})
            return pass(call);
        ++losses;
        home.between.binding = {2}; // what the next start goes over
        return Result<kodiac::Reply>(makeError(ErrorCode::kodiacUnreachable, "that connection is gone"));
    });
    EXPECT_EQ(wordOf(home.manager().login({{}, std::string(kEmail)}, viewOf(kPassword))), "ok");
    EXPECT_GE(losses, 1);
    const auto starts = std::count_if(home.between.calls.begin(), home.between.calls.end(),
                                      [](const auto& call) { return call.first == kodiac::StartLogin::kName; });
    EXPECT_EQ(starts, 2);
}

TEST(Login, DoesNotStartOverWhenKodiacDidNotAnswerAtAll) {
    SessionHome home;
    home.createAccount();
    ASSERT_EQ(wordOf(home.manager().logout()), "ok");
    home.between.binding = {1}; // of an earlier login
    home.between.calls.clear();
    home.between.interfere([](const kodiac::Call&, const InterposedKodiac::Passing&) -> Result<kodiac::Reply> {
        return makeError(ErrorCode::kodiacUnreachable, "no way");
    });
    EXPECT_EQ(wordOf(home.manager().login({{}, std::string(kEmail)}, viewOf(kPassword))), "kodiac-unreachable");
    EXPECT_EQ(home.between.calls.size(), 1u);
}

TEST(Login, IsRefusedOverAnotherConnectionThanItWasProvedOn) {
    SessionHome home;
    home.createAccount();
    ASSERT_EQ(wordOf(home.manager().logout()), "ok");
    home.between.binding = {1};
    home.between.interfere([](const kodiac::Call& call, const InterposedKodiac::Passing& pass) {
        kodiac::Call relayed;
        relayed.operation = call.operation;
        relayed.body = call.body;
        relayed.account = call.account;
        relayed.host = call.host;
        relayed.counter = call.counter;
        relayed.code = call.code;
        relayed.channelBinding = {2}; // as its server says
        return pass(relayed);
    });
    EXPECT_EQ(wordOf(home.manager().login({{}, std::string(kEmail)}, viewOf(kPassword))), "login-failed");
}

TEST(Login, GoesOnAfterManyWrongPasswords) {
    SessionHome home;
    home.createAccount();
    ASSERT_EQ(wordOf(home.manager().logout()), "ok");
    for (int attempt = 0; attempt < 25; ++attempt) {
        EXPECT_EQ(wordOf(home.manager().login({}, viewOf("wrong horse battery"))), "login-failed");
        home.clock.advance(2min);
        if (attempt % 4 == 0)
            home.crash();
    }
    EXPECT_EQ(wordOf(home.manager().login({}, viewOf(kPassword))), "ok");
}

TEST(Login, OfAnUnknownProfileNamesTheKnownOnes) {
    SessionHome home;
    home.createAccount();
    const auto login = home.manager().login({"work", {}}, viewOf(kPassword));
    ASSERT_EQ(wordOf(login), "not-found");
    EXPECT_THAT(login.error().message, ::testing::HasSubstr(std::string(kEmail)));
}

TEST(Login, PutsANewSessionInThePlaceOfTheOldOne) {
    SessionHome home;
    home.createAccount();
    const auto old = home.session();
    Listening listening(home.manager());
    ASSERT_EQ(wordOf(home.manager().login({}, viewOf(kPassword))), "ok");
    EXPECT_TRUE(old->ended());
    EXPECT_NE(home.session(), old);
    EXPECT_EQ(wordOf(home.session()->showAccount()), "ok");
    EXPECT_EQ(wordOf(old->showAccount()), "not-logged-in");
    EXPECT_THAT(listening.heard, ElementsAre("ending with keys", "logged out", "started"));
}

TEST(Login, KeepsTheOldSessionWhenTheNewOneFails) {
    SessionHome home;
    home.createAccount();
    EXPECT_EQ(wordOf(home.manager().login({}, viewOf("wrong horse battery"))), "login-failed");
    EXPECT_EQ(wordOf(home.session()->showAccount()), "ok");
}

TEST(Login, OfTwoAccountsInOneHomeKeepsThemApart) {
    SessionHome home;
    const SessionInfo ada = home.createAccount();
    ASSERT_EQ(wordOf(home.manager().logout()), "ok");
    ASSERT_EQ(wordOf(home.manager().createIndividual("eve@example.org", viewOf(kNextPassword))), "ok");
    const SessionInfo eve = home.session()->info();
    EXPECT_NE(ada.account, eve.account);
    EXPECT_NE(ada.organization, eve.organization);
    EXPECT_EQ(wordOf(home.session()->contentKey(ada.organization, 1)), "foreign-file");
    // From one straight to the other.
    ASSERT_EQ(wordOf(home.manager().login({std::string(kEmail), {}}, viewOf(kPassword))), "ok");
    EXPECT_EQ(home.session()->info().account, ada.account);
    EXPECT_EQ(wordOf(home.session()->contentKey(eve.organization, 1)), "foreign-file");
}

TEST(Logout, WipesTheKeysOnceNothingUsesThem) {
    SessionHome home;
    home.createAccount();
    std::weak_ptr<Session> session = home.session();
    ASSERT_EQ(wordOf(home.manager().logout()), "ok");
    EXPECT_TRUE(session.expired());
    EXPECT_EQ(wordOf(home.manager().logout()), "ok");
}

TEST(Logout, EndsTheSessionHereAlsoWhenKodiacIsOutOfReach) {
    SessionHome home;
    home.createAccount();
    home.between.interfere([](const kodiac::Call&, const InterposedKodiac::Passing&) -> Result<kodiac::Reply> {
        return makeError(ErrorCode::kodiacUnreachable, "no way");
    });
    EXPECT_EQ(wordOf(home.manager().logout()), "ok");
    EXPECT_EQ(home.session(), nullptr);
}

TEST(Session, IsRefreshedWithANewTokenAndMoreTime) {
    SessionHome home;
    const SessionInfo before = home.createAccount();
    const auto session = home.session();
    home.clock.advance(11h);
    const auto refreshed = home.manager().refresh();
    ASSERT_EQ(wordOf(refreshed), "ok") << refreshed.error().message;
    EXPECT_EQ(refreshed->session, before.session);
    EXPECT_EQ(refreshed->expires, home.clock.now() + 12h);
    EXPECT_EQ(home.session(), session);
    EXPECT_EQ(wordOf(session->showAccount()), "ok");
}

TEST(Session, EndsByItselfWhenItsTimeIsOver) {
    SessionHome home;
    home.createAccount();
    Listening listening(home.manager());
    home.clock.advance(12h - 1s);
    EXPECT_NE(home.session(), nullptr);
    home.clock.advance(1s);
    EXPECT_EQ(home.session(), nullptr);
    EXPECT_EQ(wordOf(home.manager().require()), "not-logged-in");
    EXPECT_TRUE(listening.heard.empty());
    home.manager().endIfExpired();
    EXPECT_EQ(wordOf(home.manager().refresh()), "not-logged-in");
    EXPECT_THAT(listening.heard, ElementsAre("ending with keys", "expired"));
}

TEST(Session, EndsWhenKodiacSaysSo) {
    SessionHome home;
    home.createAccount();
    Listening listening(home.manager());
    home.between.interfere([](const kodiac::Call&, const InterposedKodiac::Passing&) -> Result<kodiac::Reply> {
        return makeError(ErrorCode::notLoggedIn, "the operator ended all sessions");
    });
    EXPECT_EQ(wordOf(home.session()->showAccount()), "not-logged-in");
    EXPECT_EQ(home.session(), nullptr);
    home.manager().endIfExpired();
    EXPECT_THAT(listening.heard, ElementsAre("ending with keys", "ended by KODiAC"));
}

TEST(Session, TellsItsListenersWhatHappens) {
    SessionHome home;
    Listening listening(home.manager());
    home.createAccount();
    ASSERT_EQ(wordOf(home.manager().refresh()), "ok");
    ASSERT_EQ(wordOf(home.manager().logout()), "ok");
    EXPECT_THAT(listening.heard, ElementsAre("started", "refreshed", "refreshed", "ending with keys", "logged out"));
}

TEST(Session, ListsTheAuditTrailOfItsAccount) {
    SessionHome home;
    home.createAccount();
    const auto rows = home.session()->audit(0, 100);
    ASSERT_EQ(wordOf(rows), "ok");
    ASSERT_FALSE(rows->empty());
    EXPECT_EQ(rows->back().operation, kodiac::CreateIndividual::kName);
}

} // namespace
} // namespace ssprotect::session
