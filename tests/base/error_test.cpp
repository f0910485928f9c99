#include "ssprotect/base/error.h"

#include <algorithm>
#include <set>
#include <vector>

#include <gtest/gtest.h>

namespace ssprotect {
namespace {

std::vector<ErrorCode> allCodes() {
    std::vector<ErrorCode> codes;
    for (int code = 0; code <= static_cast<int>(ErrorCode::pending); ++code) // the last of the enumeration
        codes.push_back(static_cast<ErrorCode>(code));
    return codes;
}

TEST(ErrorWords, AreEachOnceAndLeadBack) {
    std::set<std::string_view> words;
    for (const ErrorCode code : allCodes()) {
        const std::string_view word = errorWord(code);
        EXPECT_TRUE(words.insert(word).second) << word;
        EXPECT_EQ(errorCodeOf(word), code) << word;
    }
}

TEST(ErrorWords, AreLowerCaseWithHyphens) {
    for (const ErrorCode code : allCodes()) {
        const std::string_view word = errorWord(code);
        EXPECT_FALSE(word.empty());
        EXPECT_TRUE(std::ranges::all_of(word, [](char c) { return (c >= 'a' && c <= 'z') || c == '-'; })) << word;
    }
}

TEST(ErrorWords, OfANewerPeerAreInternal) {
    EXPECT_EQ(errorCodeOf("something-of-tomorrow"), ErrorCode::internal);
    EXPECT_EQ(errorCodeOf(""), ErrorCode::internal);
}

TEST(ExitCodes, AreThoseOfTheCommandLineContract) {
    for (const ErrorCode code : allCodes()) {
        EXPECT_GE(exitCodeOf(code), 1) << errorWord(code);
        EXPECT_LE(exitCodeOf(code), 9) << errorWord(code);
    }
    EXPECT_EQ(exitCodeOf(ErrorCode::ioError), 1);
    EXPECT_EQ(exitCodeOf(ErrorCode::invalidInput), 2);
    EXPECT_EQ(exitCodeOf(ErrorCode::notLoggedIn), 3);
    EXPECT_EQ(exitCodeOf(ErrorCode::exportKeysFirst), 4);
    EXPECT_EQ(exitCodeOf(ErrorCode::integrity), 5);
    EXPECT_EQ(exitCodeOf(ErrorCode::dataDamaged), 5);
    EXPECT_EQ(exitCodeOf(ErrorCode::secondFactorMissing), 6);
    EXPECT_EQ(exitCodeOf(ErrorCode::changedMeanwhile), 7);
    EXPECT_EQ(exitCodeOf(ErrorCode::notFound), 8);
    EXPECT_EQ(exitCodeOf(ErrorCode::kodiacUnreachable), 9);
}

TEST(Error, KnowsItsWordAndExitCode) {
    const Error error{ErrorCode::versionConflict, "message"};
    EXPECT_EQ(error.word(), "version-conflict");
    EXPECT_EQ(error.exitCode(), 7);
}

} // namespace
} // namespace ssprotect
