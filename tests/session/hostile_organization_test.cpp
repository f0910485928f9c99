#include "organization_scene.h"
#include "stranger.h"

namespace ssprotect::session {
namespace {

using Vault = kodiac::GetVault::Response;
constexpr std::string_view kGuest = "max@example.org";

/// What KODiAC might put into an Organization's chain.
class HostileToAnOrganization : public ::testing::Test {
protected:
    HostileToAnOrganization() {
        scene.found(*ada);
        scene.bringIn(*ada, *dora, kDelegate, true);
        scene.bringIn(*dora, *uma, kUser);
        organization = uma->session()->organization();
    }

    /// The user's next login, with the vault changed on the way.
    std::string_view loginWith(const std::function<void(Vault&)>& lie) {
        change<kodiac::GetVault>(uma->between, lie);
        const auto login = uma->login(kUser);
        uma->between.interfere({});
        return wordOf(login);
    }
    static kodiac::Member& statementAbout(Vault& vault, const AccountId& account) {
        for (auto& member : vault.members)
            if (member.account == account)
                return member;
        ADD_FAILURE() << "KODiAC did not name the account";
        return vault.members.front();
    }
    kodiac::DelegateStatement delegateStatement(const AccountId& account, const kodiac::AccountKeys& keys,
                                                const crypto::SigningKey& by) const {
        return {account, ada->session()->account(),
                by.sign(kodiac::delegateStatementBytes(organization, account, keys))};
    }
    kodiac::RootTransfer transferToTheStranger(Vault& vault, const crypto::SigningKey& by) {
        kodiac::RootTransfer transfer{static_cast<std::uint32_t>(vault.transfers.size() + 1),
                                      ada->session()->account(),
                                      stranger.account,
                                      vault.organizationRoot.signing,
                                      stranger.signing.publicKey(),
                                      {}};
        transfer.signature = by.sign(kodiac::rootTransferBytes(organization, transfer));
        return transfer;
    }
    void expectThatTheTruthStillWorks() { EXPECT_EQ(wordOf(uma->login(kUser)), "ok"); }

