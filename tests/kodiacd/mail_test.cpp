#include "daemon_run.h"

#include <filesystem>

#include <gmock/gmock.h>

namespace ssprotect::kodiacd {
namespace {

using testing::HasSubstr;

class Mail : public DaemonTest {
protected:
    void SetUp() override { init({"--host", "kodiac.example.org"}); }
    /// The registration code of a new Organization.
    std::string createOrganization() {
        const auto made = kodiacd(
            at({"org", "create", "--name", "Example", "--admin", "ada@example.org", "--seats", "3", "--quota", "10"}));
        EXPECT_EQ(made.exitCode, 0) << made.err;
        return made.out.substr(0, made.out.find('\n'));
    }
    support::ProgramResult list(const std::string& state) { return kodiacd(at({"mail", "list", "--state", state})); }
    static std::string firstId(const std::string& list) {
        const auto line = list.find('\n') + 1;
        return list.substr(line, list.find('\t', line) - line);
    }
};

TEST_F(Mail, WithTheRegistrationCodeLandsInTheFolder) {
    DaemonRun daemon(data(), {"--mail-dir", (folder_ / "mails").string()});
    const auto code = createOrganization();
    ASSERT_TRUE(daemon.waitForLog("registration-code"));
    daemon.stop();
    const auto mail = textOf(onlyFile(folder_ / "mails", "registration-code"));
    EXPECT_THAT(mail, HasSubstr("To: <ada@example.org>"));
    EXPECT_THAT(mail, HasSubstr("kodiac@kodiac.example.org"));
    EXPECT_THAT(mail, HasSubstr(code.substr(0, 4)));
    EXPECT_THAT(list("sent").out, HasSubstr("registration-code\tada@example.org\tsent"));
    EXPECT_EQ(list("waiting").out.find("ada@"), std::string::npos);
}

TEST_F(Mail, WaitsWhileNothingIsSetUpToSendIt) {
    DaemonRun daemon(data());
    createOrganization();
    EXPECT_TRUE(daemon.waitForLog("mail is not set up"));
    EXPECT_THAT(list("waiting").out, HasSubstr("ada@example.org"));
}

TEST_F(Mail, ThatTheServerDoesNotTakeShowsWhyAndIsSentAgain) {
    createOrganization();
    {
        DaemonRun daemon(data(), {"--smtp", "smtp://127.0.0.1:1?tls=off"});
        ASSERT_TRUE(daemon.waitForLog("server-unreachable"));
        daemon.stop();
    }
    const auto waiting = list("waiting").out;
    EXPECT_THAT(waiting, HasSubstr("\t1\t"));
    EXPECT_EQ(kodiacd(at({"mail", "resend", firstId(waiting)})).exitCode, 0);
    DaemonRun daemon(data(), {"--mail-dir", (folder_ / "mails").string()});
    EXPECT_TRUE(daemon.waitForLog("registration-code"));
}

TEST_F(Mail, ThatWasSentIsNotSentTwice) {
    DaemonRun daemon(data(), {"--mail-dir", (folder_ / "mails").string()});
    createOrganization();
    ASSERT_TRUE(daemon.waitForLog("registration-code"));
    daemon.stop();
    EXPECT_EQ(kodiacd(at({"mail", "resend", firstId(list("sent").out)})).exitCode, 4);
    EXPECT_EQ(kodiacd(at({"mail", "resend", "00"})).exitCode, 2);
    EXPECT_EQ(kodiacd(at({"mail", "resend", std::string(32, '0')})).exitCode, 8);
}

TEST_F(Mail, SetUpWronglyIsSaidAtTheStart) {
    configure("\"from\": \"kodiac@kodiac.example.org\"", "\"from\": \"nobody\"");
    const auto refused = kodiacd(at({"serve", "--mail-dir", (folder_ / "mails").string()}));
    EXPECT_EQ(refused.exitCode, 2);
    EXPECT_THAT(refused.err, HasSubstr("sender"));
    EXPECT_EQ(kodiacd(at({"serve", "--smtp", "smtp://user:password@mail.example.org"})).exitCode, 2);
}

} // namespace
} // namespace ssprotect::kodiacd
