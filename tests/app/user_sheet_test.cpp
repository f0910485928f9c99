#include "app/user_sheet.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ssprotect::app {
namespace {

using ::testing::HasSubstr;

kodiac::ListUsers::Row user(std::string email, kodiac::AccountState state = kodiac::AccountState::validated) {
    kodiac::ListUsers::Row row;
    row.account = AccountId({static_cast<Byte>(email.size()), 1});
    row.email = std::move(email);
    row.state = state;
    row.attributes.quotaMegabytes = 100;
    return row;
}

std::vector<EditState> statesOf(std::string_view csv, const std::vector<kodiac::ListUsers::Row>& present = {}) {
    auto states = readUserSheet(csv, present);
    EXPECT_TRUE(states.ok()) << (states ? "" : states.error().message);
    return states ? *states : std::vector<EditState>();
}

std::string fileErrorOf(std::string_view csv) {
    auto states = readUserSheet(csv, {});
    return states ? "was taken" : states.error().message;
}

TEST(UserSheet, TakesANewAccountWithItsAttributes) {
    const auto states = statesOf("email,int_override,quota_mb\nbob@example.org,on,250\n");
    ASSERT_EQ(states.size(), 1u);
    EXPECT_TRUE(states[0].isNew());
    EXPECT_FALSE(states[0].error);
    EXPECT_EQ(states[0].changes.integrityOverride, true);
    EXPECT_EQ(states[0].changes.quotaMegabytes, 250u);
    EXPECT_FALSE(states[0].changes.releaseProtections) << "a column that is not there changes nothing";
}

TEST(UserSheet, KeepsOnlyWhatDiffersFromTheAccountAsItIs) {
    const auto states =
        statesOf("email,rel_protections,recover,quota_mb\nBOB@example.org,off,on,100\n", {user("bob@example.org")});
    ASSERT_EQ(states.size(), 1u);
    EXPECT_EQ(states[0].account, user("bob@example.org").account);
    EXPECT_EQ(states[0].changes.releaseProtections, false);
    EXPECT_FALSE(states[0].changes.recover);
    EXPECT_FALSE(states[0].changes.quotaMegabytes);
    EXPECT_TRUE(states[0].changesAnything());
}

TEST(UserSheet, ReadsBackWhatItWroteWithoutAnyChange) {
    auto odd = user("=odd@example.org");
    odd.attributes.integrityOverride = true;
    odd.attributes.releaseProtections = false;
    const std::vector<kodiac::ListUsers::Row> users{user("bob@example.org"), odd,
                                                    user("gone@example.org", kodiac::AccountState::removed)};
    const auto states = statesOf(writeUserSheet(users), users);
    ASSERT_EQ(states.size(), 2u);
    for (const auto& state : states) {
        EXPECT_FALSE(state.error) << state.error->message;
        EXPECT_FALSE(state.changesAnything()) << state.email;
    }
}

TEST(UserSheet, TheAddressOfARemovedAccountMakesANewOne) {
    const auto states =
        statesOf("email\ngone@example.org\n", {user("gone@example.org", kodiac::AccountState::removed)});
    ASSERT_EQ(states.size(), 1u);
    EXPECT_TRUE(states[0].isNew());
}

TEST(UserSheet, SaysOfEachRowWhyItCannotBeTaken) {
    const auto states = statesOf("email,delegate,quota_mb\n"
                                 "nobody,on,1\n"
                                 "a@example.org,maybe,1\n"
                                 "b@example.org,on,much\n"
                                 "c@example.org,on\n"
                                 "d@example.org,on,1\n"
                                 "D@example.org,off,1\n");
    ASSERT_EQ(states.size(), 6u);
    ASSERT_TRUE(states[0].error);
    EXPECT_THAT(states[1].error->message, HasSubstr("delegate"));
    EXPECT_THAT(states[2].error->message, HasSubstr("quota_mb"));
    EXPECT_THAT(states[3].error->message, HasSubstr("2 cells, the header 3"));
    EXPECT_FALSE(states[4].error);
    EXPECT_THAT(states[5].error->message, HasSubstr("twice"));
    EXPECT_EQ(states[5].row, 7u);
}

TEST(UserSheet, RefusesAFileThatIsNone) {
    EXPECT_THAT(fileErrorOf(""), HasSubstr("header row"));
    EXPECT_THAT(fileErrorOf("delegate\non\n"), HasSubstr("no column 'email'"));
    EXPECT_THAT(fileErrorOf("email,shoe_size\n"), HasSubstr("shoe_size"));
    EXPECT_THAT(fileErrorOf("email,Email\n"), HasSubstr("twice"));
}

} // namespace
} // namespace ssprotect::app
