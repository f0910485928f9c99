#include "daemon_run.h"
#include "ssprotect/crypto/certificate.h"

#include <csignal>
#include <filesystem>

#include <gmock/gmock.h>

namespace ssprotect::kodiacd {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

class CaChange : public DaemonTest {
protected:
    void reload(DaemonRun& daemon) {
        daemon.signal(SIGHUP);
        ASSERT_TRUE(daemon.waitForLog("reloaded"));
    }
    bool reaches(const DaemonRun& daemon, const std::string& ca) {
        writeText(folder_ / "pinned.pem", ca);
        return get(folder_ / "pinned.pem", daemon.url() + "/healthz").exitCode == 0;
    }
};

TEST_F(CaChange, ReachesAClientSignedBeforeItHappens) {
    init();
    DaemonRun daemon(data());
    const auto kodiac = client(daemon);
    const auto before = kodiac->nextPin();
    ASSERT_TRUE(before.ok()) << before.error().message;
    EXPECT_FALSE(before->has_value());

    const auto announced = kodiacd(at({"ca", "next"}));
    EXPECT_EQ(announced.exitCode, 0) << announced.err;
    EXPECT_EQ(announced.out, (data() / "next-ca.pem").string() + "\n");
    reload(daemon);
    const auto pin = kodiac->nextPin();
    ASSERT_TRUE(pin.ok()) << pin.error().message;
    EXPECT_EQ(pin->value_or(""), textOf(data() / "next-ca.pem"));

    const auto old = textOf(data() / "ca.pem");
    EXPECT_TRUE(reaches(daemon, old));
    const auto switched = kodiacd(at({"ca", "switch"}));
    EXPECT_EQ(switched.exitCode, 0) << switched.err;
    EXPECT_EQ(switched.out, (data() / "ca.pem").string() + "\n");
    EXPECT_EQ(textOf(data() / "ca.pem"), **pin);
    DaemonRun next(data());
    EXPECT_TRUE(reaches(next, **pin));
    EXPECT_FALSE(reaches(next, old));
}

TEST_F(CaChange, ToNoneIsRefused) {
    init();
    const auto refused = kodiacd(at({"ca", "switch"}));
    EXPECT_EQ(refused.exitCode, 8);
    EXPECT_THAT(refused.err, HasSubstr("kodiacd ca next"));
}

TEST_F(CaChange, AnnouncedTwiceIsTheSame) {
    init();
    ASSERT_EQ(kodiacd(at({"ca", "next"})).exitCode, 0);
    const auto first = textOf(data() / "next-ca.pem");
    ASSERT_EQ(kodiacd(at({"ca", "next"})).exitCode, 0);
    EXPECT_EQ(textOf(data() / "next-ca.pem"), first);
}

TEST_F(CaChange, ThatWasInterruptedIsFinishedByDoingItAgain) {
    init();
    ASSERT_EQ(kodiacd(at({"ca", "next"})).exitCode, 0);
    const auto key = textOf(data() / "next-ca.key");
    const auto next = textOf(data() / "next-ca.pem");
    const auto signature = textOf(data() / "next-ca.sig");
    ASSERT_EQ(kodiacd(at({"ca", "switch"})).exitCode, 0);
    // The power went before the announcement was taken away.
    for (const auto& [name, text] :
         {std::pair{"next-ca.key", key}, {"next-ca.pem", next}, {"next-ca.sig", signature}}) {
        writeText(data() / name, text);
        fs::permissions(data() / name, fs::perms::owner_read | fs::perms::owner_write);
    }
    ASSERT_EQ(kodiacd(at({"ca", "switch"})).exitCode, 0);
    EXPECT_EQ(textOf(data() / "ca.pem"), next);
    EXPECT_FALSE(fs::exists(data() / "next-ca.pem"));
    DaemonRun daemon(data());
    EXPECT_TRUE(reaches(daemon, next));
}

TEST_F(CaChange, AfterOneThatWasInterruptedAtItsEndIsToAnotherCa) {
    init();
    ASSERT_EQ(kodiacd(at({"ca", "next"})).exitCode, 0);
    const auto key = textOf(data() / "next-ca.key");
    const auto second = textOf(data() / "next-ca.pem");
    ASSERT_EQ(kodiacd(at({"ca", "switch"})).exitCode, 0);
    // The power went before the last of the three files was taken away.
    writeText(data() / "next-ca.key", key);
    fs::permissions(data() / "next-ca.key", fs::perms::owner_read | fs::perms::owner_write);
    ASSERT_EQ(kodiacd(at({"ca", "next"})).exitCode, 0);
    const auto third = textOf(data() / "next-ca.pem");
    EXPECT_NE(third, second);
    ASSERT_EQ(kodiacd(at({"ca", "switch"})).exitCode, 0);
    EXPECT_EQ(textOf(data() / "ca.pem"), third);
    EXPECT_NE(textOf(data() / "ca.key"), key);
    DaemonRun daemon(data());
    EXPECT_TRUE(reaches(daemon, third));
    EXPECT_FALSE(reaches(daemon, second));
}

TEST_F(CaChange, ThatHappenedElsewhereLeavesAnAnnouncementThatCountsForNothing) {
    init();
    ASSERT_EQ(kodiacd(at({"ca", "next"})).exitCode, 0);
    const auto next = textOf(data() / "next-ca.pem");
    const auto signature = textOf(data() / "next-ca.sig");
    ASSERT_EQ(kodiacd(at({"ca", "switch"})).exitCode, 0);
    // As on a second daemon, which was given the announcement and then the CA.
    writeText(data() / "next-ca.pem", next);
    writeText(data() / "next-ca.sig", signature);
    DaemonRun daemon(data());
    EXPECT_TRUE(reaches(daemon, next));
    const auto pin = client(daemon)->nextPin();
    ASSERT_TRUE(pin.ok()) << pin.error().message;
    EXPECT_FALSE(pin->has_value());
}

TEST_F(CaChange, NeedsTheCasKeyAndServingDoesNot) {
    init();
    fs::rename(data() / "ca.key", folder_ / "safe.key");
    const auto refused = kodiacd(at({"ca", "next"}));
    EXPECT_EQ(refused.exitCode, 8);
    EXPECT_THAT(refused.err, HasSubstr("CA's key"));
    DaemonRun daemon(data());
    EXPECT_NE(daemon.port(), 0);
}

TEST_F(CaChange, ThatThePresentCaDoesNotVouchForIsNotServed) {
    init();
    ASSERT_EQ(kodiacd(at({"ca", "next"})).exitCode, 0);
    writeText(data() / "next-ca.sig", std::string(96, 'A') + "\n");
    const auto refused = kodiacd(at({"serve", "--listen", "127.0.0.1:0"}));
    EXPECT_EQ(refused.exitCode, 5);
    EXPECT_THAT(refused.err, HasSubstr("kodiacd ca next"));
}

} // namespace
} // namespace ssprotect::kodiacd
