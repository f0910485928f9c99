#include "post_office.h"
#include "ssprotect/kodiac/mail_reason.h"

#include <set>
#include <thread>

#include <gmock/gmock.h>

namespace ssprotect::kodiac {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using testing::IsEmpty;
using testing::SizeIs;

/// Runs on each engine: what one promises the other must keep.
class OutboxTest : public testing::TestWithParam<Engine> {
protected:
    void SetUp() override {
        if (GetParam() == Engine::postgres && !support::PostgresSchema::isPossible())
            GTEST_SKIP() << support::PostgresSchema::whyNot();
        office_ = std::make_unique<PostOffice>(GetParam());
    }

    PostOffice& office() { return *office_; }
    void pass(Duration time) { office_->clock().advance(time); }
    void fail(const ClaimedMail& mail, bool permanent = false) {
        EXPECT_TRUE(office_->outbox().failed(mail, mailreason::kTryLater, permanent).ok());
    }

    std::unique_ptr<PostOffice> office_;
};

INSTANTIATE_TEST_SUITE_P(Engines, OutboxTest, testing::Values(Engine::sqlite, Engine::postgres),
                         [](const auto& each) { return each.param == Engine::sqlite ? "Sqlite" : "Postgres"; });

TEST_P(OutboxTest, AMailIsClaimedWithAllThatItNeedsToBeWritten) {
    office().queue(MailKind::registrationCode);
    const ClaimedMail mail = office().claimOne();
    EXPECT_EQ(mail.kind, MailKind::registrationCode);
    EXPECT_EQ(mail.recipient, "bob@example.org");
    EXPECT_EQ(mail.facts.at(std::string(fact::kActor)), "ada@example.org");
    EXPECT_EQ(textOf(mail.code.view()), kSampleCode);
    EXPECT_EQ(mail.attempts, 1u);
}

TEST_P(OutboxTest, AMailOfAnOperationThatIsRolledBackIsNotSent) {
    const auto undone = office().perform([&](Context& context) -> Status {
        queueMail(context, sampleMail(MailKind::validated));
        return makeError(ErrorCode::refused, "no");
    });
    EXPECT_FALSE(undone.ok());
    EXPECT_THAT(office().claim(), IsEmpty());
}

TEST_P(OutboxTest, ADeliveredMailIsNeverClaimedAgain) {
    office().queue(MailKind::validated);
    ASSERT_TRUE(office().outbox().delivered(office().claimOne()).ok());
    pass(days(10));
    EXPECT_THAT(office().claim(), IsEmpty());
    EXPECT_EQ(office().delivery(MailKind::validated)->state, DeliveryState::sent);
}

TEST_P(OutboxTest, AClaimedMailIsNobodyElsesUntilItsLeaseEnds) {
    office().queue(MailKind::validated);
    EXPECT_THAT(office().claim(100, minutes(5)), SizeIs(1));
    pass(minutes(4));
    EXPECT_THAT(office().claim(), IsEmpty());
    pass(minutes(2));
    const ClaimedMail again = office().claimOne();
    EXPECT_EQ(again.attempts, 2u);
}

TEST_P(OutboxTest, WhoLostTheLeaseCannotMarkAMailAsFailedThatSomebodyElseHas) {
    office().queue(MailKind::validated);
    const ClaimedMail first = office().claimOne();
    pass(minutes(6));
    const ClaimedMail second = office().claimOne();
    fail(first, true);
    EXPECT_TRUE(office().outbox().release(first).ok());
    EXPECT_THAT(office().claim(), IsEmpty()) << "the second still has it";
    EXPECT_EQ(office().delivery(MailKind::validated)->state, DeliveryState::waiting);
    ASSERT_TRUE(office().outbox().delivered(second).ok());
    EXPECT_EQ(office().delivery(MailKind::validated)->state, DeliveryState::sent);
}

TEST_P(OutboxTest, AMailThatArrivedAfterAllCountsAsSentThoughItsLeaseWasLost) {
    office().queue(MailKind::validated);
    const ClaimedMail first = office().claimOne();
    pass(minutes(6));
    const ClaimedMail second = office().claimOne();
    ASSERT_TRUE(office().outbox().delivered(first).ok());
    fail(second);
    EXPECT_EQ(office().delivery(MailKind::validated)->state, DeliveryState::sent);
}

TEST_P(OutboxTest, AMailThatIsGivenBackIsClaimedAtOnceAndCountsNoAttempt) {
    office().queue(MailKind::validated);
    ASSERT_TRUE(office().outbox().release(office().claimOne()).ok());
    EXPECT_EQ(office().claimOne().attempts, 1u);
}

TEST_P(OutboxTest, AFailureIsTriedAgainAfterPausesThatGrowToFourHours) {
    office().queue(MailKind::validated);
    for (const auto pause : {1, 2, 4, 8, 16, 32, 64, 128, 240, 240}) {
        fail(office().claimOne());
        pass(minutes(pause) - seconds(20));
        EXPECT_THAT(office().claim(), IsEmpty()) << pause;
        pass(seconds(21));
    }
    EXPECT_EQ(office().claimOne().attempts, 11u);
}

TEST_P(OutboxTest, WhileAMailWaitsItsLastFailureIsSeen) {
    office().queue(MailKind::validated);
    fail(office().claimOne());
    const auto delivery = office().delivery(MailKind::validated);
    EXPECT_EQ(delivery->state, DeliveryState::waiting);
    EXPECT_EQ(delivery->attempts, 1u);
    EXPECT_EQ(delivery->error, mailreason::kTryLater);
}

TEST_P(OutboxTest, AfterThreeDaysOfFailuresAMailIsGivenUp) {
    office().queue(MailKind::validated);
    Duration spent{};
    while (office().delivery(MailKind::validated)->state == DeliveryState::waiting && spent < days(4)) {
        for (const ClaimedMail& mail : office().claim())
            fail(mail);
        pass(hours(1));
        spent += hours(1);
    }
    EXPECT_GE(spent, days(3));
    EXPECT_LE(spent, days(3) + hours(5));
    EXPECT_EQ(office().delivery(MailKind::validated)->state, DeliveryState::failed);
}

TEST_P(OutboxTest, ADaemonThatWasOffForAWeekStillTriesMoreThanOnce) {
    office().queue(MailKind::validated);
    pass(days(7));
    fail(office().claimOne());
    EXPECT_EQ(office().delivery(MailKind::validated)->state, DeliveryState::waiting);
}

TEST_P(OutboxTest, APermanentFailureIsNotTriedAgain) {
    office().queue(MailKind::validated);
    fail(office().claimOne(), true);
    pass(days(1));
    EXPECT_THAT(office().claim(), IsEmpty());
    EXPECT_EQ(office().delivery(MailKind::validated)->state, DeliveryState::failed);
}

TEST_P(OutboxTest, TheCodeLiesSealedAndIsForgottenOnceItIsSent) {
    office().queue(MailKind::registrationCode);
    EXPECT_EQ(office().text("SELECT facts FROM mails").find(kSampleCode), std::string::npos);
    EXPECT_EQ(office().number("SELECT COUNT(*) FROM mails WHERE sealed IS NOT NULL"), 1);
    ASSERT_TRUE(office().outbox().delivered(office().claimOne()).ok());
    EXPECT_EQ(office().number("SELECT COUNT(*) FROM mails WHERE sealed IS NOT NULL"), 0);
}

TEST_P(OutboxTest, ACodeThatWasMovedToAnotherMailIsNotSent) {
    office().queue(MailKind::registrationCode);
    office().alter("UPDATE mails SET sealed = (SELECT sealed FROM mails LIMIT 1), id = "
                   "(SELECT account FROM mails LIMIT 1)");
    EXPECT_THAT(office().claim(), IsEmpty());
    EXPECT_EQ(office().delivery(MailKind::registrationCode)->error, mailreason::kIntegrity);
}

TEST_P(OutboxTest, ACodeThatRanOutIsNotSentAndTheMailSaysWhy) {
    office().queue(MailKind::registrationCode);
    pass(hours(25));
    EXPECT_THAT(office().claim(), IsEmpty());
    const auto delivery = office().delivery(MailKind::registrationCode);
    EXPECT_EQ(delivery->state, DeliveryState::failed);
    EXPECT_EQ(delivery->error, mailreason::kExpired);
    EXPECT_EQ(office().number("SELECT COUNT(*) FROM mails WHERE sealed IS NOT NULL"), 0);
}

TEST_P(OutboxTest, ANewCodeTakesThePlaceOfOneThatStillWaits) {
    office().queue(MailKind::registrationCode);
    pass(minutes(1));
    OutgoingMail second = sampleMail(MailKind::registrationCode);
    second.code = crypto::SecretBytes::copyOf(viewOf("second"));
    office().queue(second);
    EXPECT_EQ(textOf(office().claimOne().code.view()), "second");
}

TEST_P(OutboxTest, MailsWithoutACodeDoNotTakeEachOthersPlace) {
    office().queue(MailKind::roleChanged);
    office().queue(MailKind::roleChanged);
    EXPECT_THAT(office().claim(), SizeIs(2));
}

TEST_P(OutboxTest, WhatIsAboutARemovedAccountIsWithdrawn) {
    office().queue(MailKind::registrationCode);
    office().queue(MailKind::validated);
    ASSERT_TRUE(office()
                    .perform([&](Context& context) -> Status {
                        withdrawMails(context, office().account());
                        return {};
                    })
                    .ok());
    EXPECT_THAT(office().claim(), IsEmpty());
}

TEST_P(OutboxTest, SendingAFailedMailAgainStartsItsAttemptsAnew) {
    office().queue(MailKind::registrationCode);
    fail(office().claimOne(), true);
    EXPECT_TRUE(office().resend(MailKind::registrationCode));
    const ClaimedMail mail = office().claimOne();
    EXPECT_EQ(mail.attempts, 1u);
    EXPECT_EQ(textOf(mail.code.view()), kSampleCode);
}

TEST_P(OutboxTest, SendingADeliveredMailAgainMakesANewOne) {
    office().queue(MailKind::validated);
    const ClaimedMail first = office().claimOne();
    ASSERT_TRUE(office().outbox().delivered(first).ok());
    pass(minutes(1));
    EXPECT_TRUE(office().resend(MailKind::validated));
    const ClaimedMail second = office().claimOne();
    EXPECT_NE(second.id, first.id);
    EXPECT_EQ(second.recipient, first.recipient);
}

TEST_P(OutboxTest, ACodeThatWentOutOrRanOutIsNotSentAgain) {
    EXPECT_FALSE(office().resend(MailKind::registrationCode)) << "there was none";
    office().queue(MailKind::registrationCode);
    ASSERT_TRUE(office().outbox().delivered(office().claimOne()).ok());
    EXPECT_FALSE(office().resend(MailKind::registrationCode)) << "it went out";
    office().queue(MailKind::passwordReset);
    fail(office().claimOne(), true);
    pass(hours(25));
    EXPECT_FALSE(office().resend(MailKind::passwordReset)) << "it ran out";
}

TEST_P(OutboxTest, ListsHaveTheLatestDeliveryOfEachAccountThatTheyAskFor) {
    office().queue(MailKind::registrationCode);
    ASSERT_TRUE(office().outbox().delivered(office().claimOne()).ok());
    pass(minutes(1));
    office().queue(MailKind::registrationCode);
    OutgoingMail other = sampleMail(MailKind::registrationCode);
    other.organization = office().organization();
    other.account = *AccountId::fromBytes(viewOf("0123456789abcdef"));
    ASSERT_TRUE(office()
                    .perform([&](Context& context) -> Status {
                        queueMail(context, other);
                        return {};
                    })
                    .ok());
    const std::vector<AccountId> asked{office().account(), *AccountId::fromBytes(viewOf("fedcba9876543210"))};
    std::map<AccountId, Delivery> deliveries;
    ASSERT_TRUE(office()
                    .perform([&](Context& context) -> Status {
                        deliveries = deliveriesOf(context, asked, MailKind::registrationCode);
                        return {};
                    })
                    .ok());
    ASSERT_THAT(deliveries, SizeIs(1));
    EXPECT_EQ(deliveries.begin()->first, office().account());
    EXPECT_EQ(deliveries.begin()->second.state, DeliveryState::waiting);
}

TEST_P(OutboxTest, OldMailsAndCodesNobodyCanUseAreForgotten) {
    office().queue(MailKind::validated);
    ASSERT_TRUE(office().outbox().delivered(office().claimOne()).ok());
    office().queue(MailKind::registrationCode);
    fail(office().claimOne(), true);
    pass(days(4));
    EXPECT_EQ(*office().outbox().forget(days(30)), 0);
    EXPECT_EQ(office().number("SELECT COUNT(*) FROM mails WHERE sealed IS NOT NULL"), 0);
    office().queue(MailKind::dismissed);
    pass(days(40));
    EXPECT_EQ(*office().outbox().forget(days(30)), 2);
    EXPECT_THAT(office().claim(), SizeIs(1)) << "what waits is kept";
}

TEST_P(OutboxTest, PrivilegedUsersAndEverybodyAreWrittenToOneByOne) {
    office().alter("INSERT INTO organizations (id, root, share_epoch, key_epoch, created) SELECT id, id, 1, 1, 0 FROM "
                   "(SELECT CAST('0123456789abcdef' AS BLOB) AS id) AS one");
    const auto organization = *OrganizationId::fromBytes(viewOf("0123456789abcdef"));
    const auto add = [&](const std::string& name, const std::string& privilege, const std::string& state,
                         bool disabled) {
        const auto id = AccountId::fromBytes(viewOf(name));
        ASSERT_TRUE(id.ok());
        ASSERT_TRUE(office()
                        .perform([&](Context& context) -> Status {
                            context.sql.execute(
                                "INSERT INTO accounts (id, organization, email, email_key, state, privilege, "
                                "software_id, signing, agreement, mode, created, disabled) "
                                "VALUES ($1, $2, $3, $3, $4, $5, $3, $1, $1, 0, 0, $6)",
                                {*id, organization, name.substr(0, 4) + "@example.org", state, privilege, disabled});
                            return {};
                        })
                        .ok());
    };
    add("anna000000000000", "administrator", "validated", false);
    add("bert000000000000", "delegate", "validated", false);
    add("cora000000000000", "delegate", "validated", true);
    add("dora000000000000", "delegate", "registered", false);
    add("emil000000000000", "user", "validated", false);
    const auto recipients = [&](auto queue) {
        EXPECT_TRUE(office()
                        .perform([&](Context& context) -> Status {
                            auto mail = sampleMail(MailKind::lockdownEngaged, "");
                            mail.organization = organization;
                            queue(context, std::move(mail));
                            return {};
                        })
                        .ok());
        std::set<std::string> found;
        for (const ClaimedMail& mail : office().claim())
            found.insert(mail.recipient);
        return found;
    };
    EXPECT_THAT(recipients(queueMailToPrivilegedUsers), testing::ElementsAre("anna@example.org", "bert@example.org"));
    EXPECT_THAT(recipients(queueMailToEverybody),
                testing::ElementsAre("anna@example.org", "bert@example.org", "cora@example.org", "emil@example.org"));
}

TEST_P(OutboxTest, TwoDaemonsNeverHaveTheSameMail) {
    constexpr int kMails = 60;
    for (int i = 0; i < kMails; ++i)
        office().queue(MailKind::validated, "user" + std::to_string(i) + "@example.org");
    const auto other = office().openAnother();
    std::vector<MailId> taken[2];
    const auto take = [&](std::vector<MailId>& into, Outbox outbox) {
        while (static_cast<int>(into.size()) < kMails) {
            const auto mails = outbox.claim(3, minutes(5));
            ASSERT_TRUE(mails.ok());
            if (mails->empty())
                break;
            for (const ClaimedMail& mail : *mails)
                into.push_back(mail.id);
        }
    };
    std::thread first([&] { take(taken[0], office().outbox()); });
    std::thread second([&] { take(taken[1], office().outboxOf(*other)); });
    first.join();
    second.join();
    std::set<MailId> all(taken[0].begin(), taken[0].end());
    all.insert(taken[1].begin(), taken[1].end());
    for (const ClaimedMail& mail : office().claim()) // one that came second found nothing in its batch and stopped
        all.insert(mail.id);
    EXPECT_THAT(all, SizeIs(kMails));
    EXPECT_LE(taken[0].size() + taken[1].size(), all.size());
    EXPECT_EQ(office().number("SELECT MAX(attempts) FROM mails"), 1);
}

} // namespace
} // namespace ssprotect::kodiac
