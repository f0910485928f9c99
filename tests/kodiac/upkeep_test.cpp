#include "kodiac_under_test.h"
#include "ssprotect/kodiac/authority.h"
#include "ssprotect/kodiac/host_operations.h"
#include "support/member.h"
#include "support/temp_folder.h"

#include <gmock/gmock.h>

namespace ssprotect::kodiac {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

/// What the operator's daemon does to the database besides serving it.
class Upkeep : public testing::Test {
protected:
    Upkeep() : authority_(open()) {}

    std::unique_ptr<store::Database> connect() {
        store::Options options;
        options.schema = authoritySchema();
        auto database = store::Database::openSqlite(folder_ / "kodiac.db", *files_, clock_, std::move(options));
        EXPECT_TRUE(database.ok());
        return std::move(*database);
    }
    std::unique_ptr<Authority> open(AuthoritySettings settings = {}) {
        settings.scrypt.leastN = 2;
        settings.unknownUsers = {16, 8, 1};
        auto authority =
            Authority::open(connect(), random_, crypto::SecretBytes::copyOf(Bytes(kMasterKeySize, 0x5a)), settings);
        EXPECT_TRUE(authority.ok());
        return std::move(*authority);
    }
    test::Individual settled() {
        test::Individual person(*authority_, random_);
        EXPECT_TRUE(person.settle().ok());
        return person;
    }
    void alter(const std::string& statement) {
        const auto altered = connect()->write([&](store::Transaction& sql) -> Status {
            sql.script(statement);
            return {};
        });
        EXPECT_TRUE(altered.ok()) << statement;
    }
    std::int64_t count(const std::string& rest) {
        return *connect()->read([&](store::Transaction& sql) -> Result<std::int64_t> {
            return sql.one("SELECT COUNT(*) FROM " + rest)->get<std::int64_t>(0);
        });
    }
    Tidied tidied() {
        auto done = authority_->tidy();
        EXPECT_TRUE(done.ok()) << (done ? "" : done.error().message);
        return *done;
    }
    std::vector<std::string> faults() {
        auto found = authority_->verify();
        EXPECT_TRUE(found.ok()) << (found ? "" : found.error().message);
        return *found;
    }

