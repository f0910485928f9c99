#include "mail_server.h"
#include "ssprotect/kodiac/mail_reason.h"
#include "ssprotect/platform/secret_file.h"

#include <thread>

#include <gmock/gmock.h>

namespace ssprotect::kodiac::mail {
namespace {

using Tls = MailServer::Tls;
using testing::EndsWith;
using testing::HasSubstr;
using testing::SizeIs;

constexpr std::string_view kMessage = "From: <kodiac@example.org>\r\nTo: <bob@example.org>\r\nSubject: x\r\n\r\n"
                                      ".a line with a dot\r\n..\r\n.\r\nthe end\r\n";

SendingResult send(SmtpTransport& transport, std::string_view message = kMessage, std::stop_token stop = {}) {
    MailEnvelope envelope;
    envelope.from = "kodiac@example.org";
    envelope.recipient = "bob@example.org";
    return transport.send(envelope, viewOf(message), std::move(stop));
}

TEST(SmtpTransport, AMailGoesThroughStartTlsAndLoginAndArrivesAsItIs) {
    MailServer server;
    const auto transport = server.transport();
    EXPECT_EQ(send(*transport).result, Sending::delivered);
    EXPECT_THAT(server.mails(), testing::ElementsAre(std::string(kMessage)));
    EXPECT_EQ(server.events("mail from kodiac@example.org to bob@example.org"), 1);
    EXPECT_EQ(server.events("login good"), 1);
    EXPECT_EQ(server.events("hello kodiac.example.org tls"), 1);
}

TEST(SmtpTransport, TlsFromTheFirstByteAndNoneAtAllOnThisMachineWorkToo) {
    for (const auto tls : {Tls::atOnce, Tls::none}) {
        MailServer server("good", tls, false);
        EXPECT_EQ(send(*server.transport()).result, Sending::delivered);
        EXPECT_THAT(server.mails(), SizeIs(1));
    }
}

TEST(SmtpTransport, AServerThatNeverSaysGoodbyeHasTheMailAllTheSame) {
    MailServer server("no-goodbye");
    EXPECT_EQ(send(*server.transport()).result, Sending::delivered);
    EXPECT_THAT(server.mails(), SizeIs(1));
}

TEST(SmtpTransport, NothingIsSaidToAServerWithoutTls) {
    MailServer server("good", Tls::none);
    auto settings = server.settings();
    settings.safety = SmtpSafety::startTls;
    const auto sent = send(*server.transport(std::move(settings)));
    EXPECT_EQ(sent.result, Sending::tryAgain);
    EXPECT_EQ(sent.reason, mailreason::kTls);
    EXPECT_EQ(server.events("login"), 0);
    EXPECT_THAT(server.mails(), SizeIs(0));
}

TEST(SmtpTransport, ACertificateThatNobodyWeTrustSignedIsRefused) {
    MailServer server;
    const support::TempFolder folder;
    for (const auto& file : {makeCertificate(folder, "other", "IP:127.0.0.1").certificate, std::string()}) {
        auto settings = server.settings();
        settings.caFile = file;
        const auto sent = send(*server.transport(std::move(settings)));
        EXPECT_EQ(sent.result, Sending::tryAgain);
        EXPECT_EQ(sent.reason, mailreason::kTls);
    }
    EXPECT_EQ(server.events("login"), 0);
}

TEST(SmtpTransport, ACertificateForAnotherNameIsRefused) {
    MailServer server("good", Tls::startTls, true, "DNS:mail.example.org");
    EXPECT_EQ(send(*server.transport()).reason, mailreason::kTls);
    EXPECT_EQ(server.events("login"), 0);
}

TEST(SmtpTransport, AWrongPasswordIsTheOperatorsToMendAndLosesNoMail) {
    MailServer server;
    auto settings = server.settings();
    settings.password = crypto::SecretBytes::copyOf(viewOf("wrong"));
    const auto sent = send(*server.transport(std::move(settings)));
    EXPECT_EQ(sent.result, Sending::tryAgain);
    EXPECT_THAT(sent.reason, testing::StartsWith(mailreason::kLogin));
    EXPECT_EQ(server.events("login bad"), 1);
}

TEST(SmtpTransport, AServerThatWantsALoginWeHaveNoneForIsTriedAgain) {
    MailServer server;
    auto settings = server.settings();
    settings.user.clear();
    const auto sent = send(*server.transport(std::move(settings)));
    EXPECT_EQ(sent.result, Sending::tryAgain);
    EXPECT_EQ(sent.reason, std::string(mailreason::kLogin) + " 530");
}

struct Refusal {
    std::string mode;
    Sending result;
    std::string reason;
};
void PrintTo(const Refusal& refusal, std::ostream* out) { *out << refusal.mode; }

class RefusingServerTest : public testing::TestWithParam<Refusal> {};

INSTANTIATE_TEST_SUITE_P(Modes, RefusingServerTest,
                         testing::Values(Refusal{"refuse-recipient", Sending::refused, "recipient-refused 550"},
                                         Refusal{"refuse-content", Sending::refused, "mail-refused 554"},
                                         Refusal{"refuse-sender", Sending::tryAgain, "sender-refused 550"},
                                         Refusal{"greylist", Sending::tryAgain, "try-later 451"},
                                         Refusal{"busy", Sending::tryAgain, "try-later 421"},
                                         Refusal{"closed", Sending::tryAgain, "server-refuses 554"},
                                         Refusal{"garbage", Sending::tryAgain, "broken-off"},
                                         Refusal{"die-in-message", Sending::tryAgain, "broken-off"},
                                         Refusal{"die-before-answer", Sending::tryAgain, "broken-off"}),
                         [](const auto& each) {
                             std::string name = each.param.mode;
                             std::erase(name, '-');
                             return name;
                         });

TEST_P(RefusingServerTest, IsUnderstoodAndNothingOfItsOwnWordsIsRepeated) {
    MailServer server(GetParam().mode);
    const auto sent = send(*server.transport());
    EXPECT_EQ(sent.result, GetParam().result);
    EXPECT_EQ(sent.reason, GetParam().reason);
}

TEST(SmtpTransport, AServerThatNeverAnswersIsGivenUpAfterTheTimeOut) {
    for (const auto* mode : {"silent", "hang"}) {
        MailServer server(mode);
        auto settings = server.settings();
        settings.totalTimeout = std::chrono::milliseconds(1500);
        const auto sent = send(*server.transport(std::move(settings)));
        EXPECT_EQ(sent.result, Sending::tryAgain);
        EXPECT_EQ(sent.reason, mailreason::kTimedOut) << mode;
    }
}

TEST(SmtpTransport, AFloodEndsWithTheTimeOutAtTheLatest) {
    MailServer server("flood");
    auto settings = server.settings();
    settings.totalTimeout = std::chrono::milliseconds(1500);
    EXPECT_EQ(send(*server.transport(std::move(settings))).result, Sending::tryAgain);
}

TEST(SmtpTransport, ASlowServerIsWaitedFor) {
    MailServer server("slow");
    EXPECT_EQ(send(*server.transport()).result, Sending::delivered);
    EXPECT_THAT(server.mails(), SizeIs(1));
}

TEST(SmtpTransport, NobodyThereIsSaid) {
    SmtpSettings settings;
    {
        MailServer gone("good", Tls::none, false);
        settings = gone.settings();
    }
    SystemClock clock;
    const auto transport = SmtpTransport::make(std::move(settings), clock);
    EXPECT_EQ(send(**transport).reason, mailreason::kUnreachable);
}

TEST(SmtpTransport, BeingAskedToStopEndsAWaitAtOnce) {
    MailServer server("silent");
    const auto transport = server.transport();
    std::stop_source stop;
    std::thread asks([&] {
        while (server.events("connection") == 0)
            std::this_thread::yield();
        stop.request_stop();
    });
    EXPECT_EQ(send(*transport, kMessage, stop.get_token()).result, Sending::stopped);
    asks.join();
}

TEST(SmtpTransport, AMailThatTheServerHasInWholeIsWaitedForEvenWhenWeAreAskedToStop) {
    MailServer server("slow-answer");
    const auto transport = server.transport();
    std::stop_source stop;
    std::thread asks([&] {
        while (server.events("thinking") == 0)
            std::this_thread::yield();
        stop.request_stop();
    });
    EXPECT_EQ(send(*transport, kMessage, stop.get_token()).result, Sending::delivered);
    asks.join();
}

TEST(SmtpTransport, NoLineBreakGetsIntoACommand) {
    MailServer server;
    const auto transport = server.transport();
    for (const std::string bad : {"bob@example.org>\r\nRCPT TO:<eve@example.org", "bob@example.org\r\nDATA", "",
                                  "b\xC3\xB6"
                                  "b@example.org",
                                  "a b@example.org"}) {
        MailEnvelope envelope;
        envelope.from = "kodiac@example.org";
        envelope.recipient = bad;
        EXPECT_EQ(transport->send(envelope, viewOf(kMessage), {}).result, Sending::refused) << bad;
        std::swap(envelope.from, envelope.recipient);
        EXPECT_EQ(transport->send(envelope, viewOf(kMessage), {}).result, Sending::refused) << bad;
    }
    EXPECT_EQ(server.events("connection"), 0);
}

TEST(SmtpSettings, TheAddressSaysHowSafeAndWhichPort) {
    const auto plain = smtpSettingsFrom("smtp://mail.example.org");
    ASSERT_TRUE(plain.ok());
    EXPECT_EQ(plain->host, "mail.example.org");
    EXPECT_EQ(plain->port, 587);
    EXPECT_EQ(plain->safety, SmtpSafety::startTls);
    const auto safe = smtpSettingsFrom("smtps://kodiac%40example.org@mail.example.org/");
    ASSERT_TRUE(safe.ok());
    EXPECT_EQ(safe->user, "kodiac@example.org");
    EXPECT_EQ(safe->port, 465);
    EXPECT_EQ(safe->safety, SmtpSafety::tlsAtOnce);
    const auto near = smtpSettingsFrom("smtp://[::1]:2525?tls=off");
    ASSERT_TRUE(near.ok());
    EXPECT_EQ(near->host, "::1");
    EXPECT_EQ(near->port, 2525);
    EXPECT_EQ(near->safety, SmtpSafety::unencrypted);
}

TEST(SmtpSettings, WhatIsUnsafeOrUnreadableIsRefused) {
    for (const auto* url : {"",
                            "mail.example.org",
                            "http://mail.example.org",
                            "smtp://",
                            "smtp://user:password@mail.example.org",
                            "smtp://mail.example.org?tls=off",
                            "smtps://127.0.0.1?tls=off",
                            "smtp://127.0.0.1.example.org?tls=off",
                            "smtp://mail.example.org:0",
                            "smtp://mail.example.org:70000",
                            "smtp://mail.example.org:25x",
                            "smtp://mail.example.org:",
                            "smtp://mail.example.org/path",
                            "smtp://[::1",
                            "smtp://[mail]:25",
                            "smtp://%0d%0a@mail.example.org",
                            "smtp://%4@mail.example.org",
                            "smtp://@mail.example.org",
                            "smtp://mail example.org",
                            "smtp://-mail.example.org"}) {
        const auto settings = smtpSettingsFrom(url);
        ASSERT_FALSE(settings.ok()) << url;
        EXPECT_EQ(settings.error().code, ErrorCode::invalidInput);
        EXPECT_THAT(settings.error().message, testing::Not(HasSubstr("password@")));
    }
}

TEST(SmtpSettings, ThePasswordIsTheFirstLineOfAFileForTheOwnerOnly) {
    const auto files = platform::makeSystemFiles();
    const support::TempFolder folder;
    ASSERT_TRUE(platform::writeWhole(*files, folder / "password", viewOf("correct horse\r\nmore\n")).ok());
    const auto password = readSmtpPassword(*files, folder / "password");
    ASSERT_TRUE(password.ok());
    EXPECT_EQ(textOf(password->view()), "correct horse");
    ASSERT_TRUE(platform::writeWhole(*files, folder / "empty", viewOf("\n")).ok());
    EXPECT_EQ(readSmtpPassword(*files, folder / "empty").error().code, ErrorCode::invalidInput);
    std::filesystem::permissions(folder / "password", std::filesystem::perms::group_read,
                                 std::filesystem::perm_options::add);
    EXPECT_EQ(readSmtpPassword(*files, folder / "password").error().code, ErrorCode::accessDenied);
}

TEST(SmtpSettings, TheNameThatServersAreToldMustBeAHostName) {
    SystemClock clock;
    SmtpSettings settings;
    settings.host = "127.0.0.1";
    settings.ownName = "kodiac.example.org\r\nMAIL FROM:<eve@example.org>";
    const auto made = SmtpTransport::make(std::move(settings), clock);
    ASSERT_FALSE(made.ok());
    EXPECT_EQ(made.error().code, ErrorCode::invalidInput);
}

} // namespace
} // namespace ssprotect::kodiac::mail
