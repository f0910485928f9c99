#include "stranger.h"

#include <gtest/gtest.h>

namespace ssprotect::session {
namespace {

using namespace std::chrono_literals;
using VaultChange = std::function<void(kodiac::GetVault::Response&)>;

std::string_view loginWith(SessionHome& home, const VaultChange& vaultChange) {
    change<kodiac::GetVault>(home.between, vaultChange);
    const auto login = home.manager().login({}, viewOf(kPassword));
    home.between.interfere({});
    return wordOf(login);
}

class HostileKodiac : public ::testing::Test {
protected:
    HostileKodiac() : info(home.createAccount()) { EXPECT_TRUE(home.manager().logout()); }

    void expectThatTheTruthStillWorks() {
        EXPECT_EQ(home.session(), nullptr);
        EXPECT_EQ(wordOf(home.manager().login({}, viewOf(kPassword))), "ok");
    }

    SessionHome home;
    const SessionInfo info;
    Stranger stranger;
};

TEST_F(HostileKodiac, CannotSlipInAMemberTheRootDidNotSign) {
    EXPECT_EQ(loginWith(home, [&](auto& vault) { vault.members.push_back(stranger.statement(info.organization)); }),
              "peer-refused");
    expectThatTheTruthStillWorks();
}

TEST_F(HostileKodiac, CannotGiveAnotherRoot) {
    EXPECT_EQ(loginWith(home,
                        [&](auto& vault) {
                            vault.organizationRoot.signing = stranger.signing.publicKey();
                            vault.members = {stranger.statement(info.organization)};
                        }),
              "peer-refused");
    expectThatTheTruthStillWorks();
}

TEST_F(HostileKodiac, CannotExchangeTheAccountsOwnKeys) {
    EXPECT_EQ(loginWith(home, [&](auto& vault) { vault.members[0].keys.agreement = stranger.agreement.publicKey(); }),
              "peer-refused");
    EXPECT_EQ(loginWith(home, [](auto& vault) { vault.members.clear(); }), "peer-refused");
    EXPECT_EQ(loginWith(home, [](auto& vault) { vault.members.push_back(vault.members[0]); }), "peer-refused");
    expectThatTheTruthStillWorks();
}

TEST_F(HostileKodiac, CannotPlantAContentKey) {
    const auto plant = [&](const AccountId& sealer) {
        return loginWith(home, [&](auto& vault) {
            vault.contentKeys.push_back(stranger.envelope(info, 2, vault.members[0].keys.agreement, sealer));
        });
    };
    EXPECT_EQ(plant(stranger.account), "peer-refused");
    EXPECT_EQ(plant(info.account), "peer-refused") << "in the account's own name";
    expectThatTheTruthStillWorks();
    EXPECT_EQ(wordOf(home.session()->contentKey(info.organization, 2)), "foreign-file");
}

TEST_F(HostileKodiac, CannotAlterAnEnvelope) {
    EXPECT_EQ(loginWith(home, [](auto& vault) { vault.contentKeys[0].ciphertext[0] ^= 1; }), "peer-refused");
    EXPECT_EQ(loginWith(home, [](auto& vault) { vault.contentKeys[0].encapsulated[0] ^= 1; }), "peer-refused");
    EXPECT_EQ(loginWith(home, [](auto& vault) { vault.contentKeys[0].epoch = 7; }), "peer-refused");
    expectThatTheTruthStillWorks();
}

TEST_F(HostileKodiac, CannotGoBackToAnOlderVault) {
    ASSERT_TRUE(home.manager().login({}, viewOf(kPassword)));
    kodiac::GetVault::Response older;
    change<kodiac::GetVault>(home.between, [&](auto& vault) {
        older.vault = vault.vault;
        older.generation = vault.generation;
    });
    ASSERT_TRUE(home.manager().refresh());
    home.between.interfere({});
    ASSERT_TRUE(home.manager().changePassword(viewOf(kPassword), viewOf(kNextPassword)));
    ASSERT_TRUE(home.manager().changePassword(viewOf(kNextPassword), viewOf("a third one for today")));
    ASSERT_TRUE(home.manager().logout());

    change<kodiac::GetVault>(home.between, [&](auto& vault) {
        vault.vault = older.vault;
        vault.generation = older.generation;
    });
    EXPECT_EQ(wordOf(home.manager().login({}, viewOf("a third one for today"))), "integrity");
    // Nor under the number of the newest.
    change<kodiac::GetVault>(home.between, [&](auto& vault) { vault.vault = older.vault; });
    EXPECT_EQ(wordOf(home.manager().login({}, viewOf("a third one for today"))), "integrity");
    home.between.interfere({});
    EXPECT_EQ(wordOf(home.manager().login({}, viewOf("a third one for today"))), "ok");
}

TEST_F(HostileKodiac, CannotPassOffAnAlteredVault) {
    EXPECT_EQ(loginWith(home, [](auto& vault) { vault.vault.back() ^= 1; }), "integrity");
    EXPECT_EQ(loginWith(home, [](auto& vault) { vault.vault.resize(10); }), "integrity");
    expectThatTheTruthStillWorks();
}

TEST_F(HostileKodiac, DoesNotGetThePasswordInAWeakForm) {
    for (const std::uint64_t n : {std::uint64_t{2}, std::uint64_t{8}, std::uint64_t{1} << 21}) {
        change<kodiac::StartLogin>(home.between, [n](auto& challenge) { challenge.derivation.scrypt.n = n; });
        home.between.calls.clear();
        EXPECT_EQ(wordOf(home.manager().login({}, viewOf(kPassword))), "peer-refused") << n;
        EXPECT_EQ(home.between.calls.size(), 1u) << "no proof was made of it";
    }
    home.between.interfere({});
    expectThatTheTruthStillWorks();
}

TEST_F(HostileKodiac, MustProveThatItKnowsTheVerifier) {
    change<kodiac::FinishLogin>(home.between, [](auto& answer) { answer.serverSignature[0] ^= 1; });
    EXPECT_EQ(wordOf(home.manager().login({}, viewOf(kPassword))), "peer-refused");
    home.between.interfere({});
    expectThatTheTruthStillWorks();
}

TEST_F(HostileKodiac, CannotOpenASessionOfAnotherAccount) {
    change<kodiac::FinishLogin>(home.between, [&](auto& answer) { answer.session.account = stranger.account; });
    EXPECT_EQ(wordOf(home.manager().login({}, viewOf(kPassword))), "peer-refused");
    home.between.interfere({});
    expectThatTheTruthStillWorks();
}

TEST_F(HostileKodiac, DoesNotTakeTheKeysOfARefreshEither) {
    ASSERT_TRUE(home.manager().login({}, viewOf(kPassword)));
    change<kodiac::GetVault>(home.between,
                             [&](auto& vault) { vault.members.push_back(stranger.statement(info.organization)); });
    EXPECT_EQ(wordOf(home.manager().refresh()), "peer-refused");
    home.between.interfere({});
    EXPECT_EQ(wordOf(home.session()->contentKey(info.organization, 1)), "ok");
}

TEST_F(HostileKodiac, CannotBeginAnotherVersionThanAskedFor) {
    ASSERT_TRUE(home.manager().login({}, viewOf(kPassword)));
    const auto beginWith = [&](const std::function<void(container::Identity&)>& lie) {
        change<kodiac::BeginStore>(home.between, [&](auto& response) {
            auto identity = container::Identity::parse(response.items[0].identity);
            ASSERT_TRUE(identity);
            lie(*identity);
            response.items[0].identity = identity->bytes();
        });
        conversion::StoreRequest one{{}, {}, "/tmp/a"};
        const auto begun = home.session()->begin({&one, 1});
        EXPECT_EQ(wordOf(begun), "ok");
        return begun ? wordOf(begun->front()) : wordOf(begun);
    };
    EXPECT_EQ(beginWith([](auto&) {}), "ok");
    EXPECT_EQ(beginWith([&](auto& identity) { identity.creator = stranger.account; }), "integrity");
    EXPECT_EQ(beginWith([&](auto& identity) { identity.owner = stranger.account; }), "integrity");
    EXPECT_EQ(beginWith([](auto& identity) { identity.organization = OrganizationId({9}); }), "integrity");
    EXPECT_EQ(beginWith([](auto& identity) { identity.version = 2; }), "integrity");
}

} // namespace
} // namespace ssprotect::session
