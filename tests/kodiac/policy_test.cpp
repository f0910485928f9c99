#include "organization_test.h"
#include "ssprotect/kodiac/report_operations.h"

#include <gmock/gmock.h>

namespace ssprotect::kodiac {
namespace {

using test::Individual;
using test::Member;
using testing::HasSubstr;
using testing::IsSupersetOf;

/// Sign-Up and Pwd Policy, Use 2FA Token, License and Components.
class PolicyTest : public OrganizationTest {
protected:
    static ShowPolicy::Response shown(Individual& by) { return whole(by.ask<ShowPolicy>()); }
    static Status set(Individual& by, const SetPolicy::Request& request) {
        const auto done = by.ask<SetPolicy>(request);
        return done ? Status() : Status(done.error());
    }
    static SetPolicy::Request rules(const PasswordRules& password) {
        SetPolicy::Request request;
        request.password = password;
        return request;
    }
    static SetPolicy::Request forced() {
        SetPolicy::Request request;
        request.changePasswordsNow = true;
        return request;
    }
    static SetPolicy::Request splits(std::optional<bool> split, std::optional<bool> move = {}) {
        SetPolicy::Request request;
        request.splitVersionChains = split;
        request.moveSplits = move;
        return request;
    }
    static Status changePassword(Individual& who, std::string password) {
        const auto changed = who.ask<ChangePassword>({who.vaultGeneration, Bytes{1, 2, 3}, who.newPassword(password)});
        if (!changed)
            return changed.error();
        who.password = std::move(password);
        ++who.vaultGeneration;
        return {};
    }
};
INSTANTIATE_TEST_SUITE_P(Kodiac, PolicyTest, testing::ValuesIn(implementations()));

TEST_P(PolicyTest, AnyMemberSeesThePolicies) {
    Member administrator = ada();
    Member ben = user(administrator);
    const auto policy = shown(ben);
    EXPECT_EQ(policy.organizationName, "Example");
    EXPECT_EQ(policy.signUp, SignUpRules{});
    EXPECT_EQ(policy.password, PasswordRules{});
    EXPECT_FALSE(policy.token || policy.enhancedLogin || policy.splitVersionChains || policy.moveSplits);
    EXPECT_EQ(policy.retainVersions, 3u);
    EXPECT_TRUE(policy.recover);
    EXPECT_EQ(policy.seats, 10u);
    EXPECT_EQ(policy.seatsUsed, 2u);
    EXPECT_EQ(policy.quotaMegabytes, 100'000u);
    EXPECT_EQ(policy.quotaAvailable, whole(administrator.ask<ListUsers>()).quotaAvailable);
}

TEST_P(PolicyTest, WhatIsSetIsShownAndTheRestStays) {
    Member administrator = ada();
    Member cleo = delegate(administrator);
    SetPolicy::Request request;
    request.signUp = SignUpRules{true, 8, 3};
    request.password = PasswordRules{12, 3, 90, 24};
    request.token = true;
    request.retainVersions = 0;
    ASSERT_TRUE(set(cleo, request).ok());
    ASSERT_TRUE(set(administrator, splits(true, true)).ok());
    const auto policy = shown(administrator);
    EXPECT_EQ(policy.signUp, (SignUpRules{true, 8, 3}));
    EXPECT_EQ(policy.password, (PasswordRules{12, 3, 90, 24}));
    EXPECT_TRUE(policy.token && policy.splitVersionChains && policy.moveSplits);
    EXPECT_EQ(policy.retainVersions, 0u);
}

TEST_P(PolicyTest, OnlyPrivilegedUsersSetThem) {
    Member administrator = ada();
    Member ben = user(administrator);
    Individual ind = settled("ind@example.org");
    for (Individual* who : {static_cast<Individual*>(&ben), &ind})
        EXPECT_EQ(codeOf(who->ask<SetPolicy>(rules({8, 0, 0, 0}))), ErrorCode::notPrivileged);
    EXPECT_EQ(shown(administrator).password, PasswordRules{});
}

TEST_P(PolicyTest, RulesThatNobodyCouldMeetAreRefused) {
    Member administrator = ada();
    const auto expectRefused = [&](const SetPolicy::Request& request) {
        EXPECT_EQ(codeOf(administrator.ask<SetPolicy>(request)), ErrorCode::invalidInput);
    };
    expectRefused(rules({129, 0, 0, 0}));
    expectRefused(rules({0, 5, 0, 0}));
    expectRefused(rules({0, 0, 3651, 0}));
    expectRefused(rules({0, 0, 0, 25}));
    SetPolicy::Request request;
    request.retainVersions = 10'001;
    expectRefused(request);
    request = {};
    request.signUp = SignUpRules{true, 1'000'001, 0};
    expectRefused(request);
    request.signUp = SignUpRules{true, 0, 1'000'001};
    expectRefused(request);
    expectRefused({});
    EXPECT_EQ(shown(administrator).password, PasswordRules{});
    EXPECT_TRUE(set(administrator, rules({128, 4, 3650, 24})).ok());
}

TEST_P(PolicyTest, EachPolicyThatIsSetIsARowOfTheAuditTrailAndTheChangeIsNews) {
    Member administrator = ada();
    SetPolicy::Request request = rules({10, 0, 0, 0});
    request.token = true;
    const auto news = under_->content()["events"].size();
    ASSERT_TRUE(set(administrator, request).ok());
    std::vector<std::string> told;
    for (const auto& row : whole(administrator.ask<ListAudit>({.limit = 2})).rows)
        told.push_back(row.operation + ": " + row.reason);
    EXPECT_THAT(told, IsSupersetOf({"policy.set: Pwd Policy: length 10, classes 0, days 0, history 0",
                                    "policy.set: Use 2FA Token on"}));
    EXPECT_GT(under_->content()["events"].size(), news);
}

// --- splits ---

TEST_P(PolicyTest, TurningSplitsOnEndsAllSessionsButTheCallers) {
    Member administrator = ada();
    Member ben = user(administrator);
    Individual ind = settled("ind@example.org");
    for (const auto& [on, off] : {std::pair(splits(true), splits(false)), {splits({}, true), splits({}, false)}}) {
        ASSERT_TRUE(set(administrator, on).ok());
        EXPECT_EQ(codeOf(ben.ask<ShowAccount>()), ErrorCode::notLoggedIn);
        EXPECT_TRUE(administrator.ask<ShowAccount>().ok());
        EXPECT_TRUE(ind.ask<ShowAccount>().ok()) << "another's";
        ASSERT_TRUE(ben.login().ok());
        ASSERT_TRUE(set(administrator, on).ok());
        EXPECT_TRUE(ben.ask<ShowAccount>().ok()) << "it was on";
        ASSERT_TRUE(set(administrator, off).ok());
        EXPECT_TRUE(ben.ask<ShowAccount>().ok()) << "off ends nothing";
    }
}

TEST_P(PolicyTest, AccountsMadeLaterInheritTheSplitSwitch) {
    Member administrator = ada();
    const auto splitsOf = [&](const char* email) {
        return whole(administrator.ask<NewUser>({email, {}, {}})).attributes.splitVersionChains;
    };
    EXPECT_FALSE(splitsOf("ben@example.org"));
    ASSERT_TRUE(set(administrator, splits(true)).ok());
    EXPECT_TRUE(splitsOf("cleo@example.org"));
    Member dan = user(administrator, "dan@example.org");
    EXPECT_TRUE(whole(dan.ask<ShowAccount>()).splitVersionChains);
    EXPECT_FALSE(whole(administrator.ask<ShowAccount>()).splitVersionChains) << "made before";
}

// --- passwords ---

TEST_P(PolicyTest, AForcedChangeIsDueAtTheNextLogin) {
    Member administrator = ada();
    Member ben = user(administrator);
    pass(std::chrono::minutes(1));
    ASSERT_TRUE(set(administrator, forced()).ok());
    pass(std::chrono::minutes(1));
    EXPECT_TRUE(ben.begin().ok()) << "who is at work goes on";
    EXPECT_TRUE(administrator.ask<ListUsers>().ok());
    for (Individual* who : {static_cast<Individual*>(&ben), static_cast<Individual*>(&administrator)}) {
        ASSERT_TRUE(who->login().ok());
        EXPECT_TRUE(who->session.passwordDue);
        EXPECT_EQ(codeOf(who->ask<ListVersions>({FileId::random(random_), 0, 10})), ErrorCode::passwordDue);
        EXPECT_EQ(codeOf(who->begin()), ErrorCode::passwordDue);
        EXPECT_EQ(codeOf(who->ask<ListUsers>()),
                  who == &administrator ? ErrorCode::passwordDue : ErrorCode::notPrivileged);
        EXPECT_TRUE(who->ask<ShowPolicy>().ok()) << "its rules must be known";
        EXPECT_TRUE(who->ask<ShowAccount>().ok());
        ASSERT_TRUE(changePassword(*who, "a password of today").ok());
        EXPECT_TRUE(who->begin().ok());
        ASSERT_TRUE(who->login().ok());
        EXPECT_FALSE(who->session.passwordDue);
    }
}

TEST_P(PolicyTest, ARefreshAsksForTheChangeToo) {
    Member administrator = ada();
    Member ben = user(administrator);
    pass(std::chrono::minutes(1));
    ASSERT_TRUE(set(administrator, forced()).ok());
    const auto refreshed = whole(ben.ask<RefreshSession>());
    EXPECT_TRUE(refreshed.session.passwordDue);
    ben.takeGrant(refreshed.session);
    EXPECT_EQ(codeOf(ben.begin()), ErrorCode::passwordDue);
}

TEST_P(PolicyTest, APasswordIsDueWhenItIsTooOld) {
    Member administrator = ada();
    Member ben = user(administrator);
    ASSERT_TRUE(set(administrator, rules({0, 0, 30, 0})).ok());
    pass(std::chrono::days(30) - std::chrono::minutes(1));
    ASSERT_TRUE(ben.login().ok());
    EXPECT_FALSE(ben.session.passwordDue);
    pass(std::chrono::minutes(2));
    EXPECT_TRUE(ben.begin().ok());
    ASSERT_TRUE(ben.login().ok());
    EXPECT_TRUE(ben.session.passwordDue);
    EXPECT_EQ(codeOf(ben.begin()), ErrorCode::passwordDue);
    ASSERT_TRUE(changePassword(ben, "a password of this month").ok());
    EXPECT_TRUE(ben.begin().ok());
}

TEST_P(PolicyTest, APasswordSetWithTheExportedKeysIsDueWhereThereAreRules) {
    Member administrator = ada();
    Member ben = user(administrator);
    ASSERT_TRUE(set(administrator, rules({12, 3, 0, 5})).ok());
    ASSERT_TRUE(ben.resetPassword("x").ok());
    EXPECT_TRUE(ben.session.passwordDue);
    EXPECT_EQ(codeOf(ben.begin()), ErrorCode::passwordDue);
    ASSERT_TRUE(ben.login().ok());
    EXPECT_TRUE(ben.session.passwordDue);
    ASSERT_TRUE(changePassword(ben, "A password under rules 1").ok());
    EXPECT_TRUE(ben.begin().ok());
    ASSERT_TRUE(ben.login().ok());
    EXPECT_FALSE(ben.session.passwordDue);
}

TEST_P(PolicyTest, APasswordSetWithTheExportedKeysIsNotDueWithoutRules) {
    Member administrator = ada();
    Member ben = user(administrator);
    ASSERT_TRUE(ben.resetPassword("x").ok());
    EXPECT_FALSE(ben.session.passwordDue);
    EXPECT_TRUE(ben.begin().ok());
}

TEST_P(PolicyTest, WhatIsOpenCanBeClosedWhileAPasswordIsDue) {
    Member administrator = ada();
    Member ben = user(administrator);
    const auto identity = whole(ben.store());
    const auto opened = whole(ben.open(identity));
    pass(std::chrono::minutes(1));
    ASSERT_TRUE(set(administrator, forced()).ok());
    ASSERT_TRUE(ben.login().ok());
    ASSERT_TRUE(ben.session.passwordDue);
    EXPECT_TRUE(ben.store(Individual::fileOf(identity), opened.grant).ok());
}

TEST_P(PolicyTest, ALoneAdministratorChangesADuePasswordBeforeItExportsItsKeys) {
    Member administrator = ada();
    under_->alter("UPDATE accounts SET keys_exported = NULL");
    under_->alter("UPDATE organizations SET password_days = 1");
    pass(std::chrono::days(2));
    ASSERT_TRUE(administrator.login().ok());
    EXPECT_TRUE(administrator.session.passwordDue);
    EXPECT_FALSE(administrator.session.keysExported);
    EXPECT_EQ(codeOf(administrator.exportKeys()), ErrorCode::passwordDue);
    ASSERT_TRUE(changePassword(administrator, "a password of today").ok());
    EXPECT_EQ(codeOf(administrator.begin()), ErrorCode::exportKeysFirst);
    ASSERT_TRUE(administrator.exportKeys().ok());
    EXPECT_TRUE(administrator.begin().ok());
}

// --- LIC-1 ---

TEST_P(PolicyTest, WithoutTheLicenceDoubleIsNotTurnedOn) {
    Member administrator = ada();
    Member ben = user(administrator);
    const auto turnOn = [&] {
        EditUsers::Edit edit{.account = ben.account, .changes = {}, .delegate = {}, .resigned = {}};
        edit.changes.doubleConversion = true;
        return administrator.ask<EditUsers>({{std::move(edit)}, {}, {}});
    };
    ASSERT_TRUE(under_->authority().setLicence("Example", {.seats = {}, .quotaMegabytes = {}, .recover = false}).ok());
    EXPECT_EQ(codeOf(turnOn()), ErrorCode::refused);
    ASSERT_TRUE(under_->authority().setLicence("Example", {.seats = {}, .quotaMegabytes = {}, .recover = true}).ok());
    EXPECT_TRUE(turnOn().ok());
    ASSERT_TRUE(under_->authority().setLicence("Example", {.seats = {}, .quotaMegabytes = {}, .recover = false}).ok());
    EXPECT_TRUE(turnOn().ok()) << "it had it before";
}

TEST_P(PolicyTest, WithoutTheLicenceEveryStoreIsOptimized) {
    Member administrator = ada();
    Member ben = user(administrator);
    const auto modeOf = [](const container::IdentityBytes& identity) {
        return whole(container::Identity::parse(identity)).mode;
    };
    const auto license = [&](bool recover) {
        EXPECT_TRUE(
            under_->authority().setLicence("Example", {.seats = {}, .quotaMegabytes = {}, .recover = recover}).ok());
    };
    const auto first = whole(ben.store());
    const FileId file = Individual::fileOf(first);
    EXPECT_EQ(modeOf(first), container::ConversionMode::hybrid);
    license(false);
    EXPECT_EQ(whole(ben.ask<ShowAccount>()).mode, container::ConversionMode::optimized);
    EXPECT_EQ(modeOf(whole(ben.store())), container::ConversionMode::optimized) << "a new chain";
    const auto opened = whole(administrator.open(first));
    EXPECT_EQ(modeOf(whole(administrator.store(file, opened.grant))), container::ConversionMode::optimized)
        << "another's, whose mode was Hybrid";
    EXPECT_EQ(modeOf(whole(ben.store(file))), container::ConversionMode::optimized);
    license(true);
    EXPECT_EQ(modeOf(whole(ben.store(file))), container::ConversionMode::hybrid);
}

} // namespace
} // namespace ssprotect::kodiac
