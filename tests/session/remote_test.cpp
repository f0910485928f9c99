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
        auto ca = crypto::makeCertificateAuthority("Example", wall.now(), scene.random);
        auto next = crypto::makeCertificateAuthority("Example, next", wall.now(), scene.random);
        const std::vector<std::string> names{"127.0.0.1"};
        auto certificate = crypto::makeServerCertificate(*ca, names, wall.now(), scene.random);
        auto started = Server::start({}, *certificate,
                                     {scene.authority(), wall, *scene.log, {},
                                      [this] { return scene.authority().newestEvent(); }});
        EXPECT_TRUE(started) << started.error().message;
        server = std::move(*started);
        auto vouched = crypto::signWithCertificateKey(ca->key, crypto::nextAuthorityBytes(next->certificate));
        server->setNextAuthority(kodiac::http::NextAuthority{next->certificate, *vouched});
        ada->servers = {{"https://127.0.0.1:" + std::to_string(server->port())}, {ca->certificate}};
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
