#include "session_home.h"
#include "ssprotect/session/password_policy.h"

#include <gtest/gtest.h>

namespace ssprotect::session {
namespace {

std::string_view judge(std::string_view password) { return wordOf(checkNewPassword(viewOf(password), kEmail)); }

TEST(PasswordPolicy, CountsCharactersNotBytes) {
    EXPECT_EQ(judge("äöüßéñô"), "weak-password") << "seven characters in fourteen bytes";
    EXPECT_EQ(judge("äöüßéñôè"), "ok");
    EXPECT_EQ(judge("abcdefg"), "weak-password");
    EXPECT_EQ(judge("abcdefgh"), "ok");
}

TEST(PasswordPolicy, AsksForNoClassesOfCharacters) { EXPECT_EQ(judge("only small letters and blanks"), "ok"); }

TEST(PasswordPolicy, RefusesWhatIsGuessedFirst) {
    EXPECT_EQ(judge("aaaaaaaaaaaa"), "weak-password");
    EXPECT_EQ(judge("abababababab"), "weak-password");
    EXPECT_EQ(judge("PassWord123"), "weak-password");
    EXPECT_EQ(judge("ADA@example.org"), "weak-password");
    EXPECT_EQ(wordOf(checkNewPassword(viewOf("konstantin"), "Konstantin@example.org")), "weak-password");
}

TEST(PasswordPolicy, RefusesWhatNoPromptCanGive) {
    EXPECT_EQ(judge(std::string_view("abcdefgh\0ijk", 12)), "weak-password");
    EXPECT_EQ(judge(std::string(1025, 'x') + "abc"), "weak-password");
}

TEST(PasswordPolicy, NamesTheBrokenRule) {
    const auto refused = checkNewPassword(viewOf("abc"), kEmail);
    ASSERT_FALSE(refused);
    EXPECT_NE(refused.error().message.find("at least 8 characters"), std::string::npos);
}

} // namespace
} // namespace ssprotect::session
