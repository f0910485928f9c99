#include "fake_tray.h"

#include <future>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ssprotect::cli {
namespace {

using ::testing::HasSubstr;

Json closed(const std::string& state = "protected") {
    return {{"path", "/a.txt"}, {"file_id", "00ff"},   {"version", 3},
            {"changed", true},  {"conflict", nullptr}, {"state", state}};
}

TEST(Open, WaitsUntilTheDocumentIsProtectedAgain) {
    FakeTray tray;
    tray.gives("open", closed());
    const auto result = tray.run({"--json", "open", "a.txt"}, {}, someFolder());
    EXPECT_EQ(result.exitCode, 0);
    EXPECT_EQ(printed(result), closed());
    EXPECT_EQ(tray.call("open").params, (Json{{"path", inSomeFolder("a.txt")}, {"wait", true}}));
    EXPECT_EQ(tray.run({"open", "/a.txt"}).out, "/a.txt: protected as v3\n");
}

TEST(Open, TakesTheProgramAndItsArgumentsBehindTheDashes) {
    FakeTray tray;
    tray.gives("open", closed());
    const auto result =
        tray.run({"open", "a.txt", "--json", "--", "gedit", "--json", "--wait", "--", "-x"}, {}, someFolder());
    EXPECT_EQ(printed(result), closed());
    EXPECT_EQ(tray.call("open").params, (Json{{"path", inSomeFolder("a.txt")},
                                              {"wait", true},
                                              {"program", {"gedit", "--json", "--wait", "--", "-x"}}}));
}

TEST(Open, AProgramNamedWithAFolderIsMeantFromTheCurrentOne) {
    FakeTray tray;
    tray.gives("open", closed());
    tray.run({"open", "a.txt", "--", "bin/edit"}, {}, someFolder());
    EXPECT_EQ(tray.call("open").params["program"], Json::array({inSomeFolder("bin/edit")}));
}

TEST(Open, MayComeBackAtOnce) {
    FakeTray tray;
    tray.gives("open", closed("opened"));
    EXPECT_EQ(tray.run({"open", "--no-wait", "/a.txt"}).out, "/a.txt: open, v3\n");
    EXPECT_EQ(tray.call("open").params["wait"], false);
}

TEST(Open, AConflictIsToldAndIsExitSeven) {
    FakeTray tray;
    auto result = closed();
    result["conflict"] = "/a (conflict, anna, 2026-01-31).txt";
    tray.gives("open", result);
    const auto told = tray.run({"open", "/a.txt"});
    EXPECT_EQ(told.exitCode, 7);
    EXPECT_THAT(told.out, HasSubstr("/a (conflict, anna, 2026-01-31).txt"));
    EXPECT_EQ(printed(tray.run({"open", "/a.txt", "--json"})), result);
}

TEST(Open, WhatIsStillToBeStoredIsExitNine) {
    FakeTray tray;
    tray.gives("open", closed("pending"));
    const auto told = tray.run({"open", "/a.txt"});
    EXPECT_EQ(told.exitCode, 9);
    EXPECT_THAT(told.out, HasSubstr("sealed on disk"));
    EXPECT_EQ(printed(tray.run({"open", "/a.txt", "--json"}))["state"], "pending");
}

TEST(Open, WithoutAnybodyToAskTheAcknowledgementIsDenied) {
    FakeTray tray;
    tray.does("open", [](const std::shared_ptr<ipc::Connection>& from, const ipc::Request&, ipc::Responder responder) {
        auto later = std::make_shared<ipc::Responder>(std::move(responder));
        from->request("prompt.acknowledge",
                      {{"operation", "open"}, {"names", {"a.txt"}}, {"count", 1}, {"seconds", 60}}, ipc::kPatience,
                      [later](const Result<Json>& answer) {
                          ASSERT_TRUE(answer.ok());
                          EXPECT_EQ(*answer, (Json{{"allow", false}, {"reason", "no-terminal"}}));
                          later->reply(makeError(ErrorCode::secondFactorMissing, "nobody to ask"));
                      });
    });
    const auto result = tray.run({"--json", "open", "/a.txt"});
    EXPECT_EQ(result.exitCode, 6);
    EXPECT_EQ(errorWordOf(result), "second-factor-missing");
    EXPECT_EQ(tray.run({"open", "/a.txt"}).exitCode, 6);
}

TEST(Open, CtrlCStopsTheWaitingOnly) {
    std::vector<ipc::Responder> kept;
    std::promise<void> opened;
    FakeTray tray;
    tray.does("open", [&](const auto&, const ipc::Request&, ipc::Responder responder) {
        kept.push_back(std::move(responder));
        opened.set_value();
    });
    const auto program = tray.start({"open", "/a.txt"});
    opened.get_future().wait();
    ASSERT_TRUE(program->interrupt());
    const auto result = program->wait();
    EXPECT_EQ(result.exitCode, 1);
    EXPECT_THAT(result.err, HasSubstr("stays open"));
    tray.world().destroyServer();
}

TEST(Open, CtrlCCountsWhileTheGreetingIsStillOnItsWay) {
    std::vector<ipc::Responder> kept;
    std::promise<void> opened;
    FakeTray tray;
    const auto keep = [&](const auto&, const ipc::Request&, ipc::Responder responder) {
        kept.push_back(std::move(responder));
        if (kept.size() == 2)
            opened.set_value();
    };
    tray.does("hello", keep);
    tray.does("open", keep);
    const auto program = tray.start({"open", "/a.txt"});
    opened.get_future().wait();
    ASSERT_TRUE(program->interrupt());
    const auto result = program->wait();
    EXPECT_EQ(result.exitCode, 1);
    EXPECT_THAT(result.err, HasSubstr("stays open"));
    tray.world().destroyServer();
}

TEST(Open, FinishProtectsNow) {
    FakeTray tray;
    tray.gives("finish", closed("unchanged"));
    EXPECT_EQ(tray.run({"finish", "/a.txt"}).out, "/a.txt: unchanged, still v3\n");
    EXPECT_EQ(tray.call("finish").params, (Json{{"path", local("/a.txt")}}));
    tray.fails("finish", ErrorCode::notFound, "it is not open");
    EXPECT_EQ(tray.run({"finish", "/a.txt"}).exitCode, 8);
}

TEST(Open, OpenedListsTheDocuments) {
    FakeTray tray;
    const Json opened = {{"opened",
                          {{{"path", "/a.txt"},
                            {"file_id", "00ff"},
                            {"version", 2},
                            {"since", "2026-01-31T08:15:00.000Z"},
                            {"program", "gedit\x1b[2J"},
                            {"state", "open"}}}}};
    tray.gives("opened", opened);
    EXPECT_EQ(printed(tray.run({"opened", "--json"})), opened);
    EXPECT_EQ(tray.run({"opened"}).out, "SINCE                 STATE  VERSION  PROGRAM       FILE\n"
                                        "2026-01-31 08:15 UTC  open   v2       gedit\\x1b[2J  /a.txt\n");
    tray.gives("opened", {{"opened", Json::array()}});
    EXPECT_EQ(tray.run({"opened"}).out, "No document is open.\n");
}

} // namespace
} // namespace ssprotect::cli
