#include "fake_transport.h"
#include "mail_server.h"
#include "post_office.h"
#include "ssprotect/kodiac/mail/folder_transport.h"
#include "ssprotect/kodiac/mail/mail_worker.h"
#include "ssprotect/kodiac/mail_reason.h"

#include <set>
#include <thread>

#include <gmock/gmock.h>

namespace ssprotect::kodiac::mail {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using testing::IsEmpty;
using testing::SizeIs;

class MailDispatcherTest : public testing::Test {
protected:
    MailDispatcher dispatcher(std::unique_ptr<MailTransport> transport) {
        return {office_.outbox(), sampleComposer(), std::move(transport), office_.clock(), makeNullLog()};
    }
    MailDispatcher dispatcher(FakeTransport::Answer answer = {}) {
        return dispatcher(std::make_unique<FakeTransport>(sent_, std::move(answer)));
    }
    static void sendAll(MailDispatcher& dispatcher) {
        for (;;) {
            const auto claimed = dispatcher.sendDue({});
            ASSERT_TRUE(claimed.ok()) << claimed.error().message;
            if (*claimed == 0)
                return;
        }
    }
    std::string messageIdOf(std::size_t number) const {
        const std::string message = sent_.all().at(number).message;
        const auto begin = message.find("Message-ID: ");
        return message.substr(begin, message.find("\r\n", begin) - begin);
    }

