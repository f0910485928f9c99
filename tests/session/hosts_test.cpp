#include "organization_scene.h"
#include "session/host_secrets.h"
#include "ssprotect/kodiac/host_operations.h"
#include "stranger.h"

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

    Result<HostRequest> ask(std::string_view password = kPassword) {
        return laptop->manager().requestHost(laptop->target(kUser), viewOf(password));
    }
    std::optional<HostShown> asking() {
        auto hosts = desk->manager().hosts();
        EXPECT_EQ(wordOf(hosts), "ok");
        for (auto& host : hosts.value())
            if (!host.comparisonCode.empty())
                return host;
        return std::nullopt;
    }

    /// Asks, and is approved; what the laptop is told then.
    Result<std::optional<SessionInfo>> comeIn(std::string_view password = kPassword) {
        const auto request = ask(password);
        EXPECT_EQ(wordOf(request), "ok") << request.error().message;
        const auto asks = asking();
        EXPECT_TRUE(request && asks);
        if (request && asks) {
            EXPECT_EQ(wordOf(desk->manager().approveHost(asks->host, request->comparisonCode)), "ok");
        }
        return laptop->manager().continueHostRequest();
    }
    /// After *Reset Pwd*, on the desk.
    void registerAnew(std::string_view password) {
        ASSERT_EQ(wordOf(ada->admin().resetPassword(kUser)), "ok");
        for (auto* home : {desk.get(), laptop.get()}) {
            EXPECT_EQ(wordOf(home->session()->showAccount()), "not-logged-in");
            home->manager().endIfExpired();
        }
        const auto registered =
            desk->registerWith(kUser, scene.mailedCode(kUser, kodiac::MailKind::passwordReset), password);
        ASSERT_EQ(wordOf(registered), "ok") << registered.error().message;
        ASSERT_EQ(wordOf(ada->admin().validate(kUser, registered->comparisonCode)), "ok");
        ASSERT_EQ(wordOf(desk->login(kUser, password)), "ok");
    }

    /// As it lies on the laptop's disk.
    crypto::SecretBytes laptopsSecret(const AccountId& account) {
        auto secret = HostSecrets(scene.environment(), {scene.folder / "laptop"}).deviceSecret(account);
        EXPECT_TRUE(secret && *secret);
        return secret && *secret ? std::move(**secret) : crypto::SecretBytes();
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

TEST_F(Hosts, ComeBackAfterThePasswordWasResetOnAnother) {
    ASSERT_EQ(wordOf(comeIn()), "ok");
    ASSERT_EQ(wordOf(laptop->manager().changePassword(viewOf(kPassword), viewOf(kNextPassword))), "ok");
    constexpr std::string_view kThirdPassword = "a third one for today";
    registerAnew(kThirdPassword);

    const auto refused = laptop->login(kUser, kThirdPassword);
    ASSERT_EQ(wordOf(refused), "host-not-approved");
    EXPECT_THAT(refused.error().message, ::testing::HasSubstr("host request"));
    const auto approved = comeIn(kThirdPassword);
    ASSERT_EQ(wordOf(approved), "ok") << approved.error().message;
    ASSERT_TRUE(*approved);
    const OrganizationId organization = (**approved).organization;
    EXPECT_TRUE(crypto::equalSecrets(*laptop->session()->contentKey(organization, 1),
                                     *desk->session()->contentKey(organization, 1)));
    ASSERT_EQ(wordOf(laptop->manager().logout()), "ok");
    EXPECT_EQ(wordOf(laptop->login(kUser, kThirdPassword)), "ok");
    EXPECT_EQ(wordOf(ask(kThirdPassword)), "already-exists") << "nothing keeps it out that it should ask for";
}

TEST_F(Hosts, KeepWhatTheyHaveWhenAFalseSecretComesAsTheApproval) {
    ASSERT_EQ(wordOf(comeIn()), "ok");
    const AccountId account = desk->session()->account();
    const auto before = laptopsSecret(account);
    registerAnew(kNextPassword);
    crypto::PublicKey asked{};
    laptop->between.interfere([&](const kodiac::Call& call, const InterposedKodiac::Passing& pass) {
        if (call.operation == kodiac::RequestHost::kName)
            asked = kodiac::decode<kodiac::RequestHost::Request>(call.body, {})->agreement;
        return pass(call);
    });
    ASSERT_EQ(wordOf(ask(kNextPassword)), "ok");
    const HostId host = asking()->host;
    Stranger stranger;
    change<kodiac::HostApproval>(laptop->between, [&](auto& answer) {
        auto sealed = crypto::hpkeSeal(asked, kodiac::hostApprovalInfo(account, host), {}, crypto::SecretBytes(32),
                                       stranger.random);
        ASSERT_TRUE(sealed);
        answer = {true, sealed->encapsulated, sealed->ciphertext};
    });
    EXPECT_EQ(wordOf(laptop->manager().continueHostRequest()), "integrity");
    EXPECT_TRUE(crypto::equalSecrets(laptopsSecret(account), before));
    laptop->between.interfere({});
    EXPECT_EQ(wordOf(comeIn(kNextPassword)), "ok");
}

TEST_F(Hosts, AreNotBroughtBackToAnOlderVaultByAnApproval) {
    ASSERT_EQ(wordOf(comeIn()), "ok");
    kodiac::GetVault::Response older;
    change<kodiac::GetVault>(laptop->between, [&](auto& vault) {
        older.vault = vault.vault;
        older.generation = vault.generation;
    });
    ASSERT_EQ(wordOf(laptop->manager().refresh()), "ok");
    laptop->between.interfere({});
    // A new content key makes the next generation, which opens with the same password and device secret.
    constexpr std::string_view kGuest = "max@example.org";
    auto max = scene.home("max");
    scene.bringIn(*ada, *max, kGuest);
    ASSERT_EQ(wordOf(ada->admin().remove(kGuest)), "ok");
    ASSERT_EQ(wordOf(laptop->manager().refresh()), "ok");
    ASSERT_EQ(wordOf(desk->manager().removeHost(laptop->session()->info().host)), "ok");

    change<kodiac::GetVault>(laptop->between, [&](auto& vault) {
        vault.vault = older.vault;
        vault.generation = older.generation;
    });
    const auto refused = comeIn();
    ASSERT_EQ(wordOf(refused), "integrity");
    EXPECT_THAT(refused.error().message, ::testing::HasSubstr("older vault"));
    laptop->between.interfere({});
    EXPECT_EQ(wordOf(comeIn()), "ok");
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