    test::ManualClock clock_;
    crypto::SystemRandom random_;
    std::unique_ptr<platform::FileSystem> files_ = platform::makeSystemFiles();
    support::TempFolder folder_;
    std::unique_ptr<Authority> authority_;
};

TEST_F(Upkeep, TidyingLeavesAloneWhatIsStillOfUse) {
    auto ada = settled();
    ASSERT_TRUE(ada.startLogin().ok());
    EXPECT_EQ(tidied().all(), 0);
    EXPECT_EQ(count("nonces"), 1);
    EXPECT_TRUE(ada.ask<ShowAccount>().ok());
}

TEST_F(Upkeep, AnExpiredNonceGoes) {
    auto ada = settled();
    ASSERT_TRUE(ada.startLogin().ok());
    clock_.advance(std::chrono::minutes(2));
    EXPECT_EQ(tidied().nonces, 1);
    EXPECT_EQ(count("nonces"), 0);
}

TEST_F(Upkeep, AHostThatWasNeverEnrolledIsGoneADayAfterItsLastSession) {
    auto ada = settled();
    auto away = ada.onAnotherHost();
    const auto hosts = [&] {
        EXPECT_TRUE(ada.login().ok());
        return ada.ask<ListHosts>()->rows.size();
    };
    ASSERT_TRUE(away.login().ok());
    clock_.advance(std::chrono::hours(23));
    EXPECT_EQ(tidied().hosts, 0);
    EXPECT_EQ(hosts(), 2u);
    clock_.advance(std::chrono::hours(24 * 3));
    EXPECT_EQ(tidied().hosts, 1);
    EXPECT_EQ(hosts(), 1u);
    ASSERT_TRUE(away.login().ok());
    ASSERT_TRUE(away.enrolHost().ok());
    EXPECT_EQ(hosts(), 2u);
    clock_.advance(std::chrono::hours(24 * 3));
    EXPECT_EQ(tidied().hosts, 0);
}

TEST_F(Upkeep, ALongForgottenSessionGoes) {
    auto ada = settled();
    clock_.advance(std::chrono::hours(24 * 364));
    EXPECT_EQ(tidied().sessions, 0);
    clock_.advance(std::chrono::hours(24 * 2));
    EXPECT_GT(tidied().sessions, 0);
    EXPECT_EQ(count("sessions"), 0);
}

TEST_F(Upkeep, WhatWasOpenedInASessionIsClosedLongAfterItsEnd) {
    auto ada = settled();
    const auto identity = ada.store();
    ASSERT_TRUE(identity.ok());
    const auto opened = ada.open(*identity);
    ASSERT_TRUE(opened.ok());
    clock_.advance(std::chrono::hours(24 * 200));
    EXPECT_EQ(tidied().sessions, 0);
    EXPECT_TRUE(ada.store(test::Individual::fileOf(*identity), opened->grant).ok());
}

TEST_F(Upkeep, NewsBeyondTheNewestTenThousandGo) {
    settled();
    alter("INSERT INTO events (organization, sequence, kind, subject, at) WITH RECURSIVE n(i) AS "
          "(SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10700) "
          "SELECT o.id, n.i, 'users', '', 0 FROM organizations o, n");
    alter("UPDATE organizations SET events = 10700");
    EXPECT_EQ(tidied().events, 700);
    EXPECT_EQ(count("events WHERE sequence <= 700"), 0);
    EXPECT_EQ(count("events"), 10'000);
}

TEST_F(Upkeep, ASoundDatabaseHasNoFault) {
    auto ada = settled();
    const auto identity = ada.store();
    ASSERT_TRUE(identity.ok());
    ASSERT_TRUE(ada.store(test::Individual::fileOf(*identity)).ok());
    ASSERT_TRUE(ada.begin().ok());
    EXPECT_THAT(faults(), IsEmpty());
}

TEST_F(Upkeep, AStoredVersionWithoutItsAuditRowIsAFault) {
    auto ada = settled();
    ASSERT_TRUE(ada.store().ok());
    alter("DELETE FROM audit WHERE operation = 'file.commit'");
    EXPECT_THAT(faults(), ElementsAre(HasSubstr("1 stored versions lack the audit row")));
}

TEST_F(Upkeep, ARootOfSharesThatTheMasterKeyDoesNotOpenIsAFault) {
    settled();
    alter("UPDATE share_roots SET sealed = zeroblob(60)");
    EXPECT_THAT(faults(), ElementsAre(HasSubstr("not sealed under this master key")));
}

TEST_F(Upkeep, AnAuditRowWithAMadeUpResultIsAFault) {
    settled();
    alter("UPDATE audit SET result = 'fine' WHERE sequence = 1");
    EXPECT_THAT(faults(), ElementsAre(HasSubstr("no word of this version")));
}

class Licence : public Upkeep {
protected:
    ErrorCode refusal(const LicenceChanges& changes, std::string_view name = "Example") {
        const auto set = authority_->setLicence(name, changes);
        EXPECT_FALSE(set.ok());
        return set ? ErrorCode::internal : set.error().code;
    }
    OrganizationOverview overview() { return authority_->organizations()->front(); }

    const test::Founding founding_{.organization = {"Example", "ada@example.org", 5, 4096, true},
                                   .authority = *authority_,
                                   .kodiac = *authority_,
                                   .random = random_};
    Result<test::Member> ada_ = test::foundOrganization(founding_);
};

TEST_F(Licence, ChangesWhatIsGivenAndIsAudited) {
    ASSERT_TRUE(authority_->setLicence("EXAMPLE", {.seats = 7, .quotaMegabytes = {}, .recover = false}).ok());
    EXPECT_EQ(overview().seats, 7u);
    EXPECT_EQ(overview().quotaMegabytes, 4096u);
    EXPECT_FALSE(overview().recover);
    EXPECT_EQ(count("audit WHERE operation = 'operator.set-licence' AND organization IS NOT NULL"), 1);
}

TEST_F(Licence, IsOfAnOrganizationThatIsThere) {
    EXPECT_EQ(refusal({.seats = 7, .quotaMegabytes = {}, .recover = {}}, "Nobody"), ErrorCode::notFound);
}

TEST_F(Licence, HasNoFewerSeatsThanAreInUse) {
    ASSERT_TRUE(ada_.ok());
    ASSERT_TRUE(test::bringIn(founding_, *ada_, "bob@example.org").ok());
    EXPECT_EQ(refusal({.seats = 1, .quotaMegabytes = {}, .recover = {}}), ErrorCode::noSeat);
    EXPECT_EQ(refusal({.seats = 0, .quotaMegabytes = {}, .recover = {}}), ErrorCode::invalidInput);
    EXPECT_EQ(overview().seats, 5u);
    EXPECT_TRUE(authority_->setLicence("Example", {.seats = 2, .quotaMegabytes = {}, .recover = {}}).ok());
}

TEST_F(Licence, HasNoLessQuotaThanAccountsWereGiven) {
    EXPECT_EQ(refusal({.seats = {}, .quotaMegabytes = 1023, .recover = {}}), ErrorCode::quotaExceeded);
    EXPECT_EQ(overview().quotaMegabytes, 4096u);
    EXPECT_TRUE(authority_->setLicence("Example", {.seats = {}, .quotaMegabytes = 1024, .recover = {}}).ok());
}

TEST_F(Upkeep, ANewCodeOfTheAdministratorVoidsTheOldOne) {
    const auto old = authority_->createOrganization({"Example", "ada@example.org", 5, 4096, true});
    const auto renewed = authority_->renewAdministratorCode("example");
    ASSERT_TRUE(renewed.ok()) << renewed.error().message;
    test::Member ada(*authority_, random_, "ada@example.org");
    EXPECT_FALSE(ada.registerWith(*old).ok());
    EXPECT_TRUE(ada.registerWith(*renewed).ok());
    const auto late = authority_->renewAdministratorCode("Example");
    ASSERT_FALSE(late.ok());
    EXPECT_EQ(late.error().code, ErrorCode::conflict);
}

TEST_F(Upkeep, AMailedCodeHoldsAsLongAsTheOperatorSays) {
    AuthoritySettings settings;
    settings.registrationCodeLife = std::chrono::hours(48);
    authority_ = open(settings);
    const auto code = authority_->createOrganization({"Example", "ada@example.org", 5, 4096, true});
    clock_.advance(std::chrono::hours(47));
    test::Member ada(*authority_, random_, "ada@example.org");
    EXPECT_TRUE(ada.registerWith(*code).ok());
}

TEST_F(Upkeep, ACodeThatRanOutSaysHowLongItHeld) {
    AuthoritySettings settings;
    settings.registrationCodeLife = std::chrono::hours(48);
    authority_ = open(settings);
    const auto code = authority_->createOrganization({"Example", "ada@example.org", 5, 4096, true});
    authority_ = open({}); // which holds for codes of now
    clock_.advance(std::chrono::hours(48));
    test::Member ada(*authority_, random_, "ada@example.org");
    const auto late = ada.startRegistration(*code);
    ASSERT_FALSE(late.ok());
    EXPECT_NE(late.error().message.find("48 hours"), std::string::npos) << late.error().message;
}

TEST_F(Upkeep, WhatTheOperatorDidIsARowOfTheAuditTrail) {
    ASSERT_TRUE(authority_->recordOperatorAct("backup").ok());
    EXPECT_EQ(count("audit WHERE operation = 'operator.backup' AND result = 'ok' AND account IS NULL"), 1);
}

TEST_F(Upkeep, AMailSentAgainIsAuditedWithItAndARefusalIsNot) {
    ASSERT_TRUE(authority_->createOrganization({"Example", "ada@example.org", 5, 4096, true}).ok());
    const auto mails = authority_->outbox().list("", 10);
    ASSERT_EQ(mails->size(), 1u);
    const std::string rows =
        "audit WHERE operation = 'operator.resend-mail' AND account IS NULL AND subject IS NOT NULL "
        "AND organization IS NOT NULL";
    ASSERT_TRUE(authority_->outbox().sendAgain(mails->front().id).ok());
    EXPECT_EQ(count(rows), 1);
    clock_.advance(std::chrono::hours(25));
    EXPECT_FALSE(authority_->outbox().sendAgain(mails->front().id).ok());
    EXPECT_EQ(count(rows), 1);
}

TEST_F(Upkeep, AnEmptyDatabaseIsNoKodiacForWhomeverExpectsOne) {
    store::Options options;
    options.schema = authoritySchema();
    auto empty = store::Database::openSqlite(folder_ / "empty.db", *files_, clock_, std::move(options));
    ASSERT_TRUE(empty.ok());
    AuthoritySettings settings;
    settings.mayBegin = false;
    const auto opened = Authority::open(std::move(*empty), random_, crypto::SecretBytes(kMasterKeySize), settings);
    ASSERT_FALSE(opened.ok());
    EXPECT_EQ(opened.error().code, ErrorCode::notFound);
}

TEST_F(Upkeep, IndividualAccountsMayBeRefused) {
    AuthoritySettings settings;
    settings.individuals = false;
    authority_ = open(settings);
    test::Individual ada(*authority_, random_);
    const auto created = ada.create();
    ASSERT_FALSE(created.ok());
    EXPECT_EQ(created.error().code, ErrorCode::refused);
}

TEST_F(Upkeep, ADatabaseThatAnswersIsHealthy) { EXPECT_TRUE(authority_->health().ok()); }

} // namespace
} // namespace ssprotect::kodiac
