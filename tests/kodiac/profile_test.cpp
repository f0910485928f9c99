#include "kodiac_under_test.h"
#include "ssprotect/kodiac/host_operations.h"

#include <gmock/gmock.h>

namespace ssprotect::kodiac {
namespace {

using test::Individual;
using testing::IsEmpty;
using testing::SizeIs;

constexpr const char* kPin = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";

class ProfileTest : public KodiacTest {
protected:
    static DeployedProfile profile(std::string name) {
        return {std::move(name), "ada@example.org", {"https://kodiac.example.org:8443"}, {kPin}};
    }
    static std::vector<DeployedProfile> listed(Individual& person) { return person.ask<ListProfiles>()->profiles; }
};
INSTANTIATE_TEST_SUITE_P(Kodiac, ProfileTest, testing::ValuesIn(implementations()));

TEST_P(ProfileTest, WhatOneHostDeploysAnotherHostOfTheAccountFinds) {
    Individual ada = settled();
    ASSERT_TRUE(ada.ask<DeployProfile>({profile("Work")}).ok());
    ASSERT_TRUE(ada.ask<DeployProfile>({{"Home", "ada@example.org", {}, {}}}).ok());
    Individual away = ada.onAnotherHost();
    ASSERT_TRUE(away.login().ok());
    ASSERT_TRUE(away.enrolHost().ok());
    const auto found = listed(away);
    ASSERT_THAT(found, SizeIs(2));
    EXPECT_EQ(found[0].name, "Home");
    EXPECT_THAT(found[0].servers, IsEmpty());
    EXPECT_EQ(found[1].name, "Work");
    EXPECT_EQ(found[1].email, "ada@example.org");
    EXPECT_EQ(found[1].servers, profile("").servers);
    EXPECT_EQ(found[1].pins, profile("").pins);
}

TEST_P(ProfileTest, ANameIsOneProfileWhateverItsCase) {
    Individual ada = settled();
    ASSERT_TRUE(ada.ask<DeployProfile>({profile("Work")}).ok());
    ASSERT_TRUE(ada.ask<DeployProfile>({profile("WORK")}).ok());
    ASSERT_THAT(listed(ada), SizeIs(1));
    EXPECT_EQ(listed(ada)[0].name, "WORK");
    ASSERT_TRUE(ada.ask<WithdrawProfile>({"work"}).ok());
    EXPECT_THAT(listed(ada), IsEmpty());
    EXPECT_EQ(codeOf(ada.ask<WithdrawProfile>({"work"})), ErrorCode::notFound);
}

TEST_P(ProfileTest, AccountsDoNotSeeEachOthersProfiles) {
    Individual ada = settled();
    Individual ben = settled("ben@example.org");
    ASSERT_TRUE(ada.ask<DeployProfile>({profile("Work")}).ok());
    EXPECT_THAT(listed(ben), IsEmpty());
    EXPECT_EQ(codeOf(ben.ask<WithdrawProfile>({"Work"})), ErrorCode::notFound);
}

TEST_P(ProfileTest, WhatIsNoProfileIsRefused) {
    Individual ada = settled();
    const auto refused = [&](auto change) {
        DeployedProfile changed = profile("Work");
        change(changed);
        return codeOf(ada.ask<DeployProfile>({changed}));
    };
    EXPECT_EQ(refused([](DeployedProfile& p) { p.name = ""; }), ErrorCode::invalidInput);
    EXPECT_EQ(refused([](DeployedProfile& p) { p.name = "a\nb"; }), ErrorCode::invalidInput);
    EXPECT_EQ(refused([](DeployedProfile& p) { p.email = "ada"; }), ErrorCode::invalidInput);
    for (const char* server : {"", "https://", "http://kodiac.example.org", "https://a b", "file:///etc", "https://a/b",
                               "https://user@a", "https://a:0", "https://a:000443"})
        EXPECT_EQ(refused([&](DeployedProfile& p) { p.servers = {server}; }), ErrorCode::invalidInput) << server;
    EXPECT_EQ(refused([](DeployedProfile& p) { p.servers[0] += std::string(kLongestServer, 'a'); }),
              ErrorCode::invalidInput);
    EXPECT_EQ(refused([](DeployedProfile& p) { p.servers.resize(kMostServers + 1, p.servers[0]); }),
              ErrorCode::invalidInput);
    EXPECT_EQ(refused([](DeployedProfile& p) { p.pins = {"no certificate"}; }), ErrorCode::invalidInput);
    EXPECT_EQ(refused([](DeployedProfile& p) { p.pins[0] += std::string(kLongestPin, 'a'); }), ErrorCode::invalidInput);
    EXPECT_THAT(listed(ada), IsEmpty());
}

TEST_P(ProfileTest, AnAccountKeepsAHundred) {
    Individual ada = settled();
    for (std::size_t i = 0; i < kMostProfiles; ++i)
        ASSERT_TRUE(ada.ask<DeployProfile>({profile("p" + std::to_string(i))}).ok());
    EXPECT_EQ(codeOf(ada.ask<DeployProfile>({profile("one more")})), ErrorCode::quotaExceeded);
    EXPECT_TRUE(ada.ask<DeployProfile>({profile("p7")}).ok()); // replaces
    EXPECT_THAT(listed(ada), SizeIs(kMostProfiles));
}

} // namespace
} // namespace ssprotect::kodiac
