#include "daemon_run.h"
#include "ssprotect/crypto/certificate.h"

#include <algorithm>
#include <filesystem>

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

namespace ssprotect::kodiacd {
namespace {

namespace fs = std::filesystem;
using testing::Contains;
using testing::HasSubstr;
using testing::IsSupersetOf;

class Init : public DaemonTest {
protected:
    std::vector<std::string> names() {
        const auto text = textOf(data() / "server.pem");
        const auto facts = crypto::readCertificate(text.substr(0, text.find("-----BEGIN PRIVATE KEY-----")));
        EXPECT_TRUE(facts.ok());
        return facts->names;
    }
};

TEST_F(Init, PrintsOneLineTheFileOfTheCa) {
    const auto made = kodiacd(at({"init", "--host", "kodiac.example.org"}));
    EXPECT_EQ(made.exitCode, 0) << made.err;
    EXPECT_EQ(made.out, (data() / "ca.pem").string() + "\n");
    EXPECT_EQ(made.err, "");
    EXPECT_TRUE(crypto::readCertificate(textOf(data() / "ca.pem"))->authority);
}

TEST_F(Init, KeepsEverythingForTheOwnerAlone) {
    init();
    EXPECT_EQ(fs::status(data()).permissions(), fs::perms::owner_all);
    for (const auto& entry : fs::directory_iterator(data()))
        EXPECT_EQ(entry.status().permissions(), fs::perms::owner_read | fs::perms::owner_write) << entry.path();
}

TEST_F(Init, MakesTheCertificateForTheNamesOfTheServerAndForThisMachine) {
    init({"--host", "kodiac.example.org", "--host", "192.0.2.7"});
    EXPECT_THAT(names(), IsSupersetOf({"kodiac.example.org", "192.0.2.7", "localhost", "127.0.0.1"}));
    const auto text = textOf(data() / "server.pem");
    EXPECT_TRUE(
        crypto::checkIssuedBy(text.substr(0, text.find("-----BEGIN PRIVATE KEY-----")), textOf(data() / "ca.pem"))
            .ok());
}

TEST_F(Init, WritesEverySettingOut) {
    init({"--host", "kodiac.example.org", "--listen", "127.0.0.1:9443"});
    const auto configuration = nlohmann::json::parse(textOf(data() / "kodiacd.json"));
    EXPECT_EQ(configuration["listen"], "127.0.0.1:9443");
    EXPECT_EQ(configuration["server_urls"][0], "https://kodiac.example.org:9443");
    EXPECT_EQ(configuration["mail"]["from"], "kodiac@kodiac.example.org");
    EXPECT_TRUE(configuration["limits"].contains("requests_per_account"));
}

TEST_F(Init, RefusesAFolderThatHoldsAKodiac) {
    init();
    const auto before = textOf(data() / "ca.pem");
    const auto again = kodiacd(at({"init"}));
    EXPECT_EQ(again.exitCode, 1);
    EXPECT_EQ(again.out, "");
    EXPECT_THAT(again.err, HasSubstr("already"));
    EXPECT_EQ(textOf(data() / "ca.pem"), before);
}

TEST_F(Init, FinishesWhatWasInterruptedWithTheKeysThatAreThere) {
    init();
    fs::remove(data() / "kodiacd.json");
    fs::remove(data() / "server.pem");
    const auto key = textOf(data() / "master.key");
    const auto authority = textOf(data() / "ca.pem");
    init();
    EXPECT_EQ(textOf(data() / "master.key"), key);
    EXPECT_EQ(textOf(data() / "ca.pem"), authority);
    EXPECT_EQ(kodiacd(at({"verify"})).exitCode, 0);
}

TEST_F(Init, KeepsTheMasterKeyWhereItIsTold) {
    init({"--master-key", (folder_ / "elsewhere.key").string()});
    EXPECT_FALSE(fs::exists(data() / "master.key"));
    EXPECT_EQ(fs::file_size(folder_ / "elsewhere.key"), 32u);
    EXPECT_EQ(kodiacd(at({"verify"})).exitCode, 0);
}

TEST_F(Init, RenewsTheServerCertificateUnderTheSameCa) {
    init({"--host", "kodiac.example.org"});
    const auto authority = textOf(data() / "ca.pem");
    const auto server = textOf(data() / "server.pem");
    const auto renewed = kodiacd(at({"init", "--renew-certificate"}));
    EXPECT_EQ(renewed.exitCode, 0) << renewed.err;
    EXPECT_EQ(renewed.out, (data() / "ca.pem").string() + "\n");
    EXPECT_EQ(textOf(data() / "ca.pem"), authority);
    EXPECT_NE(textOf(data() / "server.pem"), server);
    EXPECT_THAT(names(), Contains("kodiac.example.org"));
    ASSERT_EQ(kodiacd(at({"init", "--renew-certificate", "--host", "new.example.org"})).exitCode, 0);
    EXPECT_THAT(names(), Contains("new.example.org"));
    EXPECT_THAT(names(), testing::Not(Contains("kodiac.example.org")));
}

TEST_F(Init, SaysWhichNameIsNone) {
    const auto made = kodiacd(at({"init", "--host", "not a name"}));
    EXPECT_EQ(made.exitCode, 2);
    EXPECT_EQ(made.out, "");
    EXPECT_EQ(std::count(made.err.begin(), made.err.end(), '\n'), 1);
}

TEST_F(Init, EveryOtherCommandAsksForItFirst) {
    for (const Words& words : {Words{"serve"}, Words{"org", "list"}, Words{"verify"}, Words{"mail", "list"},
                               Words{"backup", (folder_ / "b.tar").string()}, Words{"ca", "next"}}) {
        const auto run = kodiacd(at(words));
        EXPECT_EQ(run.exitCode, 8) << words.front();
        EXPECT_THAT(run.err, HasSubstr("kodiacd init")) << words.front();
    }
}

TEST_F(Init, AWrongCommandLineIsOneLineAndExit2) {
    for (const Words& words : {Words{}, Words{"fly"}, Words{"serve", "--port", "1"}, Words{"org", "create"},
                               Words{"serve", "--mail-dir", "a", "--smtp", "smtp://b"}}) {
        const auto run = kodiacd(words);
        EXPECT_EQ(run.exitCode, 2);
        EXPECT_EQ(run.out, "");
        EXPECT_EQ(std::count(run.err.begin(), run.err.end(), '\n'), 1) << run.err;
    }
}

} // namespace
} // namespace ssprotect::kodiacd
