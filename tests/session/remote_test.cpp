#include "organization_scene.h"
#include "ssprotect/crypto/certificate.h"
#include "ssprotect/kodiac/http/remote_kodiac.h"
#include "ssprotect/kodiac/http/server.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ssprotect::session {
namespace {

using kodiac::http::RemoteKodiac;
using kodiac::http::Server;

/// An Organization's KODiAC behind HTTPS on this machine.
class OverHttps : public ::testing::Test {
protected:
    OverHttps() {
        serve(present, 0);
        announceNext();
        ada->servers = {{"https://127.0.0.1:" + std::to_string(server->port())}, {present.certificate}};
    }

    crypto::CertifiedKey authority(std::string_view name) {
        auto made = crypto::makeCertificateAuthority(name, wall.now(), scene.random);
        EXPECT_TRUE(made);
        return std::move(*made);
    }

    void serve(const crypto::CertifiedKey& under, std::uint16_t port) {
        const std::vector<std::string> names{"127.0.0.1"};
        auto certificate = crypto::makeServerCertificate(under, names, wall.now(), scene.random);
        kodiac::http::ServerSettings settings;
        settings.port = port;
        auto started = Server::start(settings, *certificate, {scene.authority(), wall, *scene.log, {}, [this] {
                                                                  return scene.authority().newestEvent();
                                                              }});
        ASSERT_TRUE(started) << started.error().message;
        server = std::move(*started);
    }

    void announceNext() {
        auto vouched = crypto::signWithCertificateKey(present.key, crypto::nextAuthorityBytes(next.certificate));
        server->setNextAuthority(kodiac::http::NextAuthority{next.certificate, *vouched});
    }

    /// As `kodiacd ca switch` and a restart do.
    void switchToNext() {
        const auto port = server->port();
        server.reset();
        serve(next, port);
    }

    Result<ServerDirectory::Remote> remote(const ServerSet& servers) {
        kodiac::http::RemoteTimes times;
        times.connect = times.request = std::chrono::seconds(5);
        auto made = RemoteKodiac::make({servers.urls, servers.pins, times}, wall);
        if (!made)
            return std::move(made).error();
        std::shared_ptr<RemoteKodiac> kodiac(std::move(*made));
        return ServerDirectory::Remote{kodiac, [kodiac] { return kodiac->nextPin(); }, [kodiac] { kodiac->cancel(); }};
    }

    const SystemClock wall;
    OrganizationScene scene;
    const crypto::CertifiedKey present = authority("Example");
    const crypto::CertifiedKey next = authority("Example, next");
    std::unique_ptr<Server> server;
    std::unique_ptr<MemberHome> ada =
        std::make_unique<MemberHome>(scene, "ada", [this](const ServerSet& servers) { return remote(servers); });
};

TEST_F(OverHttps, AnOrganizationIsFoundedAndUsed) {
    scene.found(*ada);
    ASSERT_NE(ada->session(), nullptr);
    EXPECT_EQ(wordOf(ada->session()->showAccount()), "ok");
    ASSERT_EQ(wordOf(ada->manager().logout()), "ok");
    EXPECT_EQ(wordOf(ada->manager().login({}, viewOf(kPassword))), "ok") << "by its profile";
    EXPECT_EQ(wordOf(ada->admin().add("max@example.org", {})), "ok");
}

TEST_F(OverHttps, TheNextCaIsPinnedBesideThePresentOne) {
    scene.found(*ada);
    const auto profile = Profiles(ada->database()).current();
    ASSERT_TRUE(profile);
    EXPECT_EQ(profile->servers.pins.size(), 2u);
    ASSERT_EQ(wordOf(ada->manager().logout()), "ok");
    EXPECT_EQ(wordOf(ada->login(kAdministrator)), "ok");
    EXPECT_EQ(Profiles(ada->database()).current()->servers.pins.size(), 2u);
}

TEST_F(OverHttps, ARunningSessionGoesOnWhenTheServerChangesToTheNextCa) {
    scene.found(*ada);
    switchToNext();
    EXPECT_EQ(wordOf(ada->session()->showAccount()), "ok");
    EXPECT_EQ(wordOf(ada->manager().refresh()), "ok");
    EXPECT_TRUE(ada->locks().listen({}));
    ASSERT_EQ(wordOf(ada->manager().logout()), "ok");
    EXPECT_EQ(wordOf(ada->login(kAdministrator)), "ok");
}

TEST_F(OverHttps, ARefreshLearnsTheNextCaToo) {
    server->setNextAuthority({});
    scene.found(*ada);
    ASSERT_EQ(Profiles(ada->database()).current()->servers.pins.size(), 1u);
    announceNext();
    ASSERT_EQ(wordOf(ada->manager().refresh()), "ok");
    EXPECT_EQ(Profiles(ada->database()).current()->servers.pins.size(), 2u);
    switchToNext();
    EXPECT_EQ(wordOf(ada->session()->showAccount()), "ok");
}

TEST_F(OverHttps, NewsIsWaitedFor) {
    scene.found(*ada);
    ASSERT_TRUE(ada->locks().listen({}));
    ASSERT_EQ(wordOf(ada->admin().add("max@example.org", {})), "ok");
    EXPECT_TRUE(ada->locks().listen(std::chrono::seconds(25)));
}

TEST_F(OverHttps, AKodiacOutOfReachIsSaidToBeSo) {
    scene.found(*ada);
    server->stop();
    EXPECT_EQ(wordOf(ada->session()->showAccount()), "kodiac-unreachable");
    EXPECT_NE(ada->session(), nullptr) << "the session goes on";
    EXPECT_EQ(wordOf(ada->login(kAdministrator)), "kodiac-unreachable");
    EXPECT_EQ(wordOf(ada->manager().logout()), "ok");
}

} // namespace
} // namespace ssprotect::session
