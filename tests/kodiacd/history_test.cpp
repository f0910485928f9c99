#include "daemon_run.h"
#include "history_client.h"
#include "support/postgres_schema.h"
#include "support/seeded_random.h"

#include <algorithm>
#include <iterator>
#include <sstream>
#include <stdexcept>
#include <thread>

#include <gmock/gmock.h>

namespace ssprotect::kodiacd {
namespace {

using testing::IsEmpty;

constexpr int kFileWorkers = 12;
constexpr int kDelegates = 4;
constexpr std::size_t kSharedFiles = 6;
constexpr int kKills = 4;
constexpr int kStepsBetween = 40; ///< of all clients together
constexpr std::uint64_t kSeed = 20;

template <class T> T whole(Result<T> result) {
    if (!result)
        throw std::runtime_error(result.error().message); // which fails the test
    return std::move(result).value();
}

std::vector<std::string> without(const std::multiset<std::string>& from, const std::multiset<std::string>& what) {
    std::vector<std::string> rest;
    std::set_difference(from.begin(), from.end(), what.begin(), what.end(), std::back_inserter(rest));
    return rest;
}

/// Many clients, two daemons on one database, each daemon killed in turn while they work.
class HistoryTest : public DaemonTest {
protected:
    void SetUp() override {
        if (!support::PostgresSchema::isPossible())
            GTEST_SKIP() << support::PostgresSchema::whyNot();
        schema_.emplace();
        const auto secret = schema_->url();
        init({"--database", std::string(reinterpret_cast<const char*>(secret.view().data()), secret.size())});
        liftLimits();
        people();
        for (std::size_t i = 0; i < daemons_.size(); ++i)
            start(i);
    }

    void people() {
        authority_ = authorityHere(schema_->url());
        const test::Founding founding{
            {"Example", "ada@example.org", 100, 100'000, true}, *authority_, *authority_, seeded_};
        administrator_.emplace(whole(test::foundOrganization(founding)));
        for (int i = 0; i < kDelegates + kFileWorkers; ++i) {
            const std::string email = "person" + std::to_string(i) + "@example.org";
            add(whole(test::bringIn(founding, *administrator_, email, i < kDelegates)), static_cast<std::uint64_t>(i));
        }
        // Who cannot be disabled by others is out of the way: the Delegates are all that is left.
        ASSERT_TRUE(authority_->setDisabled(administrator_->email, true).ok());
    }

    void add(test::Member member, std::uint64_t number) {
        clients_.push_back(std::make_unique<HistoryClient>(
            std::move(member), history_, [this](const Words& urls) { return client(urls); }, addresses_,
            kSeed + number));
    }

    void start(std::size_t daemon) {
        daemons_[daemon] = std::make_unique<DaemonRun>(data());
        ASSERT_NE(daemons_[daemon]->port(), 0);
        addresses_.set(daemon, daemons_[daemon]->url());
    }

    std::int64_t number(const std::string& sql) { return std::stoll(schema_->ask(sql)); }
    std::int64_t privilegedLeft() {
        return number("SELECT count(*) FROM accounts WHERE state = 'validated' AND disabled = 0 AND "
                      "privilege IN ('administrator', 'delegate')");
    }

    std::vector<std::thread> beginWork() {
        for (std::size_t i = 0; i < kSharedFiles; ++i)
            clients_.at(kDelegates + i)->share();
        std::vector<AccountId> delegates;
        for (int i = 0; i < kDelegates; ++i)
            delegates.push_back(clients_[static_cast<std::size_t>(i)]->person().account);
        std::vector<std::thread> threads;
        for (int i = 0; i < kDelegates + kFileWorkers; ++i)
            threads.emplace_back([this, i, delegates] {
                auto& each = *clients_[static_cast<std::size_t>(i)];
                i < kDelegates ? each.fightForTheLock(delegates) : each.workOnFiles();
            });
        return threads;
    }

    void killInTurn() {
        for (std::size_t kill = 0; kill < kKills; ++kill) {
            EXPECT_TRUE(history_.waitForSteps(kStepsBetween)) << "with both daemons";
            daemons_[kill % 2]->kill();
            EXPECT_TRUE(history_.waitForSteps(kStepsBetween)) << "with one daemon";
            EXPECT_GE(privilegedLeft(), 1);
            start(kill % 2);
        }
        EXPECT_TRUE(history_.waitForSteps(kStepsBetween)) << "with both daemons again";
    }

    /// What the audit trail says was done to versions, without the repetitions of lost replies.
    std::multiset<std::string> audited() {
        std::istringstream lines(schema_->ask(
            "SELECT string_agg(operation || ' ' || encode(account, 'hex') || ' ' || encode(file, 'hex') || ' ' || "
            "version, ';') FROM audit WHERE file IS NOT NULL AND result = 'ok' AND reason = ''"));
        std::multiset<std::string> all;
        for (std::string line; std::getline(lines, line, ';');)
            all.insert(line);
        return all;
    }

    test::SeededRandom seeded_{kSeed};
    std::optional<support::PostgresSchema> schema_;
    std::unique_ptr<kodiac::Authority> authority_;
    std::optional<test::Member> administrator_;
    History history_;
    Addresses addresses_;
    std::vector<std::unique_ptr<HistoryClient>> clients_;
    std::array<std::unique_ptr<DaemonRun>, 2> daemons_;
};

TEST_F(HistoryTest, WhatWasAcknowledgedIsThereOnceHoweverOftenADaemonIsKilled) {
    auto threads = beginWork();
    killInTurn();
    history_.end();
    for (auto& thread : threads)
        thread.join();
    for (auto& daemon : daemons_)
        daemon->stop();

    EXPECT_THAT(history_.wrongs(), IsEmpty());
    // Every call was asked for until its fate was known: what was acknowledged is all there is.
    const auto audited = this->audited();
    EXPECT_THAT(without(history_.lines(), audited), IsEmpty()) << "was acknowledged and is not audited, or only once";
    EXPECT_THAT(without(audited, history_.lines()), IsEmpty()) << "is audited, or twice, and was not acknowledged";
    EXPECT_EQ(number("SELECT count(*) FROM versions WHERE state = 2"),
              static_cast<std::int64_t>(history_.identities().size()));
    EXPECT_EQ(number("SELECT count(*) FROM files f WHERE f.next - 1 <> (SELECT max(version) FROM versions v WHERE "
                     "v.file = f.id) OR f.next - 1 <> (SELECT count(*) FROM versions v WHERE v.file = f.id)"),
              0);
    for (std::size_t i = kDelegates; i < clients_.size(); ++i) {
        const auto& person = clients_[i]->person();
        EXPECT_EQ(
            number("SELECT next_counter FROM hosts WHERE account = decode('" + person.account.hex() + "', 'hex')"),
            static_cast<std::int64_t>(person.counter));
    }
    EXPECT_GT(history_.epochs(), 1u);
    EXPECT_GE(privilegedLeft(), 1);
    EXPECT_GT(number("SELECT count(*) FROM audit WHERE operation = 'users.edit' AND result = 'ok'"), 0);
    authority_.reset();
    EXPECT_EQ(kodiacd(at({"verify"})).exitCode, 0);
}

} // namespace
} // namespace ssprotect::kodiacd
