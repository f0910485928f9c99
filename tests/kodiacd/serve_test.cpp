#include "daemon_run.h"
#include "ssprotect/kodiac/operations.h"

#include <csignal>
#include <filesystem>
#include <latch>
#include <sstream>
#include <thread>

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

namespace ssprotect::kodiacd {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::Not;

class Serve : public DaemonTest {
protected:
    std::string health(const DaemonRun& daemon) { return get(data() / "ca.pem", daemon.url() + "/healthz").out; }
};

TEST_F(Serve, AnswersWhoeverTrustsItsCa) {
    init();
    const DaemonRun daemon(data());
    ASSERT_NE(daemon.port(), 0);
    const auto answer = get(data() / "ca.pem", daemon.url() + "/healthz");
    EXPECT_EQ(answer.exitCode, 0) << answer.err;
    EXPECT_NE(answer.out, "");
    EXPECT_EQ(get(data() / "ca.pem", "https://localhost:" + std::to_string(daemon.port()) + "/openapi.json").exitCode,
              0);
}

TEST_F(Serve, IsNotTrustedUnderTheCertificatesOfTheSystem) {
    init();
    const DaemonRun daemon(data());
    EXPECT_NE(get("/etc/ssl/certs/ca-certificates.crt", daemon.url() + "/healthz").exitCode, 0);
}

TEST_F(Serve, TakesAnIndividualThroughItsFirstSession) {
    init();
    const DaemonRun daemon(data());
    const auto kodiac = client(daemon);
    auto ada = person(*kodiac);
    ASSERT_TRUE(ada.settle().ok());
    const auto identity = ada.store();
    ASSERT_TRUE(identity.ok());
    EXPECT_TRUE(ada.open(*identity).ok());
}

TEST_F(Serve, TellsThePortInAFileToo) {
    init();
    const DaemonRun daemon(data(), {"--port-file", (folder_ / "port").string()});
    ASSERT_NE(daemon.port(), 0);
    EXPECT_EQ(textOf(folder_ / "port"), std::to_string(daemon.port()) + "\n");
}

TEST_F(Serve, EndsOnATermSignalWithExit0) {
    init();
    for (const int number : {SIGTERM, SIGINT}) {
        DaemonRun daemon(data());
        ASSERT_NE(daemon.port(), 0);
        daemon.signal(number);
        EXPECT_EQ(daemon.wait().exitCode, 0) << number;
    }
}

TEST_F(Serve, FinishesWhatItIsAskedBeforeItEnds) {
    init();
    DaemonRun daemon(data());
    const auto kodiac = client(daemon);
    auto ada = person(*kodiac);
    ASSERT_TRUE(ada.settle().ok());
    std::latch stored(3);
    Status last;
    std::thread storing([&] {
        for (int i = 0; last; ++i) {
            const auto identity = ada.store();
            if (i < 3)
                stored.count_down();
            if (!identity)
                last = identity.error();
        }
    });
    stored.wait();
    EXPECT_EQ(daemon.stop().exitCode, 0);
    kodiac->cancel();
    storing.join();
    EXPECT_THAT(last.error().word(), testing::AnyOf("kodiac-unreachable", "cancelled", "server-busy"));
    const DaemonRun again(data());
    const auto fresh = client(again);
    ada.rebind(*fresh);
    ASSERT_TRUE(ada.login().ok());
    EXPECT_TRUE(ada.store().ok());
}

TEST_F(Serve, SaysThatAPortIsTaken) {
    init();
    const DaemonRun first(data());
    const auto second = kodiacd(at({"serve", "--listen", "127.0.0.1:" + std::to_string(first.port())}));
    EXPECT_EQ(second.exitCode, 1);
    EXPECT_THAT(second.err, HasSubstr("127.0.0.1"));
    EXPECT_THAT(second.err, HasSubstr("kodiacd: "));
}

TEST_F(Serve, NamesWhatIsWrongInTheConfiguration) {
    init();
    configure("\"workers\": 8", "\"workres\": 8");
    const auto refused = kodiacd(at({"serve"}));
    EXPECT_EQ(refused.exitCode, 2);
    EXPECT_THAT(refused.err, HasSubstr("'threads.workres' is no setting"));
}

TEST_F(Serve, PutsOptionsOverTheConfiguration) {
    init();
    configure("\"log_level\": \"info\"", "\"log_level\": \"loud\"");
    EXPECT_EQ(kodiacd(at({"serve", "--listen", "127.0.0.1:0"})).exitCode, 2);
    const DaemonRun daemon(data(), {"--log-level", "error"});
    EXPECT_NE(daemon.port(), 0);
}

TEST_F(Serve, RefusesAMasterKeyThatOthersMayRead) {
    init();
    fs::permissions(data() / "master.key", fs::perms::others_read, fs::perm_options::add);
    const auto refused = kodiacd(at({"serve"}));
    EXPECT_EQ(refused.exitCode, 1);
    EXPECT_THAT(refused.err, HasSubstr("master.key"));
}

TEST_F(Serve, RefusesAnotherMasterKey) {
    init();
    writeText(data() / "master.key", std::string(32, 'k'));
    const auto refused = kodiacd(at({"serve"}));
    EXPECT_EQ(refused.exitCode, 5);
    EXPECT_THAT(refused.err, HasSubstr("master key"));
}

TEST_F(Serve, NeverTakesANewDatabaseForTheOneThatIsGone) {
    init();
    fs::remove(data() / "kodiac.db");
    const auto refused = kodiacd(at({"serve"}));
    EXPECT_EQ(refused.exitCode, 8);
    EXPECT_THAT(refused.err, HasSubstr("restore"));
    EXPECT_FALSE(fs::exists(data() / "kodiac.db"));
}

TEST_F(Serve, LogsOneJsonObjectALineAndNobodysName) {
    init();
    DaemonRun daemon(data());
    const auto kodiac = client(daemon);
    auto ada = person(*kodiac, "ada.lovelace@example.org");
    ASSERT_TRUE(ada.settle().ok());
    const auto said = daemon.stop();
    std::istringstream lines(said.err);
    bool created = false;
    for (std::string line; std::getline(lines, line);) {
        const auto object = nlohmann::json::parse(line, nullptr, false);
        ASSERT_TRUE(object.is_object()) << line;
        EXPECT_TRUE(object.contains("time") && object.contains("level") && object.contains("event")) << line;
        created = created || (object.value("event", "") == "request" &&
                              object.value("operation", "") == "account.create-individual" && object["ms"].is_number());
    }
    EXPECT_TRUE(created);
    EXPECT_THAT(said.err, Not(HasSubstr("lovelace")));
    EXPECT_THAT(said.err, Not(HasSubstr(folder_.path().string())));
}

TEST_F(Serve, ReadsCertificateAndLogLevelAgainOnAHangup) {
    init();
    DaemonRun daemon(data());
    const auto before = textOf(data() / "server.pem");
    ASSERT_EQ(kodiacd(at({"init", "--renew-certificate"})).exitCode, 0);
    ASSERT_NE(textOf(data() / "server.pem"), before);
    configure("\"log_level\": \"info\"", "\"log_level\": \"debug\"");
    daemon.signal(SIGHUP);
    ASSERT_TRUE(daemon.waitForLog("reloaded"));
    const auto shown =
        support::ProgramRun({"openssl", "s_client", "-connect", "127.0.0.1:" + std::to_string(daemon.port()), "-CAfile",
                             (data() / "ca.pem").string(), "-verify_return_error"},
                            {})
            .wait();
    const auto pem = textOf(data() / "server.pem");
    constexpr std::string_view kEnd = "-----END CERTIFICATE-----";
    EXPECT_THAT(shown.out, HasSubstr(pem.substr(0, pem.find(kEnd) + kEnd.size())));
    EXPECT_NE(health(daemon), "");
    EXPECT_TRUE(daemon.waitForLog("\"level\":\"debug\""));
}

TEST_F(Serve, GoesOnAsBeforeWhenWhatItReadsAgainIsBroken) {
    init();
    DaemonRun daemon(data());
    writeText(data() / "kodiacd.json", "{");
    daemon.signal(SIGHUP);
    ASSERT_TRUE(daemon.waitForLog("not reloaded"));
    EXPECT_NE(health(daemon), "");
}

TEST_F(Serve, LeavesNoCoreDumps) {
    init();
    DaemonRun daemon(data());
    ASSERT_NE(daemon.port(), 0);
    daemon.signal(SIGABRT);
    EXPECT_EQ(daemon.wait().exitCode, 128 + SIGABRT);
    for (const auto& entry : fs::directory_iterator(fs::current_path()))
        EXPECT_THAT(entry.path().filename().string(), Not(testing::StartsWith("core")));
}

} // namespace
} // namespace ssprotect::kodiacd
