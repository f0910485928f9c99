#include "fake_tray.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ssprotect::cli {
namespace {

using ::testing::HasSubstr;

const Json kSession = {{"state", "logged-in"},
                       {"account", "anna@example.org"},
                       {"organization", "o"},
                       {"profile", "home"},
                       {"signatures_checked", false}};

Json rowOf(const Json& path) {
    return {{"path", path},      {"state", "protected"}, {"ownership", "own"}, {"overlay", "red"},
            {"file_id", "0123"}, {"version", 3},         {"mode", "hybrid"},   {"size", 12'400}};
}

/// Each path is protected, but those with "missing" in their name are not found.
void servesStatus(FakeTray& tray, const Json& session = kSession) {
    tray.does("status", [session](const auto&, const ipc::Request& request, ipc::Responder responder) {
        Json files = Json::array();
        for (const auto& path : (*request.params)["paths"]) {
            if (path.get<std::string>().find("missing") == std::string::npos)
                files.push_back(rowOf(path));
            else
                files.push_back(
                    {{"path", path}, {"error", {{"code", "not-found"}, {"message", "there is no such file"}}}});
        }
        responder.reply(Json{{"session", session}, {"files", files}});
    });
}

TEST(Status, WithoutPathsShowsTheSession) {
    FakeTray tray;
    servesStatus(tray);
    const auto told = tray.run({"status"});
    EXPECT_EQ(told.exitCode, 0);
    EXPECT_EQ(told.out, "Logged in as anna@example.org, profile home.\n");
    EXPECT_EQ(printed(tray.run({"status", "--json"})), (Json{{"session", kSession}, {"files", Json::array()}}));
}

TEST(Status, LoggedOutIsAStateAndNoError) {
    FakeTray tray;
    servesStatus(tray,
                 {{"state", "logged-out"}, {"account", nullptr}, {"organization", nullptr}, {"profile", nullptr}});
    const auto told = tray.run({"status"});
    EXPECT_EQ(told.exitCode, 0);
    EXPECT_EQ(told.out, "Logged out.\n");
}

TEST(Status, ShowsFilesInColumns) {
    FakeTray tray;
    servesStatus(tray);
    const auto told = tray.run({"status", "/somewhere/report.odt"});
    EXPECT_EQ(told.exitCode, 0);
    EXPECT_EQ(told.out, "Logged in as anna@example.org, profile home.\n"
                        "STATE      VERSION  OWNER  SIZE     FILE\n"
                        "protected  v3       own    12.4 kB  " +
                            local("/somewhere/report.odt") + "\n");
}

TEST(Status, SendsAbsolutePathsAndShowsThoseBelowTheCurrentFolderWithoutIt) {
    FakeTray tray;
    servesStatus(tray);
    const auto told = tray.run({"status", "a/report.odt"}, {}, someFolder());
    EXPECT_EQ(tray.call("status").params["paths"], Json::array({inSomeFolder("a/report.odt")}));
    EXPECT_THAT(told.out, HasSubstr("  " + std::filesystem::path("a/report.odt").make_preferred().string() + "\n"));
}

TEST(Status, PathsThatBeginWithADashFollowTheDashes) {
    FakeTray tray;
    servesStatus(tray);
    EXPECT_EQ(tray.run({"status", "--", "-a", "--json"}, {}, someFolder()).exitCode, 0);
    EXPECT_EQ(tray.call("status").params["paths"], Json::array({inSomeFolder("-a"), inSomeFolder("--json")}));
}

TEST(Status, FilesThatAllFailForOneClassGiveItsExitCode) {
    FakeTray tray;
    servesStatus(tray);
    const auto told = tray.run({"status", "/missing-1", "/missing-2"});
    EXPECT_EQ(told.exitCode, 8);
    EXPECT_THAT(told.out, HasSubstr(local("/missing-1") + ": there is no such file\n"));
    EXPECT_EQ(tray.run({"status", "/missing-1", "/there"}).exitCode, 1);
    const auto json = printed(tray.run({"status", "--json", "/missing", "/there"}));
    EXPECT_EQ(json["files"][0]["error"]["code"], "not-found");
    EXPECT_EQ(json["files"][1], rowOf(local("/there")));
}

TEST(Status, ManyPathsGoInPagesAndComeBackInOrder) {
    FakeTray tray;
    servesStatus(tray);
    std::vector<std::string> arguments{"status", "--json"};
    for (int i = 0; i < 2500; ++i)
        arguments.push_back("/f" + std::to_string(i));
    const auto json = printed(tray.run(arguments));
    ASSERT_EQ(json["files"].size(), 2500u);
    for (std::size_t i = 0; i < 2500; ++i)
        ASSERT_EQ(json["files"][i]["path"], local("/f" + std::to_string(i)));
    EXPECT_EQ(json["session"], kSession);
    std::size_t pages = 0;
    for (const auto& call : tray.calls()) {
        if (call.method != "status")
            continue;
        ++pages;
        EXPECT_LE(call.params["paths"].size(), 1000u);
    }
    EXPECT_GE(pages, 3u);
}

TEST(Status, AFailedPageIsTheErrorOfTheWhole) {
    FakeTray tray;
    std::atomic<int> pages = 0;
    tray.does("status", [&](const auto&, const ipc::Request& request, ipc::Responder responder) {
        if (++pages > 2)
            return responder.reply(makeError(ErrorCode::ioError, "the third page fails"));
        Json files = Json::array();
        for (const auto& path : (*request.params)["paths"])
            files.push_back(rowOf(path));
        responder.reply(Json{{"session", kSession}, {"files", files}});
    });
    std::vector<std::string> arguments{"status", "--json"};
    for (int i = 0; i < 2500; ++i)
        arguments.push_back("/f" + std::to_string(i));
    const auto result = tray.run(arguments);
    EXPECT_EQ(result.exitCode, 1);
    EXPECT_EQ(errorWordOf(result), "io-error");
}

} // namespace
} // namespace ssprotect::cli