    PostOffice office_;
    SentMails sent_;
};

TEST_F(MailDispatcherTest, WhatIsDueIsSentAndMarked) {
    for (std::size_t kind = 0; kind < kMailKinds; ++kind)
        office_.queue(static_cast<MailKind>(kind));
    auto mails = dispatcher();
    sendAll(mails);
    EXPECT_THAT(sent_.all(), SizeIs(kMailKinds));
    EXPECT_EQ(office_.number("SELECT COUNT(*) FROM mails WHERE state = 'sent'"), kMailKinds);
}

TEST_F(MailDispatcherTest, AServerThatSaysLaterGetsTheSameMailAgainLater) {
    office_.queue(MailKind::registrationCode);
    int attempts = 0;
    auto mails = dispatcher([&](const auto&, const auto&) -> SendingResult {
        return ++attempts == 1 ? SendingResult{Sending::tryAgain, "try-later 451"} : SendingResult{};
    });
    sendAll(mails);
    EXPECT_EQ(office_.delivery(MailKind::registrationCode)->error, "try-later 451");
    office_.clock().advance(minutes(2));
    sendAll(mails);
    EXPECT_EQ(office_.delivery(MailKind::registrationCode)->state, DeliveryState::sent);
    ASSERT_THAT(sent_.all(), SizeIs(2));
    EXPECT_EQ(sent_.all()[0].message, sent_.all()[1].message);
}

TEST_F(MailDispatcherTest, ARefusalIsFinalAndSeen) {
    office_.queue(MailKind::validated);
    auto mails = dispatcher([](const auto&, const auto&) -> SendingResult {
        return {Sending::refused, "recipient-refused 550"};
    });
    sendAll(mails);
    EXPECT_EQ(office_.delivery(MailKind::validated)->state, DeliveryState::failed);
    EXPECT_EQ(office_.delivery(MailKind::validated)->error, "recipient-refused 550");
}

TEST_F(MailDispatcherTest, OneMailThatCannotBeSentHoldsUpNoOther) {
    for (int i = 0; i < 5; ++i)
        office_.queue(MailKind::validated, "user" + std::to_string(i) + "@example.org");
    auto mails = dispatcher([](const MailEnvelope& envelope, const auto&) -> SendingResult {
        return envelope.recipient == "user0@example.org" ? SendingResult{Sending::tryAgain, "try-later 451"}
                                                         : SendingResult{};
    });
    sendAll(mails);
    EXPECT_EQ(office_.number("SELECT COUNT(*) FROM mails WHERE state = 'sent'"), 4);
}

TEST_F(MailDispatcherTest, AMailThatWasChangedInTheDatabaseAddsNoHeader) {
    office_.queue(MailKind::validated);
    office_.alter("UPDATE mails SET recipient = 'bob@example.org' || char(13) || char(10) || 'Bcc: eve@example.org'");
    auto mails = dispatcher();
    sendAll(mails);
    EXPECT_THAT(sent_.all(), IsEmpty());
    EXPECT_EQ(office_.delivery(MailKind::validated)->error, mailreason::kInvalid);
}

TEST_F(MailDispatcherTest, WhoDiesBetweenSendingAndMarkingSendsItAgainUnderTheSameMessageId) {
    office_.queue(MailKind::validated);
    const auto dying = office_.claim(); // and never heard of again
    ASSERT_THAT(dying, SizeIs(1));
    FakeTransport(sent_).send({}, viewOf(""), {});
    auto mails = dispatcher();
    sendAll(mails);
    EXPECT_THAT(sent_.all(), SizeIs(1)) << "the lease holds";
    office_.clock().advance(minutes(6));
    sendAll(mails);
    ASSERT_THAT(sent_.all(), SizeIs(2));
    EXPECT_EQ(messageIdOf(1), "Message-ID: <" + dying[0].id.hex() + "@kodiac.example.org>");
}

TEST_F(MailDispatcherTest, BeingStoppedGivesTheRestOfTheBatchBackUntried) {
    for (int i = 0; i < 4; ++i)
        office_.queue(MailKind::validated);
    std::stop_source stop;
    auto mails = dispatcher([&](const auto&, const auto&) -> SendingResult {
        stop.request_stop();
        return {Sending::stopped, {}};
    });
    EXPECT_TRUE(mails.sendDue(stop.get_token()).ok());
    EXPECT_THAT(sent_.all(), SizeIs(1));
    EXPECT_EQ(office_.number("SELECT MAX(attempts) FROM mails"), 0);
    EXPECT_THAT(office_.claim(), SizeIs(4));
}

TEST_F(MailDispatcherTest, ALongSendingKeepsNobodysMailBeyondItsLease) {
    for (int i = 0; i < 2; ++i)
        office_.queue(MailKind::validated);
    auto mails = dispatcher([&](const auto&, const auto&) -> SendingResult {
        office_.clock().advance(hours(1));
        return {};
    });
    EXPECT_TRUE(mails.sendDue({}).ok());
    EXPECT_THAT(sent_.all(), SizeIs(1)) << "the second may be somebody else's by now";
    sendAll(mails);
    EXPECT_THAT(sent_.all(), SizeIs(2));
}

TEST(MailFaults, WhicheverStatementFailsTheMailIsSentAndAtMostTwice) {
    bool failed = true;
    for (int n = 1; failed; ++n) {
        PostOffice office;
        SentMails sent;
        office.queue(MailKind::registrationCode);
        MailDispatcher mails(office.outbox(), sampleComposer(), std::make_unique<FakeTransport>(sent), office.clock(),
                             makeNullLog());
        office.failStatement(n);
        const bool first = mails.sendDue({}).ok();
        failed = office.failStatement(0) >= n;
        EXPECT_NE(first, failed) << n;
        office.clock().advance(minutes(6));
        EXPECT_TRUE(mails.sendDue({}).ok()) << n;
        EXPECT_EQ(office.delivery(MailKind::registrationCode)->state, DeliveryState::sent) << n;
        ASSERT_THAT(sent.all(), testing::AnyOf(SizeIs(1), SizeIs(2))) << n;
        EXPECT_EQ(sent.all().front().message, sent.all().back().message) << n;
        ASSERT_LT(n, 100);
    }
}

TEST_F(MailDispatcherTest, AFolderHoldsOneFilePerMailWhateverHappensTwice) {
    const auto files = platform::makeSystemFiles();
    const auto folder = office_.folder() / "mails";
    FolderTransport transport(*files, folder);
    const MailEnvelope envelope{*MailId::fromHexText("000102030405060708090a0b0c0d0e0f"), MailKind::validated,
                                TimePoint{Duration{1'770'000'000'000}}, "kodiac@example.org", "bob@example.org"};
    EXPECT_EQ(transport.send(envelope, viewOf("first"), {}).result, Sending::delivered);
    EXPECT_EQ(transport.send(envelope, viewOf("again"), {}).result, Sending::delivered);
    const auto entries = files->list(folder);
    ASSERT_THAT(*entries, SizeIs(1));
    EXPECT_EQ(entries->front().name, "20260202T024000Z-validated-000102030405060708090a0b0c0d0e0f.eml");
    EXPECT_EQ(textOf(*platform::readWhole(*files, folder / entries->front().name, 100)), "again");
    EXPECT_TRUE(files->info(folder / entries->front().name)->ownerOnly);
}

TEST_F(MailDispatcherTest, AFolderThatCannotBeWrittenKeepsTheMailWaiting) {
    office_.queue(MailKind::validated);
    const auto files = platform::makeSystemFiles();
    ASSERT_TRUE(platform::writeWhole(*files, office_.folder() / "file", viewOf("")).ok());
    auto mails = dispatcher(std::make_unique<FolderTransport>(*files, office_.folder() / "file" / "below"));
    sendAll(mails);
    EXPECT_EQ(office_.delivery(MailKind::validated)->state, DeliveryState::waiting);
    EXPECT_EQ(office_.delivery(MailKind::validated)->error, mailreason::kFolder);
}

TEST_F(MailDispatcherTest, TheOutboxOfAnAuthorityIsTheOneThatItsOperationsFill) {
    crypto::SystemRandom random;
    office_.queue(MailKind::registrationCode);
    auto authority =
        Authority::open(office_.openAnother(), random, crypto::SecretBytes::copyOf(Bytes(kMasterKeySize, 0x5a)));
    ASSERT_TRUE(authority.ok()) << authority.error().message;
    const auto mails = (*authority)->outbox().claim(10, minutes(1));
    ASSERT_THAT(*mails, SizeIs(1));
    EXPECT_EQ(textOf(mails->front().code.view()), kSampleCode);
}

class MailWorkerTest : public MailDispatcherTest {
protected:
    std::unique_ptr<MailWorker> worker(FakeTransport::Answer answer = {}, Duration interval = hours(1)) {
        return std::make_unique<MailWorker>(dispatcher(std::move(answer)), makeNullLog(), interval);
    }
};

TEST_F(MailWorkerTest, WhatWaitedBeforeTheStartIsSent) {
    office_.queue(MailKind::validated);
    const auto running = worker();
    sent_.waitFor(1);
}

TEST_F(MailWorkerTest, ANudgeMakesItLookAtOnce) {
    office_.queue(MailKind::validated);
    const auto running = worker();
    sent_.waitFor(1);
    office_.queue(MailKind::dismissed);
    running->nudge();
    sent_.waitFor(2);
}

TEST_F(MailWorkerTest, WithoutANudgeItLooksNowAndThen) {
    const auto running = worker({}, std::chrono::milliseconds(5));
    office_.queue(MailKind::validated);
    sent_.waitFor(1);
}

TEST_F(MailWorkerTest, ItStopsInTheMiddleOfASendingThatWouldNeverEndAndLosesNothing) {
    office_.queue(MailKind::validated);
    {
        const auto running = worker([](const auto&, const std::stop_token& stop) -> SendingResult {
            std::mutex mutex;
            std::unique_lock lock(mutex);
            std::condition_variable_any stopped;
            stopped.wait(lock, stop, [] { return false; });
            return {Sending::stopped, {}};
        });
        sent_.waitFor(1);
    }
    EXPECT_THAT(office_.claim(), SizeIs(1));
}

TEST_F(MailWorkerTest, TwoDaemonsOnOneDatabaseSendEachMailOnce) {
    constexpr int kMails = 40;
    for (int i = 0; i < kMails; ++i)
        office_.queue(MailKind::validated, "user" + std::to_string(i) + "@example.org");
    const auto other = office_.openAnother();
    {
        const MailWorker first(dispatcher(), makeNullLog(), std::chrono::milliseconds(1));
        const MailWorker second(MailDispatcher(office_.outboxOf(*other), sampleComposer(),
                                               std::make_unique<FakeTransport>(sent_), office_.clock(), makeNullLog()),
                                makeNullLog(), std::chrono::milliseconds(1));
        sent_.waitFor(kMails);
    }
    std::set<std::string> recipients;
    for (const auto& mail : sent_.all())
        recipients.insert(mail.envelope.recipient);
    EXPECT_THAT(recipients, SizeIs(kMails));
    EXPECT_THAT(sent_.all(), SizeIs(kMails));
    EXPECT_EQ(office_.number("SELECT COUNT(*) FROM mails WHERE state = 'sent'"), kMails);
}

/// Real mail servers at the other end.
class MailDeliveryTest : public MailDispatcherTest {
protected:
    /// Sends what is due, then lets time pass and does so again, so many times.
    void sendOverTime(const MailServer& server, int times, Duration timeout = std::chrono::seconds(30)) {
        auto settings = server.settings();
        settings.totalTimeout = timeout;
        auto mails = dispatcher(server.transport(std::move(settings)));
        for (int i = 0; i < times; ++i) {
            sendAll(mails);
            office_.clock().advance(minutes(10));
        }
    }
    void queueThree() {
        for (const auto* recipient : {"anna@example.org", "bert@example.org", "cora@example.org"})
            office_.queue(MailKind::validated, recipient);
    }
    std::int64_t sentCount() { return office_.number("SELECT COUNT(*) FROM mails WHERE state = 'sent'"); }
};

TEST_F(MailDeliveryTest, AGreylistingServerHasEachMailOnceInTheEnd) {
    queueThree();
    const MailServer server("greylist");
    sendOverTime(server, 2);
    EXPECT_EQ(sentCount(), 3);
    EXPECT_THAT(server.mails(), SizeIs(3));
    EXPECT_EQ(server.events("later"), 3);
}

TEST_F(MailDeliveryTest, AServerThatDiesInMidMessageHasEachMailOnceInTheEnd) {
    queueThree();
    const MailServer server("die-in-message");
    sendOverTime(server, 2);
    EXPECT_EQ(sentCount(), 3);
    EXPECT_THAT(server.mails(), SizeIs(3));
    EXPECT_EQ(server.events("die"), 1);
}

TEST_F(MailDeliveryTest, AServerThatDiesBeforeItsAnswerHasThatOneMailTwiceAndRecognisesIt) {
    queueThree();
    const MailServer server("die-before-answer");
    sendOverTime(server, 2);
    EXPECT_EQ(sentCount(), 3);
    const auto mails = server.mails();
    ASSERT_THAT(mails, SizeIs(4));
    EXPECT_THAT(std::set<std::string>(mails.begin(), mails.end()), SizeIs(3)) << "the same message to the last byte";
}

TEST_F(MailDeliveryTest, AServerThatHangsOnceLosesNothing) {
    queueThree();
    const MailServer server("hang");
    sendOverTime(server, 2, std::chrono::milliseconds(1500));
    EXPECT_EQ(sentCount(), 3);
    EXPECT_THAT(server.mails(), SizeIs(3));
}

TEST_F(MailDeliveryTest, ARefusedRecipientIsFailedAndTheServersWordsStayWithTheServer) {
    office_.queue(MailKind::validated);
    const MailServer server("refuse-recipient");
    sendOverTime(server, 2);
    const auto delivery = office_.delivery(MailKind::validated);
    EXPECT_EQ(delivery->state, DeliveryState::failed);
    EXPECT_EQ(delivery->attempts, 1u);
    EXPECT_EQ(delivery->error, "recipient-refused 550");
}

TEST_F(MailDeliveryTest, AServerThatIsDownForHoursGetsAllWhenItIsBack) {
    queueThree();
    SmtpSettings settings;
    {
        const MailServer gone;
        settings = gone.settings();
    }
    SystemClock clock;
    auto down = dispatcher(std::move(*SmtpTransport::make(std::move(settings), clock)));
    for (int hour = 0; hour < 12; ++hour) {
        sendAll(down);
        office_.clock().advance(hours(1));
    }
    EXPECT_EQ(office_.number("SELECT COUNT(*) FROM mails WHERE error = 'server-unreachable' AND state = 'waiting'"), 3);
    office_.clock().advance(hours(4));
    const MailServer server;
    sendOverTime(server, 1);
    EXPECT_EQ(sentCount(), 3);
    EXPECT_THAT(server.mails(), SizeIs(3));
}

} // namespace
} // namespace ssprotect::kodiac::mail
