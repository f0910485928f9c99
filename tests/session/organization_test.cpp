#include "organization_scene.h"
#include "ssprotect/kodiac/wire.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ssprotect::session {
namespace {

using namespace std::chrono_literals;

/// Administrator, Delegate and user, each at a home of their own.
class Organization : public ::testing::Test {
protected:
    Organization() {
        scene.found(*ada);
        scene.bringIn(*ada, *dora, kDelegate, true);
        scene.bringIn(*ada, *uma, kUser);
    }

    OrganizationId id() const { return ada->session()->organization(); }
    /// Whether both have the same key of that epoch.
    bool shareKey(MemberHome& a, MemberHome& b, Epoch epoch) const {
        auto one = a.session()->contentKey(id(), epoch);
        auto other = b.session()->contentKey(id(), epoch);
        return one && other && crypto::equalSecrets(*one, *other);
    }

    OrganizationScene scene;
    std::unique_ptr<MemberHome> ada = scene.home("ada");
    std::unique_ptr<MemberHome> dora = scene.home("dora");
    std::unique_ptr<MemberHome> uma = scene.home("uma");
};

TEST(Registration, MakesTheFirstAdministratorWithTheRootAndTheKeyOfTheOrganization) {
    OrganizationScene scene;
    auto ada = scene.home("ada");
    auto code = scene.authority().createOrganization({"Example", std::string(kAdministrator), 10, 1000, true});
    ASSERT_TRUE(code);
    const auto registered = ada->registerWith(kAdministrator, *code);
    ASSERT_EQ(wordOf(registered), "ok") << registered.error().message;
    ASSERT_TRUE(registered->session);
    EXPECT_EQ(registered->organizationName, "Example");
    EXPECT_EQ(registered->softwareId.size(), 12u);
    EXPECT_FALSE(registered->session->keysExported);
    EXPECT_EQ(registered->session->servers, scene.servers());
    EXPECT_EQ(wordOf(ada->manager().require()), "export-keys-first");
    ASSERT_EQ(wordOf(ada->manager().exportKeys(ada->file("keys"), viewOf(kPassphrase))), "ok");
    EXPECT_EQ(wordOf(ada->session()->contentKey(registered->session->organization, 1)), "ok");
    EXPECT_EQ(ada->session()->showAccount()->privilege, "administrator");
    ASSERT_EQ(wordOf(ada->manager().logout()), "ok");
    EXPECT_EQ(wordOf(ada->manager().login({}, viewOf(kPassword))), "ok") << "by its profile";
}

TEST(Registration, WaitsForItsValidationAndThenReceivesTheKeys) {
    OrganizationScene scene;
    auto ada = scene.home("ada");
    auto uma = scene.home("uma");
    scene.found(*ada);
    ASSERT_EQ(wordOf(ada->admin().add(kUser, {})), "ok");
    const auto registered = uma->registerWith(kUser, scene.mailedCode(kUser));
    ASSERT_EQ(wordOf(registered), "ok") << registered.error().message;
    EXPECT_FALSE(registered->session);
    EXPECT_EQ(wordOf(uma->login(kUser)), "not-validated");
    EXPECT_EQ(*uma->manager().comparisonCode({{}, std::string(kUser)}), registered->comparisonCode);
    EXPECT_EQ(*ada->admin().comparisonCode(kUser), registered->comparisonCode);

    ASSERT_EQ(wordOf(ada->admin().validate(kUser, registered->comparisonCode)), "ok");
    EXPECT_TRUE(ada->admin().user(kUser)->compared);
    const auto login = uma->login(kUser);
    ASSERT_EQ(wordOf(login), "ok") << login.error().message;
    EXPECT_TRUE(login->keysExported) << "others can help who loses the password";
    const auto key = uma->session()->contentKey(login->organization, 1);
    ASSERT_TRUE(key);
    EXPECT_TRUE(crypto::equalSecrets(*key, *ada->session()->contentKey(login->organization, 1)));
    EXPECT_EQ(wordOf(uma->manager().comparisonCode({{}, std::string(kUser)})), "not-found");
}

TEST(Registration, SurvivesACrashBeforeValidation) {
    OrganizationScene scene;
    auto ada = scene.home("ada");
    auto uma = scene.home("uma");
    scene.found(*ada);
    ASSERT_EQ(wordOf(ada->admin().add(kUser, {})), "ok");
    // The answer is lost on the way: KODiAC has the keys, and so has this host.
    uma->between.interfere([](const kodiac::Call& call, const InterposedKodiac::Passing& pass) {
        auto reply = pass(call);
        if (call.operation == kodiac::FinishRegistration::kName)
            return Result<kodiac::Reply>(makeError(ErrorCode::kodiacUnreachable, "lost"));
        return reply;
    });
    EXPECT_EQ(wordOf(uma->registerWith(kUser, scene.mailedCode(kUser))), "kodiac-unreachable");
    uma->between.interfere({});
    uma->crash();
    const auto code = ada->admin().comparisonCode(kUser);
    ASSERT_TRUE(code);
    ASSERT_EQ(wordOf(ada->admin().validate(kUser, *code)), "ok");
    EXPECT_EQ(wordOf(uma->login(kUser)), "ok");
}

TEST(Registration, IsRefusedWithAnotherCodeOrAWeakPassword) {
    OrganizationScene scene;
    auto ada = scene.home("ada");
    auto uma = scene.home("uma");
    scene.found(*ada);
    kodiac::SetPolicy::Request policy;
    policy.password = kodiac::PasswordRules{12, 3, 0, 5};
    ASSERT_EQ(wordOf(ada->admin().setPolicy(policy)), "ok");
    ASSERT_EQ(wordOf(ada->admin().add(kUser, {})), "ok");
    EXPECT_EQ(wordOf(uma->registerWith(kUser, viewOf("no code"))), "invalid-input");
    EXPECT_EQ(wordOf(uma->registerWith(kUser, viewOf("AAAA-AAAA-AAAA-AAAA-AAAA-AAAA"))), "not-found");
    const auto code = scene.mailedCode(kUser);
    EXPECT_EQ(wordOf(uma->registerWith(kUser, code, "only small letters")), "weak-password");
    EXPECT_EQ(wordOf(uma->registerWith(kUser, code, "Mixed letters and 1 digit")), "ok");
}

TEST_F(Organization, NeedsTheCodesToBeTheSameAtValidation) {
    auto max = scene.home("max");
    ASSERT_EQ(wordOf(ada->admin().add("max@example.org", {})), "ok");
    auto registered = max->registerWith("max@example.org", scene.mailedCode("max@example.org"));
    ASSERT_TRUE(registered);
    std::string other = registered->comparisonCode;
    other[0] = other[0] == 'A' ? 'B' : 'A';
    EXPECT_EQ(wordOf(ada->admin().validate("max@example.org", other)), "peer-refused");
    EXPECT_EQ(ada->admin().user("max@example.org")->state, kodiac::AccountState::registered);
    EXPECT_EQ(wordOf(dora->admin().validate("max@example.org", "")), "ok") << "nobody compared";
    EXPECT_FALSE(ada->admin().user("max@example.org")->compared);
    EXPECT_EQ(wordOf(max->login("max@example.org")), "ok") << "validated by a Delegate";
    EXPECT_TRUE(shareKey(*ada, *max, 1));
}

TEST_F(Organization, IsAdministeredByItsPrivilegedUsersOnly) {
    EXPECT_EQ(wordOf(uma->admin().users()), "not-privileged");
    EXPECT_EQ(wordOf(uma->admin().add("max@example.org", {})), "not-privileged");
    EXPECT_EQ(wordOf(dora->admin().users()), "ok");
    kodiac::AttributeChanges delegate;
    delegate.delegate = true;
    const Administration::Edit edit{std::string(kUser), delegate};
    EXPECT_EQ(wordOf(dora->admin().saveAll({&edit, 1})), "not-privileged") << "only the root signs Delegates";
    EXPECT_EQ(wordOf(ada->admin().saveAll({&edit, 1})), "ok");
    ASSERT_EQ(wordOf(uma->login(kUser)), "ok");
    EXPECT_EQ(wordOf(uma->admin().users()), "ok");
}

TEST_F(Organization, IsNotListedWholeForAnActOnOneUser) {
    ASSERT_EQ(wordOf(ada->admin().add("max@example.org", {})), "ok");
    std::vector<std::string> asked;
    ada->between.interfere([&](const kodiac::Call& call, const InterposedKodiac::Passing& pass) {
        if (call.operation == kodiac::ListUsers::kName)
            asked.push_back(kodiac::decode<kodiac::ListUsers::Request>(call.body, {})->email);
        return pass(call);
    });
    EXPECT_EQ(wordOf(ada->admin().resend("Max@example.org")), "ok");
    EXPECT_EQ(wordOf(ada->admin().dismiss("max@example.org")), "ok");
    EXPECT_EQ(wordOf(ada->admin().presentOrFormerUser("max@example.org")), "ok");
    EXPECT_THAT(asked, ::testing::ElementsAre("Max@example.org", "max@example.org", "max@example.org"));
    for (const char* nobody : {"", "nobody@example.org", "no address"})
        EXPECT_EQ(wordOf(ada->admin().user(nobody)), "not-found") << nobody;
}

TEST_F(Organization, KeepsWhatAFormerDelegateSigned) {
    auto max = scene.home("max");
    scene.bringIn(*dora, *max, "max@example.org");
    kodiac::AttributeChanges off;
    off.delegate = false;
    const Administration::Edit edit{std::string(kDelegate), off};
    ASSERT_EQ(wordOf(ada->admin().saveAll({&edit, 1})), "ok");
    for (auto* home : {ada.get(), dora.get(), uma.get(), max.get()})
        EXPECT_EQ(wordOf(home->manager().refresh()), "ok");
    EXPECT_EQ(wordOf(max->login("max@example.org")), "ok");
}

TEST_F(Organization, GetsANewKeyWhenSomebodyIsRemoved) {
    ASSERT_EQ(wordOf(ada->admin().remove(kUser)), "ok");
    EXPECT_FALSE(ada->admin().users()->rotationPending);
    EXPECT_EQ(wordOf(ada->session()->contentKey(id(), 2)), "ok");
    EXPECT_EQ(wordOf(uma->session()->showAccount()), "not-logged-in");
    EXPECT_NE(wordOf(uma->login(kUser)), "ok");
    ASSERT_EQ(wordOf(dora->manager().refresh()), "ok");
    EXPECT_TRUE(shareKey(*ada, *dora, 2));
    EXPECT_TRUE(shareKey(*ada, *dora, 1));
    dora->crash();
    ASSERT_EQ(wordOf(dora->login(kDelegate)), "ok");
    EXPECT_TRUE(shareKey(*ada, *dora, 2)) << "the vault has it";
}

TEST_F(Organization, RotatesAtTheNextPrivilegedSessionWhenItCouldNotAtOnce) {
    ada->between.interfere([](const kodiac::Call& call, const InterposedKodiac::Passing& pass) {
        if (call.operation == kodiac::RotateContentKey::kName)
            return Result<kodiac::Reply>(makeError(ErrorCode::kodiacUnreachable, "no way"));
        return pass(call);
    });
    ASSERT_EQ(wordOf(ada->admin().remove(kUser)), "ok");
    ada->between.interfere({});
    EXPECT_TRUE(ada->admin().users()->rotationPending);
    ASSERT_EQ(wordOf(dora->login(kDelegate)), "ok");
    EXPECT_FALSE(ada->admin().users()->rotationPending);
    ASSERT_EQ(wordOf(ada->manager().refresh()), "ok");
    EXPECT_TRUE(shareKey(*ada, *dora, 2));
}

TEST_F(Organization, RefusesToValidateWhoHasNoKeysYetAndWhoIsValidated) {
    ASSERT_EQ(wordOf(ada->admin().add("max@example.org", {})), "ok");
    for (const std::string_view email : {std::string_view("max@example.org"), kUser}) {
        EXPECT_EQ(wordOf(ada->admin().validate(email, "")), "refused") << email;
        EXPECT_EQ(wordOf(ada->admin().comparisonCode(email)), "refused") << email;
    }
}

TEST_F(Organization, LetsTheAdministratorsRoleChangeHands) {
    EXPECT_EQ(wordOf(dora->admin().transferAdministrator(kUser)), "not-privileged");
    ASSERT_EQ(wordOf(ada->admin().transferAdministrator(kDelegate)), "ok");
    EXPECT_EQ(ada->session()->showAccount()->privilege, "delegate");
    auto max = scene.home("max");
    // Somebody who comes now knows the new root alone, under which nothing is signed before its holder was there.
    ASSERT_EQ(wordOf(ada->admin().add("max@example.org", {})), "ok");
    auto registered = max->registerWith("max@example.org", scene.mailedCode("max@example.org"));
    ASSERT_TRUE(registered) << registered.error().message;
    EXPECT_EQ(wordOf(ada->admin().validate("max@example.org", registered->comparisonCode)), "conflict");

    ASSERT_EQ(wordOf(dora->login(kDelegate)), "ok");
    EXPECT_EQ(dora->session()->showAccount()->privilege, "administrator");
    for (auto* home : {ada.get(), uma.get()})
        EXPECT_EQ(wordOf(home->manager().refresh()), "ok");
    EXPECT_EQ(wordOf(ada->admin().validate("max@example.org", registered->comparisonCode)), "ok");
    const auto login = max->login("max@example.org");
    EXPECT_EQ(wordOf(login), "ok") << login.error().message;
    EXPECT_TRUE(shareKey(*max, *dora, 1));
    // And again, and back.
    ASSERT_EQ(wordOf(dora->admin().transferAdministrator(kAdministrator)), "ok");
    ASSERT_EQ(wordOf(ada->login(kAdministrator)), "ok");
    for (auto* home : {dora.get(), uma.get(), max.get()})
        EXPECT_EQ(wordOf(home->manager().refresh()), "ok");
}

TEST_F(Organization, LetsWhoLostThePasswordRegisterAnewUnderTheSameId) {
    const AccountId before = uma->session()->account();
    ASSERT_EQ(wordOf(dora->admin().resetPassword(kUser)), "ok");
    EXPECT_EQ(wordOf(uma->session()->showAccount()), "not-logged-in");
    uma->manager().endIfExpired();
    const auto registered =
        uma->registerWith(kUser, scene.mailedCode(kUser, kodiac::MailKind::passwordReset), kNextPassword);
    ASSERT_EQ(wordOf(registered), "ok") << registered.error().message;
    ASSERT_EQ(wordOf(dora->admin().validate(kUser, registered->comparisonCode)), "ok");
    const auto login = uma->login(kUser, kNextPassword);
    ASSERT_EQ(wordOf(login), "ok") << login.error().message;
    EXPECT_EQ(login->account, before);
    EXPECT_TRUE(shareKey(*uma, *ada, 1));
    EXPECT_EQ(wordOf(ada->manager().refresh()), "ok");
}

TEST_F(Organization, TellsWhoResetsTheirOwnPasswordHowToChangeItAndLeavesThemLoggedIn) {
    const auto refused = dora->admin().resetPassword(kDelegate);
    ASSERT_EQ(wordOf(refused), "refused");
    EXPECT_THAT(refused.error().message, ::testing::HasSubstr("account change-password"));
    EXPECT_EQ(wordOf(dora->session()->showAccount()), "ok");
    ASSERT_EQ(wordOf(dora->manager().logout()), "ok");
    EXPECT_EQ(wordOf(dora->login(kDelegate)), "ok");
}

TEST_F(Organization, MakesItsPeopleChangeThePasswordWhenItsPolicySaysSo) {
    kodiac::SetPolicy::Request policy;
    policy.password = kodiac::PasswordRules{12, 2, 0, 4};
    policy.changePasswordsNow = true;
    scene.clock.advance(1min);
    ASSERT_EQ(wordOf(ada->admin().setPolicy(policy)), "ok");
    const auto login = uma->login(kUser);
    ASSERT_EQ(wordOf(login), "ok") << login.error().message;
    EXPECT_TRUE(login->passwordDue);
    EXPECT_EQ(wordOf(uma->manager().require()), "password-due");
    EXPECT_EQ(wordOf(uma->manager().changePassword(viewOf(kPassword), viewOf("allsmall"))), "weak-password");
    EXPECT_EQ(wordOf(uma->manager().changePassword(viewOf(kPassword), viewOf("allsmallbutlong"))), "weak-password");
    scene.clock.advance(1min);
    ASSERT_EQ(wordOf(uma->manager().changePassword(viewOf(kPassword), viewOf("Small and Large"))), "ok");
    EXPECT_EQ(wordOf(uma->manager().require()), "ok");
    EXPECT_EQ(wordOf(uma->session()->audit(0, 10)), "ok");
}

} // namespace
} // namespace ssprotect::session
