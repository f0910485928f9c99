#include "mail_server.h"
#include "post_office.h"
#include "ssprotect/kodiac/mail/mail_service.h"
#include "ssprotect/platform/secret_file.h"

#include <thread>

#include <gmock/gmock.h>

namespace ssprotect::kodiac::mail {
namespace {

class MailServiceTest : public testing::Test {
protected:
    MailServiceTest() { settings_.sender = sampleSender(); }

    Result<std::unique_ptr<MailWorker>> start() {
        return startMailService(settings_, office_.outbox(), office_.files(), clock_, log_);
    }
    ErrorCode refusal() {
        const auto started = start();
        EXPECT_FALSE(started.ok());
        return started ? ErrorCode::internal : started.error().code;
    }
    void waitUntilSent() {
        while (office_.number("SELECT COUNT(*) FROM mails WHERE state = 'waiting'") != 0)
            std::this_thread::yield();
        EXPECT_EQ(office_.number("SELECT COUNT(*) FROM mails WHERE state = 'sent'"), 1);
    }
    platform::Path write(const std::string& name, std::string_view content) {
        const auto path = office_.folder() / name;
        EXPECT_TRUE(platform::writeWhole(office_.files(), path, viewOf(content)).ok());
        return path;
    }

    PostOffice office_;
    SystemClock clock_;
    std::shared_ptr<Log> log_ = makeNullLog();
    MailServiceSettings settings_;
};

TEST_F(MailServiceTest, PutsMailsIntoAFolderThatItMakes) {
    office_.queue(MailKind::registrationCode);
    settings_.folder = office_.folder() / "mails";
    const auto worker = start();
    ASSERT_TRUE(worker.ok()) << worker.error().message;
    waitUntilSent();
    EXPECT_THAT(*office_.files().list(settings_.folder), testing::SizeIs(1));
}

TEST_F(MailServiceTest, SendsMailsToAServerWithTheOperatorsCaAndPassword) {
    office_.queue(MailKind::registrationCode);
    const MailServer server;
    const auto wanted = server.settings();
    settings_.smtpUrl = "smtp://" + wanted.user + "@127.0.0.1:" + std::to_string(wanted.port);
    settings_.passwordFile = write("password", std::string(MailServer::kPassword) + "\n");
    settings_.caFile = wanted.caFile;
    const auto worker = start();
    ASSERT_TRUE(worker.ok()) << worker.error().message;
    waitUntilSent();
    ASSERT_THAT(server.mails(), testing::SizeIs(1));
    EXPECT_THAT(server.mails().front(), testing::HasSubstr(std::string(kSampleCode)));
}

TEST_F(MailServiceTest, DoesNotStartWithSettingsThatItCouldNotUse) {
    EXPECT_EQ(refusal(), ErrorCode::invalidInput) << "neither folder nor server";
    settings_.folder = office_.folder() / "mails";
    settings_.smtpUrl = "smtp://mail.example.org";
    EXPECT_EQ(refusal(), ErrorCode::invalidInput) << "both";
    settings_.folder.clear();
    settings_.smtpUrl = "smtp://user@mail.example.org";
    EXPECT_EQ(refusal(), ErrorCode::invalidInput) << "a user without a password";
    settings_.passwordFile = office_.folder() / "nowhere";
    EXPECT_EQ(refusal(), ErrorCode::notFound) << "no password file";
    settings_.passwordFile = write("password", "secret");
    settings_.caFile = office_.folder() / "nowhere";
    EXPECT_EQ(refusal(), ErrorCode::notFound) << "no CA file";
    settings_.caFile.clear();
    settings_.texts = office_.folder() / "nowhere";
    EXPECT_EQ(refusal(), ErrorCode::notFound) << "no texts";
    settings_.texts.clear();
    settings_.sender.address = "nobody";
    EXPECT_EQ(refusal(), ErrorCode::invalidInput) << "no sender";
}

TEST_F(MailServiceTest, LogsWordsAndNothingOfWhatIsInAMail) {
    const auto file = office_.folder() / "log";
    log_ = makeFileLog(file, false);
    office_.queue(MailKind::registrationCode, "bob.of.the.log@example.org");
    settings_.folder = office_.folder() / "mails";
    {
        const auto worker = start();
        ASSERT_TRUE(worker.ok());
        waitUntilSent();
    }
    log_.reset();
    const std::string lines(textOf(*platform::readWhole(office_.files(), file, 100'000)));
    EXPECT_THAT(lines, testing::HasSubstr("mail registration-code: sent, attempt 1"));
    for (const auto* secret : {"bob.of.the.log", "example.org", "Forschung", "Q7KD"})
        EXPECT_THAT(lines, testing::Not(testing::HasSubstr(secret)));
}

} // namespace
} // namespace ssprotect::kodiac::mail
