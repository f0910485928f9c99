#include "organization_scene.h"
#include "ssprotect/twofactor/hotp.h"

#include <future>
#include <thread>

#include <gtest/gtest.h>

namespace ssprotect::session {
namespace {

// RFC 4226, appendix D: the secret "12345678901234567890".
constexpr std::string_view kSeed = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
constexpr std::string_view kSecret = "12345678901234567890";

std::string codeAt(std::uint64_t counter) { return twofactor::hotpCode(viewOf(kSecret), counter, 6); }

/// TFA-5: a host whose account uses a token.
class Token : public ::testing::Test {
protected:
    Token() {
        scene.found(*ada);
        scene.bringIn(*ada, *uma, kUser);
    }

    /// The next code, as the person would read it.
    std::string press() { return codeAt(pressed++); }
    void takeIntoUse() { ASSERT_EQ(wordOf(uma->manager().useOathToken(kSeed, press())), "ok"); }
    /// Something that a person asks for.
    std::string_view act() { return wordOf(uma->session()->audit(0, 10)); }

    Result<conversion::BegunStore> begin(Session& session, std::optional<FileId> chain = {},
                                         std::optional<GrantId> grant = {}) {
        const conversion::StoreRequest item{chain, grant, "/home/uma/plan.odt"};
        auto begun = session.begin({&item, 1});
        if (!begun)
            return std::move(begun).error();
        return std::move(begun->front());
    }
    std::string_view commit(Session& session, const container::Identity& identity) {
        const conversion::CommitRequest item{
            identity.file, identity.version, identity.keyEpoch, {}, "/home/uma/plan.odt"};
        const auto committed = session.commit({&item, 1}, {});
        return committed ? wordOf(committed->front()) : wordOf(committed);
    }

