#include "fake_tray.h"
#include "support/temp_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ssprotect::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

TEST(Usage, WrongArgumentsAreExitTwo) {
    for (const auto& arguments : std::vector<std::vector<std::string>>{
             {},
             {"nonsense"},
             {"--nonsense"},
             {"activate"},
             {"activate", "--nonsense", "a"},
             {"status", "--recursive"},
             {"keys"},
             {"keys", "export"},
             {"login", "--email", "a@b", "--profile", "c"},
             {"profile", "rename", "one"},
             {"restore-backup", "file"},
             {"completion", "powershell"},
             {"audit", "--limit", "0"},
             {"audit", "--limit", "many"},
             {"open"},
             {"open", "--", "vi"},
             {"backup"},
             {"backup", "file", "--no-folder"},
         }) {
        const auto result = runAlone(arguments, "/nowhere");
        EXPECT_EQ(result.exitCode, 2) << ::testing::PrintToString(arguments);
        EXPECT_THAT(result.out, IsEmpty());
        EXPECT_THAT(result.err, StartsWith("ssprotect: "));
    }
}

TEST(Usage, WrongArgumentsAreToldAsJsonWhereverTheOptionStands) {
    for (const auto& arguments : std::vector<std::vector<std::string>>{
             {"--json", "nonsense"}, {"activate", "--json"}, {"activate", "--nonsense", "a", "--json"}}) {
        const auto result = runAlone(arguments, "/nowhere");
        EXPECT_EQ(result.exitCode, 2);
        EXPECT_EQ(errorWordOf(result), "usage");
    }
}

TEST(Usage, HelpIsAnAnswer) {
    for (const auto& arguments : std::vector<std::vector<std::string>>{
             {"--help"}, {"-h"}, {"activate", "--help"}, {"keys", "export", "-h"}, {"open", "--help"}}) {
        const auto result = runAlone(arguments, "/nowhere");
        EXPECT_EQ(result.exitCode, 0);
        EXPECT_THAT(result.out, HasSubstr("Usage: ssprotect"));
        EXPECT_THAT(result.err, IsEmpty());
    }
    EXPECT_THAT(runAlone({"keys", "export", "--help"}, "/").out, HasSubstr("Usage: ssprotect keys export"));
    EXPECT_THAT(runAlone({"--help"}, "/").out, HasSubstr("account create"));
}

TEST(Usage, TheVersionNeedsNoTrayProcess) {
    const auto result = runAlone({"--version"}, "/nowhere");
    EXPECT_EQ(result.exitCode, 0);
    EXPECT_THAT(result.out, StartsWith("ssprotect "));
}

TEST(Usage, WithoutATrayProcessEveryCommandIsExitThreeAndSaysHowToStartOne) {
    const support::TempFolder folder;
    const std::string home = (folder / "home").string();
    for (const auto& arguments :
         std::vector<std::vector<std::string>>{{"status"},
                                               {"status", "a"},
                                               {"account", "create", "--email", "a@example.org"},
                                               {"account", "show"},
                                               {"account", "set", "--unsigned-apps", "on"},
                                               {"account", "change-password"},
                                               {"login"},
                                               {"refresh"},
                                               {"logout"},
                                               {"profile", "list"},
                                               {"activate", "a"},
                                               {"release", "a"},
                                               {"open", "a"},
                                               {"opened"},
                                               {"finish", "a"},
                                               {"hostlist"},
                                               {"versions", "a"},
                                               {"audit"},
                                               {"doctor"},
                                               {"keys", "export", "k"},
                                               {"keys", "import", "k", "--email", "a@example.org"},
                                               {"backup", "b"},
                                               {"restore-backup", "b", "--keys", "k"},
                                               {"quit"}}) {
        const auto result = runAlone(arguments, home);
        EXPECT_EQ(result.exitCode, 3) << ::testing::PrintToString(arguments);
        EXPECT_THAT(result.err, HasSubstr("ssprotect-tray --headless"));
    }
    EXPECT_FALSE(std::filesystem::exists(home)) << "nothing is made, nothing is started";
    EXPECT_EQ(errorWordOf(runAlone({"status", "--json"}, home)), "no-tray-process");
}

TEST(Usage, EachClassOfErrorsHasItsExitCode) {
    FakeTray tray;
    for (const auto& [code, exit] : std::vector<std::pair<ErrorCode, int>>{{ErrorCode::ioError, 1},
                                                                           {ErrorCode::invalidInput, 2},
                                                                           {ErrorCode::notLoggedIn, 3},
                                                                           {ErrorCode::exportKeysFirst, 4},
                                                                           {ErrorCode::integrity, 5},
                                                                           {ErrorCode::secondFactorRefused, 6},
                                                                           {ErrorCode::versionConflict, 7},
                                                                           {ErrorCode::notFound, 8},
                                                                           {ErrorCode::kodiacUnreachable, 9}}) {
        tray.fails("opened", code, "so it is");
        const auto result = tray.run({"--json", "opened"});
        EXPECT_EQ(result.exitCode, exit);
        EXPECT_EQ(printed(result), (Json{{"error", {{"code", errorWord(code)}, {"message", "so it is"}}}}));
        EXPECT_THAT(result.err, IsEmpty());
        const auto told = tray.run({"opened"});
        EXPECT_EQ(told.exitCode, exit);
        EXPECT_THAT(told.err, HasSubstr("so it is"));
        EXPECT_THAT(told.out, IsEmpty());
    }
}

TEST(Usage, WhoIsNotLoggedInIsToldWhatToDo) {
    FakeTray tray;
    tray.fails("hostlist", ErrorCode::notLoggedIn, "nobody is logged in");
    EXPECT_THAT(tray.run({"hostlist"}).err, HasSubstr("ssprotect login"));
}

TEST(Usage, EveryConversationBeginsWithTheProtocol) {
    FakeTray tray;
    tray.gives("opened", {{"opened", Json::array()}});
    EXPECT_EQ(tray.run({"opened"}).exitCode, 0);
    const auto calls = tray.calls();
    ASSERT_EQ(calls.size(), 2u);
    EXPECT_EQ(calls[0].method, "hello");
    EXPECT_EQ(calls[0].params, (Json{{"protocol", 1}}));
}

TEST(Usage, ATrayProcessOfAnotherProtocolIsAnError) {
    FakeTray tray;
    tray.fails("hello", ErrorCode::refused, "this is protocol 2");
    tray.gives("opened", {{"opened", Json::array()}});
    const auto result = tray.run({"--json", "opened"});
    EXPECT_EQ(result.exitCode, 4);
    EXPECT_EQ(errorWordOf(result), "refused");
}

} // namespace
} // namespace ssprotect::cli
