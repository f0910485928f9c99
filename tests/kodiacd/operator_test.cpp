#include "daemon_run.h"
#include "kodiacd/configuration.h"
#include "ssprotect/kodiac/operations.h"
#include "support/member.h"

#include <algorithm>
#include <filesystem>

#include <gmock/gmock.h>

namespace ssprotect::kodiacd {
namespace {

using testing::HasSubstr;
using testing::MatchesRegex;
using testing::Not;

class Operator : public DaemonTest {
protected:
    void SetUp() override { init(); }
    support::ProgramResult create(const std::string& name = "Example", const std::string& admin = "ada@example.org") {
        return kodiacd(at({"org", "create", "--name", name, "--admin", admin, "--seats", "3", "--quota", "2048"}));
    }
    std::string organizations() { return kodiacd(at({"org", "list"})).out; }
};

TEST_F(Operator, MakesAnOrganizationAndPrintsTheCodeAlone) {
    const auto made = create();
    EXPECT_EQ(made.exitCode, 0) << made.err;
    EXPECT_THAT(made.out, MatchesRegex("[A-Z2-7]{4}( [A-Z2-7]{4}){5}\n|[A-Z2-7]{4}(-[A-Z2-7]{4}){5}\n"));
    EXPECT_EQ(made.err, "");
    EXPECT_THAT(organizations(), HasSubstr("Example\tada@example.org\tprovisioned\t3\t0\t2048\ton\t"));
}

TEST_F(Operator, HandsOutACodeThatItsAdministratorRegistersWith) {
    const auto made = create();
    const std::string code = made.out.substr(0, made.out.find('\n'));
    const DaemonRun daemon(data());
    const auto kodiac = client(daemon);
    test::Member ada(*kodiac, random_, "ada@example.org");
    ada.stretching = kStretching;
    const auto registered = ada.registerWith(viewOf(code));
    ASSERT_TRUE(registered.ok()) << registered.error().message;
    EXPECT_TRUE(ada.exportKeys().ok());
    EXPECT_TRUE(ada.store().ok());
    EXPECT_THAT(organizations(), HasSubstr("Example\tada@example.org\tvalidated\t3\t1\t"));
    EXPECT_EQ(kodiacd(at({"org", "code", "--name", "Example"})).exitCode, 7);
    EXPECT_EQ(kodiacd(at({"support", "disable-account", "ada@example.org"})).exitCode, 4) << "the last Privileged User";
    EXPECT_EQ(kodiacd(at({"verify"})).exitCode, 0);
}

TEST_F(Operator, IsToldThatANameOrAnAddressIsTaken) {
    ASSERT_EQ(create().exitCode, 0);
    EXPECT_EQ(create("example", "bob@example.org").exitCode, 1);
    EXPECT_EQ(create("Other", "ADA@example.org").exitCode, 1);
    EXPECT_EQ(create("Other", "not an address").exitCode, 2);
}

TEST_F(Operator, ChangesWhatAnOrganizationIsLicensedFor) {
    ASSERT_EQ(create().exitCode, 0);
    const auto set = kodiacd(at({"org", "set", "--name", "Example", "--seats", "9", "--recover", "off"}));
    EXPECT_EQ(set.exitCode, 0) << set.err;
    EXPECT_THAT(organizations(), HasSubstr("\t9\t0\t2048\toff\t"));
    EXPECT_EQ(kodiacd(at({"org", "set", "--name", "Nobody", "--seats", "9"})).exitCode, 8);
    EXPECT_EQ(kodiacd(at({"org", "set", "--name", "Example", "--seats", "0"})).exitCode, 2);
}

TEST_F(Operator, GivesTheAdministratorANewCode) {
    const auto first = create();
    const auto second = kodiacd(at({"org", "code", "--name", "Example"}));
    EXPECT_EQ(second.exitCode, 0) << second.err;
    EXPECT_EQ(second.out.size(), first.out.size());
    EXPECT_NE(second.out, first.out);
    EXPECT_EQ(kodiacd(at({"org", "code", "--name", "Nobody"})).exitCode, 8);
}

TEST_F(Operator, DisablesAnAccountUnderARunningDaemon) {
    const DaemonRun daemon(data());
    const auto kodiac = client(daemon);
    auto ada = person(*kodiac);
    ASSERT_TRUE(ada.settle().ok());
    EXPECT_EQ(kodiacd(at({"support", "disable-account", "Ada@example.org"})).exitCode, 0);
    EXPECT_FALSE(ada.store().ok());
    EXPECT_EQ(kodiacd(at({"support", "enable-account", "ada@example.org"})).exitCode, 0);
    EXPECT_TRUE(ada.login().ok());
    EXPECT_TRUE(ada.store().ok());
    EXPECT_EQ(kodiacd(at({"support", "disable-account", "nobody@example.org"})).exitCode, 8);
}

TEST_F(Operator, LetsIndividualsInOnlyWhenAsked) {
    EXPECT_FALSE(Configuration().accounts.individuals);
    configure("\"individuals\": true", "\"individuals\": false");
    const DaemonRun daemon(data());
    const auto kodiac = client(daemon);
    auto ada = person(*kodiac);
    const auto refused = ada.create();
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().code, ErrorCode::refused);
}

TEST_F(Operator, FindsADamagedDatabase) {
    EXPECT_EQ(kodiacd(at({"verify"})).out, "the database is sound\n");
    const auto file = data() / "kodiac.db";
    std::string content = textOf(file);
    std::fill(content.begin() + 8192, content.begin() + 16384, '\xff');
    writeText(file, content);
    EXPECT_EQ(kodiacd(at({"verify"})).exitCode, 5);
}

} // namespace
} // namespace ssprotect::kodiacd