    OrganizationScene scene;
    std::unique_ptr<MemberHome> ada = scene.home("ada");
    std::unique_ptr<MemberHome> uma = scene.home("uma");
    std::uint64_t pressed = 0;
};

TEST_F(Token, TakesThePlaceOfTheHostsCodesForWhatThePersonDoes) {
    EXPECT_EQ(wordOf(uma->manager().useOathToken("not base 32!", codeAt(0))), "invalid-input");
    EXPECT_EQ(wordOf(uma->manager().useOathToken(kSeed, "000000")), "second-factor-refused");
    EXPECT_EQ(act(), "ok") << "still by its own secret";
    takeIntoUse();

    uma->tokenCodes = {codeAt(1), codeAt(3)};
    EXPECT_EQ(act(), "ok");
    EXPECT_EQ(act(), "ok") << "a press too many does no harm";
    EXPECT_EQ(act(), "second-factor-missing") << "nobody answers";
    uma->tokenCodes = {"123"};
    EXPECT_EQ(act(), "second-factor-missing");
    uma->tokenCodes = {codeAt(2)};
    EXPECT_EQ(act(), "second-factor-refused") << "it was passed over";
    uma->tokenCodes = {codeAt(4)};
    EXPECT_EQ(act(), "ok");
}

TEST_F(Token, IsAskedForOneCodeAtALogin) {
    takeIntoUse();
    uma->crash();
    EXPECT_EQ(wordOf(uma->login(kUser)), "second-factor-missing");
    EXPECT_EQ(uma->session(), nullptr);
    uma->tokenCodes = {press()};
    ASSERT_EQ(wordOf(uma->login(kUser)), "ok");
    EXPECT_TRUE(uma->tokenCodes.empty());
    EXPECT_EQ(wordOf(uma->session()->showAccount()), "ok") << "what an act needs to know is read without a code";
    uma->tokenCodes = {press()};
    EXPECT_EQ(wordOf(uma->manager().refresh()), "ok");
    EXPECT_EQ(wordOf(uma->manager().logout()), "ok") << "to leave takes none";
}

// KODiAC's nonce lives as long as a person may take: the code is there before the login begins.
TEST_F(Token, IsAskedForOneCodeAlthoughTheLoginStartsOver) {
    takeIntoUse();
    uma->crash();
    uma->between.binding[0] = 1;
    std::vector<std::string> order;
    uma->whenAsked = [&](const CodeQuestion&) { order.emplace_back("asked"); };
    uma->between.interfere(
        [&](const kodiac::Call& call, const InterposedKodiac::Passing& pass) -> Result<kodiac::Reply> {
            const bool first = std::find(order.begin(), order.end(), "login.finish") == order.end();
            order.push_back(call.operation);
            if (call.operation == "login.finish" && first)
                return makeError(ErrorCode::kodiacUnreachable, "the connection was lost");
            return pass(call);
        });
    uma->tokenCodes = {press()};
    ASSERT_EQ(wordOf(uma->login(kUser)), "ok");
    order.resize(5);
    EXPECT_EQ(order, (std::vector<std::string>{"asked", "login.start", "login.finish", "login.start", "login.finish"}));
}

TEST_F(Token, IsAskedWhenSomethingIsProtectedAndNotWhenItIsCompleted) {
    takeIntoUse();
    EXPECT_EQ(wordOf(begin(*uma->session())), "second-factor-missing");
    uma->tokenCodes = {press()};
    const auto begun = begin(*uma->session());
    ASSERT_EQ(wordOf(begun), "ok");
    EXPECT_EQ(commit(*uma->session(), begun->identity), "ok");
}

// PROT-14: no prompt and no touch.
TEST_F(Token, IsNotNeededToCloseWhatWasOpened) {
    takeIntoUse();
    const auto session = uma->session();
    uma->tokenCodes = {press(), press()};
    const auto begun = begin(*session);
    ASSERT_EQ(wordOf(begun), "ok");
    ASSERT_EQ(commit(*session, begun->identity), "ok");
    const conversion::OpenRequest opening{begun->identity.bytes(), 0, conversion::Purpose::managed};
    const auto opened = session->open({&opening, 1});
    ASSERT_EQ(wordOf(opened), "ok");
    ASSERT_EQ(wordOf(opened->front()), "ok");
    ASSERT_TRUE(uma->tokenCodes.empty());
    ASSERT_EQ(wordOf(uma->manager().logout()), "ok");

    const auto next = begin(*session, begun->identity.file, opened->front()->grant);
    ASSERT_EQ(wordOf(next), "ok");
    EXPECT_EQ(commit(*session, next->identity), "ok");
    EXPECT_EQ(wordOf(begin(*session)), "not-logged-in") << "the right was for that file alone";
}

TEST_F(Token, KeepsNobodyWaitingWhoNeedsNone) {
    takeIntoUse();
    uma->tokenCodes = {press()};
    std::promise<void> asked;
    std::promise<void> done;
    uma->whenAsked = [&](const CodeQuestion&) {
        asked.set_value();
        done.get_future().wait();
    };
    std::string_view outcome;
    std::thread person([&] { outcome = act(); });
    asked.get_future().wait();
    EXPECT_EQ(wordOf(uma->session()->showAccount()), "ok");
    EXPECT_EQ(wordOf(uma->session()->progressOf({})), "ok");
    done.set_value();
    person.join();
    EXPECT_EQ(outcome, "ok");
}

TEST_F(Token, GivesItsCodesInTheOrderInWhichTheyAreShown) {
    takeIntoUse();
    std::vector<std::thread> people;
    std::atomic<int> refused{0};
    for (int i = 0; i < 4; ++i)
        uma->tokenCodes.push_back(press());
    for (int i = 0; i < 4; ++i)
        people.emplace_back([&] { refused += act() == "ok" ? 0 : 1; });
    for (auto& person : people)
        person.join();
    EXPECT_EQ(refused, 0);
}

TEST_F(Token, IsBroughtBackInStepWithTwoOfItsCodes) {
    takeIntoUse();
    pressed += 300;
    uma->tokenCodes = {press()};
    EXPECT_EQ(act(), "second-factor-refused");
    ASSERT_EQ(wordOf(ada->admin().permitSync(kUser)), "ok");
    std::vector<bool> following;
    uma->whenAsked = [&](const CodeQuestion& question) { following.push_back(question.following); };
    uma->tokenCodes = {press(), press()};
    ASSERT_EQ(wordOf(uma->manager().syncSecondFactor(uma->target(kUser))), "ok");
    EXPECT_EQ(following, (std::vector<bool>{false, true}));
    uma->tokenCodes = {press()};
    EXPECT_EQ(act(), "ok");
    EXPECT_EQ(wordOf(uma->session()->showAccount()), "ok");
}

TEST_F(Token, GivesWayToASecretOfTheHost) {
    takeIntoUse();
    EXPECT_EQ(wordOf(uma->manager().useSoftwareSecret()), "second-factor-missing");
    uma->tokenCodes = {press()};
    ASSERT_EQ(wordOf(uma->manager().useSoftwareSecret()), "ok");
    EXPECT_EQ(act(), "ok");
    uma->crash();
    EXPECT_EQ(wordOf(uma->login(kUser)), "ok");
}

TEST_F(Token, GivesWayToAnotherToken) {
    takeIntoUse();
    uma->tokenCodes = {press()};
    pressed = 0;
    const std::string seed = "otpauth://hotp/uma?secret=" + std::string(kSeed) + "&digits=8&counter=40";
    ASSERT_EQ(wordOf(uma->manager().useOathToken(seed, twofactor::hotpCode(viewOf(kSecret), 40, 8))), "ok");
    uma->crash();
    uma->tokenCodes = {twofactor::hotpCode(viewOf(kSecret), 41, 8)};
    EXPECT_EQ(wordOf(uma->login(kUser)), "ok");
    EXPECT_EQ(wordOf(uma->session()->showAccount()), "ok");
}

// KODiAC may have changed it: the old codes would then be refused for ever.
TEST_F(Token, WhoseTakingIntoUseIsInDoubtLocksNobodyOut) {
    uma->between.interfere(
        [](const kodiac::Call& call, const InterposedKodiac::Passing& pass) -> Result<kodiac::Reply> {
            auto reply = pass(call);
            if (call.operation == "second-factor.use-oath")
                return makeError(ErrorCode::kodiacUnreachable, "the reply was lost");
            return reply;
        });
    EXPECT_EQ(wordOf(uma->manager().useOathToken(kSeed, press())), "kodiac-unreachable");
    uma->between.interfere({});
    uma->crash();
    EXPECT_EQ(wordOf(uma->login(kUser)), "ok");
    EXPECT_EQ(act(), "ok");
}

} // namespace
} // namespace ssprotect::session
