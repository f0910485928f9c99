#include "organization_scene.h"
#include "stranger.h"

#include "ssprotect/kodiac/host_operations.h"

#include <gmock/gmock.h>

namespace ssprotect::session {
namespace {

using namespace std::chrono_literals;

/// A user with a host of the account, who comes with another one.
class Hosts : public ::testing::Test {
protected:
    Hosts() {
        scene.found(*ada);
        scene.bringIn(*ada, *desk, kUser);
    }

    Result<HostRequest> ask() { return laptop->manager().requestHost(laptop->target(kUser), viewOf(kPassword)); }
    std::optional<HostShown> asking() {
        auto hosts = desk->manager().hosts();
        EXPECT_EQ(wordOf(hosts), "ok");
        for (auto& host : hosts.value())
            if (!host.comparisonCode.empty())
                return host;
        return std::nullopt;
    }

    OrganizationScene scene;
    std::unique_ptr<MemberHome> ada = scene.home("ada");
    std::unique_ptr<MemberHome> desk = scene.home("desk");
    std::unique_ptr<MemberHome> laptop = scene.home("laptop");
};

TEST_F(Hosts, ThatAreNewNeedMoreThanThePassword) {
    EXPECT_EQ(wordOf(laptop->login(kUser)), "host-not-approved");
    EXPECT_EQ(wordOf(laptop->login(kUser, "wrong horse battery")), "login-failed");
    EXPECT_EQ(wordOf(laptop->manager().continueHostRequest()), "not-found");
    EXPECT_EQ(wordOf(desk->session()->showAccount()), "ok");
}

TEST_F(Hosts, AreApprovedOnOneThatTheAccountHasAlready) {
    const auto request = ask();
    ASSERT_EQ(wordOf(request), "ok") << request.error().message;
    auto waiting = laptop->manager().continueHostRequest();
    ASSERT_EQ(wordOf(waiting), "ok");
    EXPECT_FALSE(*waiting);

    const auto asks = asking();
    ASSERT_TRUE(asks);
    EXPECT_EQ(asks->name, "laptop");
    EXPECT_EQ(asks->comparisonCode, request->comparisonCode);
    EXPECT_EQ(wordOf(desk->manager().approveHost(asks->host, "ABCD EFGH")), "peer-refused");
    ASSERT_EQ(wordOf(desk->manager().approveHost(asks->host, request->comparisonCode)), "ok");

    auto approved = laptop->manager().continueHostRequest();
    ASSERT_EQ(wordOf(approved), "ok") << approved.error().message;
    ASSERT_TRUE(*approved);
    const OrganizationId organization = (**approved).organization;
    EXPECT_TRUE(crypto::equalSecrets(*laptop->session()->contentKey(organization, 1),
                                     *desk->session()->contentKey(organization, 1)));
    ASSERT_EQ(wordOf(laptop->manager().logout()), "ok");
    EXPECT_EQ(wordOf(laptop->login(kUser)), "ok") << "from now on by the password and its own second factor";
}

TEST_F(Hosts, ThatWaitTooLongAskAgain) {
    ASSERT_TRUE(ask());
    scene.clock.advance(11min);
    EXPECT_EQ(wordOf(laptop->manager().continueHostRequest()), "expired");
    EXPECT_EQ(wordOf(laptop->manager().continueHostRequest()), "not-found");
    EXPECT_EQ(wordOf(ask()), "ok");
    laptop->manager().cancelHostRequest();
    EXPECT_EQ(wordOf(laptop->manager().continueHostRequest()), "not-found");
}

TEST_F(Hosts, AreNotExchangedByKodiacOnTheWay) {
    const auto request = ask();
    ASSERT_TRUE(request);
    const HostId host = asking()->host;
    Stranger stranger;
    change<kodiac::ListHosts>(desk->between, [&](auto& hosts) {
        for (auto& row : hosts.rows)
            if (row.asks)
                row.asks = stranger.agreement.publicKey();
    });
    desk->between.calls.clear();
    EXPECT_EQ(wordOf(desk->manager().approveHost(host, request->comparisonCode)), "peer-refused");
    EXPECT_EQ(desk->between.calls.size(), 1u) << "nothing was sealed";
}

TEST_F(Hosts, TakeNoDeviceSecretThatDoesNotOpenTheVault) {
    crypto::PublicKey asked{};
    laptop->between.interfere([&](const kodiac::Call& call, const InterposedKodiac::Passing& pass) {
        if (call.operation == kodiac::RequestHost::kName)
            asked = kodiac::decode<kodiac::RequestHost::Request>(call.body, {})->agreement;
        return pass(call);
    });
    ASSERT_TRUE(ask());
    const HostId host = asking()->host;
    Stranger stranger;
    change<kodiac::HostApproval>(laptop->between, [&](auto& answer) {
        auto sealed = crypto::hpkeSeal(asked, kodiac::hostApprovalInfo(desk->session()->account(), host), {},
                                       crypto::SecretBytes(32), stranger.random);
        ASSERT_TRUE(sealed);
        answer = {true, sealed->encapsulated, sealed->ciphertext};
    });
    EXPECT_EQ(wordOf(laptop->manager().continueHostRequest()), "integrity");
    laptop->between.interfere({});
    EXPECT_EQ(wordOf(laptop->login(kUser)), "host-not-approved") << "it was not kept";
}

TEST_F(Hosts, EndWithTheirSessionsWhenTheyAreRemoved) {
    const auto request = ask();
    ASSERT_TRUE(request);
    const HostId host = asking()->host;
    ASSERT_TRUE(desk->manager().approveHost(host, request->comparisonCode));
    ASSERT_TRUE(laptop->manager().continueHostRequest());
    ASSERT_NE(laptop->session(), nullptr);
    EXPECT_EQ(wordOf(laptop->manager().removeHost(host)), "refused") << "not the one it is asked at";
    ASSERT_EQ(wordOf(desk->manager().removeHost(host)), "ok");
    EXPECT_EQ(wordOf(laptop->session()->showAccount()), "not-logged-in");
    EXPECT_EQ(laptop->session(), nullptr);
}

TEST_F(Hosts, FindTheProfilesThatTheAccountKeepsAtKodiac) {
    Profiles profiles(desk->database());
    Profile archive;
    archive.name = "archive";
    archive.email = "uma@example.net";
    archive.servers = {{"https://archive.example.org:8443"}, scene.servers().pins};
    ASSERT_EQ(wordOf(profiles.add(archive)), "ok");
    ASSERT_EQ(wordOf(desk->manager().deployProfile("archive")), "ok");
    ASSERT_EQ(wordOf(desk->manager().deployProfile(kUser)), "ok");
    EXPECT_EQ(desk->manager().deployedProfiles()->size(), 2u);
    EXPECT_EQ(desk->manager().fetchProfiles()->size(), 0u) << "it has them";
    ASSERT_EQ(wordOf(profiles.remove("archive")), "ok");
    EXPECT_THAT(*desk->manager().fetchProfiles(), ::testing::ElementsAre("archive"));
    EXPECT_EQ(profiles.byName("archive")->servers, archive.servers);
    ASSERT_EQ(wordOf(desk->manager().withdrawProfile("archive")), "ok");
    EXPECT_EQ(desk->manager().deployedProfiles()->size(), 1u);
}

} // namespace
} // namespace ssprotect::session
