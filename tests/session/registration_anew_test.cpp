#include "organization_scene.h"
#include "session/host_accounts.h"
#include "session/host_secrets.h"
#include "stranger.h"
#include "support/watched_files.h"

namespace ssprotect::session {
namespace {

using Begun = kodiac::StartRegistration::Response;
using Vault = kodiac::GetVault::Response;
constexpr std::string_view kAnyCode = "AAAA-AAAA-AAAA-AAAA-AAAA-AAAA";

/// An account registers once more on a host that knows it.
class RegistrationAnew : public ::testing::Test {
protected:
    RegistrationAnew() {
        real_ = std::move(scene.files);
        scene.files = std::make_unique<support::WatchedFiles>(*real_, [this](unsigned) -> Status {
            if (failing == 0 || --failing > 0)
                return {};
            return makeError(ErrorCode::diskFull, "the disk is full");
        });
        ada = scene.home("ada");
        uma = scene.home("uma");
        scene.found(*ada);
        scene.bringIn(*ada, *uma, kUser);
    }

    /// A later vault than `vault()` gave before, under the same password and device secret.
    void makeNextVault() {
        constexpr std::string_view kGuest = "max@example.org";
        auto max = scene.home("max");
        scene.bringIn(*ada, *max, kGuest);
        ASSERT_EQ(wordOf(ada->admin().remove(kGuest)), "ok"); // which makes a new content key
        ASSERT_EQ(wordOf(uma->manager().refresh()), "ok");
    }
    Vault vault() {
        Vault given;
        change<kodiac::GetVault>(uma->between, [&](Vault& vault) { given = vault; });
        EXPECT_EQ(wordOf(uma->manager().refresh()), "ok");
        uma->between.interfere({});
        return given;
    }
    /// A KODiAC that takes any code for one of `begun`, and refuses the keys then.
    std::string_view refusedRegistration(Begun begun) {
        uma->between.interfere([begun](const kodiac::Call& call, const InterposedKodiac::Passing& pass) {
            if (call.operation == kodiac::StartRegistration::kName)
                return Result<kodiac::Reply>(kodiac::encode(begun));
            if (call.operation == kodiac::FinishRegistration::kName)
                return Result<kodiac::Reply>(makeError(ErrorCode::refused, "no"));
            return pass(call);
        });
        const auto registered = uma->registerWith(kUser, viewOf(kAnyCode));
        uma->between.interfere({});
        return wordOf(registered);
    }
    std::uint64_t generationOnRecord() {
        const auto known = HostAccounts(uma->database()).byId(account);
        EXPECT_TRUE(known && *known);
        return known && *known ? (*known)->vaultGeneration : 0;
    }
    std::optional<crypto::SecretBytes> secretOnDisk() {
        auto secret = HostSecrets(scene.environment(), {scene.folder / "uma"}).deviceSecret(account);
        EXPECT_EQ(wordOf(secret), "ok");
        return secret ? std::move(*secret) : std::nullopt;
    }

    std::unique_ptr<platform::FileSystem> real_; ///< outlives the scene, which began with it
    unsigned failing = 0;                        ///< which of the next steps that change files fails; 0: none
    OrganizationScene scene;
    std::unique_ptr<MemberHome> ada;
    std::unique_ptr<MemberHome> uma;
    AccountId account;
};

TEST_F(RegistrationAnew, ThatKodiacRefusesLeavesNoWayBackToAnOlderVault) {
    const Vault older = vault();
    makeNextVault();
    const SessionInfo info = uma->session()->info();
    account = info.account;
    const auto seen = generationOnRecord();
    ASSERT_GT(seen, older.generation);
    ASSERT_EQ(wordOf(uma->manager().logout()), "ok");

    EXPECT_EQ(refusedRegistration({account, info.organization, "Example", false, older.organizationRoot.signing, {}}),
              "refused");
    EXPECT_EQ(generationOnRecord(), seen);
    change<kodiac::GetVault>(uma->between, [&](Vault& vault) {
        vault.vault = older.vault;
        vault.generation = older.generation;
    });
    EXPECT_EQ(wordOf(uma->login(kUser)), "integrity");
    uma->between.interfere({});
    EXPECT_EQ(wordOf(uma->login(kUser)), "ok");
}

TEST_F(RegistrationAnew, ThatKodiacRefusesLeavesTheRootThatThisHostKnows) {
    const SessionInfo info = uma->session()->info();
    ASSERT_EQ(wordOf(uma->manager().logout()), "ok");
    EXPECT_EQ(refusedRegistration({info.account, info.organization, "Example", true, {}, {}}), "refused");
    EXPECT_EQ(wordOf(uma->login(kUser)), "ok");
}

TEST_F(RegistrationAnew, CutOffAnywhereNeverLeavesTheFormerSecretBesideTheGenerationOfTheNewVault) {
    makeNextVault();
    account = uma->session()->account();
    const auto former = secretOnDisk();
    const auto seen = generationOnRecord();
    ASSERT_TRUE(former);
    ASSERT_EQ(wordOf(ada->admin().resetPassword(kUser)), "ok");
    EXPECT_EQ(wordOf(uma->session()->showAccount()), "not-logged-in");
    uma->manager().endIfExpired();
    const auto registered = uma->registerWith(kUser, scene.mailedCode(kUser, kodiac::MailKind::passwordReset));
    ASSERT_EQ(wordOf(registered), "ok") << registered.error().message;
    ASSERT_EQ(wordOf(ada->admin().validate(kUser, registered->comparisonCode)), "ok");
    ASSERT_EQ(generationOnRecord(), seen);

    unsigned step = 0;
    for (bool loggedIn = false; !loggedIn;) {
        ASSERT_LT(++step, 100u);
        failing = step;
        loggedIn = uma->login(kUser).ok();
        failing = 0;
        uma->crash();
        const auto present = secretOnDisk();
        if (present && crypto::equalSecrets(*present, *former)) {
            EXPECT_EQ(generationOnRecord(), seen) << "step " << step;
        }
    }
    EXPECT_GT(step, 3u) << "it was cut off";
    EXPECT_FALSE(crypto::equalSecrets(*secretOnDisk(), *former));
    EXPECT_LT(generationOnRecord(), seen);
    EXPECT_EQ(wordOf(uma->login(kUser)), "ok");
}

} // namespace
} // namespace ssprotect::session