    OrganizationScene scene;
    std::unique_ptr<MemberHome> ada = scene.home("ada");
    std::unique_ptr<MemberHome> dora = scene.home("dora");
    std::unique_ptr<MemberHome> uma = scene.home("uma");
    OrganizationId organization;
    Stranger stranger;
};

TEST_F(HostileToAnOrganization, CannotPlantAMember) {
    EXPECT_EQ(loginWith([&](Vault& vault) { vault.members.push_back(stranger.statement(organization)); }),
              "peer-refused");
    EXPECT_EQ(loginWith([&](Vault& vault) {
                  auto planted = stranger.statement(organization);
                  planted.signer = dora->session()->account();
                  vault.members.push_back(planted);
              }),
              "peer-refused")
        << "in the Delegate's name";
    expectThatTheTruthStillWorks();
}

TEST_F(HostileToAnOrganization, CannotPlantAMemberThatAnOrdinaryUserSigned) {
    const auto key = uma->session()->signingKey();
    ASSERT_TRUE(key);
    EXPECT_EQ(loginWith([&](Vault& vault) {
                  auto planted = stranger.statement(organization);
                  planted.signer = uma->session()->account();
                  planted.signature = key->sign(kodiac::memberStatementBytes(organization, planted));
                  vault.members.push_back(planted);
              }),
              "peer-refused");
    expectThatTheTruthStillWorks();
}

TEST_F(HostileToAnOrganization, CannotPlantADelegate) {
    EXPECT_EQ(loginWith([&](Vault& vault) {
                  const auto member = stranger.statement(organization);
                  vault.members.push_back(member);
                  vault.delegates.push_back(delegateStatement(stranger.account, member.keys, stranger.signing));
              }),
              "peer-refused");
    const auto key = dora->session()->signingKey();
    EXPECT_EQ(loginWith([&](Vault& vault) {
                  const auto& member = statementAbout(vault, uma->session()->account());
                  vault.delegates.push_back(delegateStatement(member.account, member.keys, *key));
              }),
              "peer-refused")
        << "by a Delegate";
    expectThatTheTruthStillWorks();
}

TEST_F(HostileToAnOrganization, CannotGiveADelegateOtherKeys) {
    EXPECT_EQ(loginWith([&](Vault& vault) {
                  auto& member = statementAbout(vault, dora->session()->account());
                  member.keys = {stranger.signing.publicKey(), stranger.agreement.publicKey()};
                  member.signature = stranger.signing.sign(kodiac::memberStatementBytes(organization, member));
              }),
              "peer-refused");
    EXPECT_EQ(loginWith([&](Vault& vault) { statementAbout(vault, dora->session()->account()).email = "eve@example.org"; }),
              "peer-refused");
    expectThatTheTruthStillWorks();
}

TEST_F(HostileToAnOrganization, CannotTakeADelegateAwayFromUnderItsSignatures) {
    EXPECT_EQ(loginWith([](Vault& vault) { vault.delegates.clear(); }), "peer-refused");
    expectThatTheTruthStillWorks();
}

TEST_F(HostileToAnOrganization, CannotPlantARoot) {
    EXPECT_EQ(loginWith([&](Vault& vault) { vault.organizationRoot.signing = stranger.signing.publicKey(); }),
              "peer-refused");
    EXPECT_EQ(loginWith([&](Vault& vault) {
                  vault.transfers.push_back(transferToTheStranger(vault, stranger.signing));
                  vault.organizationRoot.signing = stranger.signing.publicKey();
              }),
              "peer-refused");
    const auto delegateKey = dora->session()->signingKey();
    EXPECT_EQ(loginWith([&](Vault& vault) {
                  vault.transfers.push_back(transferToTheStranger(vault, *delegateKey));
                  vault.organizationRoot.signing = stranger.signing.publicKey();
              }),
              "peer-refused")
        << "by a Delegate";
    expectThatTheTruthStillWorks();
}

TEST_F(HostileToAnOrganization, CannotPutARootBeforeTheOneThatIsPinned) {
    EXPECT_EQ(loginWith([&](Vault& vault) {
                  kodiac::RootTransfer before{1,
                                              stranger.account,
                                              ada->session()->account(),
                                              stranger.signing.publicKey(),
                                              vault.organizationRoot.signing,
                                              {}};
                  before.signature = stranger.signing.sign(kodiac::rootTransferBytes(organization, before));
                  vault.transfers.push_back(before);
                  const auto member = stranger.statement(organization);
                  vault.members.push_back(member);
                  vault.delegates.push_back(delegateStatement(stranger.account, member.keys, stranger.signing));
              }),
              "peer-refused");
    expectThatTheTruthStillWorks();
}

TEST_F(HostileToAnOrganization, CannotGoBackBehindATransferOfTheRoot) {
    Vault before;
    change<kodiac::GetVault>(uma->between, [&](Vault& vault) { before = vault; });
    ASSERT_EQ(wordOf(uma->manager().refresh()), "ok");
    uma->between.interfere({});
    ASSERT_EQ(wordOf(ada->admin().transferAdministrator(kDelegate)), "ok");
    ASSERT_EQ(wordOf(uma->manager().refresh()), "ok");
    const auto goBack = [&](Vault& vault) {
        vault.organizationRoot = before.organizationRoot;
        vault.transfers = before.transfers;
        vault.delegates = before.delegates;
        vault.members = before.members;
    };
    EXPECT_EQ(loginWith(goBack), "peer-refused");
    ASSERT_EQ(wordOf(dora->login(kDelegate)), "ok");
    expectThatTheTruthStillWorks();
    EXPECT_EQ(loginWith(goBack), "peer-refused") << "under the new root alone as well";
}

TEST_F(HostileToAnOrganization, CannotPlantAContentKey) {
    const auto plant = [&](const AccountId& sealer, Epoch epoch) {
        return loginWith([&, sealer](Vault& vault) {
            const auto& key = statementAbout(vault, uma->session()->account()).keys.agreement;
            vault.contentKeys.push_back(stranger.envelope(uma->session()->info(), epoch, key, sealer));
        });
    };
    for (const AccountId& sealer :
         {stranger.account, ada->session()->account(), dora->session()->account(), uma->session()->account()})
        EXPECT_EQ(plant(sealer, 2), "peer-refused");
    expectThatTheTruthStillWorks();
    EXPECT_EQ(wordOf(uma->session()->contentKey(organization, 2)), "foreign-file");
}

TEST_F(HostileToAnOrganization, CannotGiveAnotherKeyForAnEpochThatIsKnown) {
    const auto key = dora->session()->signingKey();
    ASSERT_TRUE(key);
    EXPECT_EQ(loginWith([&](Vault& vault) {
                  const auto& agreement = statementAbout(vault, uma->session()->account()).keys.agreement;
                  auto other = sealContentKey(crypto::SecretBytes(32), organization, 1, uma->session()->account(),
                                              agreement, {dora->session()->account(), *key}, stranger.random);
                  ASSERT_TRUE(other);
                  vault.contentKeys = {*other};
              }),
              "integrity");
    expectThatTheTruthStillWorks();
}

TEST_F(HostileToAnOrganization, CannotPassOffOtherKeysAtAValidation) {
    auto max = scene.home("max");
    ASSERT_EQ(wordOf(ada->admin().add(kGuest, {})), "ok");
    const auto registered = max->registerWith(kGuest, scene.mailedCode(kGuest));
    ASSERT_TRUE(registered);
    change<kodiac::ListUsers>(ada->between, [&](auto& users) {
        for (auto& row : users.rows)
            if (row.email == kGuest)
                row.keys = {stranger.signing.publicKey(), stranger.agreement.publicKey()};
    });
    ada->between.calls.clear();
    EXPECT_EQ(wordOf(ada->admin().validate(kGuest, registered->comparisonCode)), "peer-refused");
    for (const auto& [operation, counter] : ada->between.calls)
        EXPECT_NE(operation, kodiac::ValidateUser::kName) << "nothing was sealed";
}

TEST_F(HostileToAnOrganization, IsNoticedByTheCodesWhenItNamesAnotherRootAtARegistration) {
    auto max = scene.home("max");
    ASSERT_EQ(wordOf(ada->admin().add(kGuest, {})), "ok");
    change<kodiac::StartRegistration>(max->between, [&](auto& begun) { begun.root = stranger.signing.publicKey(); });
    const auto registered = max->registerWith(kGuest, scene.mailedCode(kGuest));
    max->between.interfere({});
    ASSERT_TRUE(registered);
    EXPECT_EQ(wordOf(ada->admin().validate(kGuest, registered->comparisonCode)), "peer-refused");
    ASSERT_EQ(wordOf(ada->admin().validate(kGuest, "")), "ok") << "nobody compared";
    EXPECT_EQ(wordOf(max->login(kGuest)), "peer-refused") << "its host takes nothing under another root";
}

TEST_F(HostileToAnOrganization, CannotSpeakForAnAccountOfAnotherKodiac) {
    const SessionInfo info = uma->session()->info();
    ASSERT_EQ(wordOf(uma->manager().logout()), "ok");
    uma->between.calls.clear();
    // Another KODiAC answers with the account that this host knows at the first one.
    ServerSet elsewhere = scene.servers();
    elsewhere.urls = {"https://elsewhere.example.org"};
    change<kodiac::StartLogin>(uma->between, [&](auto& challenge) { challenge.account = info.account; });
    EXPECT_EQ(wordOf(uma->manager().login({{}, "eve@example.org", elsewhere}, viewOf(kPassword))), "peer-refused");
    EXPECT_EQ(uma->between.calls.size(), 1u) << "it was told nothing, and no code";
    uma->between.interfere({});
    expectThatTheTruthStillWorks();
}

} // namespace
} // namespace ssprotect::session
