#include "fake_tray.h"

#include <future>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ssprotect::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

Json good(const std::string& path) {
    return {{"path", path}, {"ok", true}, {"error", nullptr}, {"file_id", "00ff"}, {"version", 1}};
}
Json bad(const std::string& path, ErrorCode code, const std::string& message) {
    return {{"path", path},
            {"ok", false},
            {"error", {{"code", errorWord(code)}, {"message", message}}},
            {"file_id", nullptr},
            {"version", 0}};
}
Json skipped(const std::string& path) {
    auto item = good(path);
    item["skipped"] = "already-protected";
    return item;
}

/// A job that ends with these items.
void converts(FakeTray& tray, const Json& items) {
    tray.gives("convert.start", {{"job", 7}});
    tray.gives("convert.add", Json::object());
    tray.does("convert.run",
              [items](const std::shared_ptr<ipc::Connection>& from, const ipc::Request&, ipc::Responder responder) {
                  from->notify("convert.counted", {{"job", 7}, {"files", items.size()}});
                  from->notifyLatest("convert.progress", "7",
                                     {{"job", 7},
                                      {"files_done", 0},
                                      {"files_total", items.size()},
                                      {"bytes_done", 0},
                                      {"bytes_total", 100},
                                      {"bytes_per_second", 0},
                                      {"seconds_left", 0}});
                  int ok = 0;
                  int failed = 0;
                  int skips = 0;
                  for (const auto& item : items) {
                      from->notify("convert.items", {{"job", 7}, {"items", Json::array({item})}});
                      if (item.contains("skipped"))
                          ++skips;
                      else
                          ++(item["ok"].get<bool>() ? ok : failed);
                  }
                  responder.reply(Json{{"ok", ok}, {"failed", failed}, {"skipped", skips}, {"cancelled", false}});
              });
}

TEST(Conversion, ActivateTellsOfEachFile) {
    FakeTray tray;
    const auto items = Json::array({good("/a"), skipped("/b")});
    converts(tray, items);
    const auto result = tray.run({"--json", "activate", "/a", "/b"});
    EXPECT_EQ(result.exitCode, 0);
    EXPECT_EQ(printed(result),
              (Json{{"files", items}, {"ok", 1}, {"failed", 0}, {"skipped", 1}, {"cancelled", false}}));
    EXPECT_THAT(result.err, IsEmpty());
    const auto told = tray.run({"activate", "/a", "/b"});
    EXPECT_EQ(told.out, "/a: protected as v1\n/b: already-protected\nProtected: 1 file, skipped: 1.\n");
    EXPECT_THAT(told.err, IsEmpty()) << "no bar without a terminal";
}

TEST(Conversion, TheOptionsReachTheTrayProcess) {
    FakeTray tray;
    converts(tray, Json::array());
    EXPECT_EQ(tray.run({"activate", "-r", "--dry-run", "--take-ownership", "a"}, {}, someFolder()).exitCode, 0);
    EXPECT_EQ(tray.call("convert.start").params, (Json{{"operation", "activate"},
                                                       {"recursive", true},
                                                       {"dry_run", true},
                                                       {"take_ownership", true},
                                                       {"override_integrity", false}}));
    EXPECT_EQ(tray.call("convert.add").params, (Json{{"job", 7}, {"paths", {inSomeFolder("a")}}}));
    EXPECT_EQ(tray.call("convert.run").params, (Json{{"job", 7}}));
}

TEST(Conversion, ReleaseIsTheOtherOperation) {
    FakeTray tray;
    converts(tray, Json::array({good("/a")}));
    const auto told = tray.run({"release", "--override-integrity", "/a"});
    EXPECT_EQ(told.out, "/a: released\nReleased: 1 file.\n");
    const auto params = tray.call("convert.start").params;
    EXPECT_EQ(params["operation"], "release");
    EXPECT_EQ(params["override_integrity"], true);
}

TEST(Conversion, EachFailureIsTold) {
    FakeTray tray;
    converts(tray, Json::array({good("/a"), bad("/b\n", ErrorCode::hardLinked, "it has two names")}));
    const auto told = tray.run({"activate", "--recursive", "/folder"});
    EXPECT_EQ(told.exitCode, 1);
    EXPECT_EQ(told.out, "Protected: 1 file, failed: 1.\n") << "of many only the failures";
    EXPECT_EQ(told.err, "/b\\x0a: it has two names\n");
}

TEST(Conversion, TheExitCodeIsTheClassOfWhatAllFailedFor) {
    const auto exitOf = [](const Json& items) {
        FakeTray tray;
        converts(tray, items);
        return tray.run({"--json", "release", "/a"}).exitCode;
    };
    EXPECT_EQ(exitOf(Json::array({bad("/a", ErrorCode::integrity, "m")})), 5);
    EXPECT_EQ(exitOf(Json::array({bad("/a", ErrorCode::integrity, "m"), bad("/b", ErrorCode::dataDamaged, "m")})), 5);
    EXPECT_EQ(exitOf(Json::array({bad("/a", ErrorCode::integrity, "m"), bad("/b", ErrorCode::foreignFile, "m")})), 1);
    EXPECT_EQ(exitOf(Json::array({bad("/a", ErrorCode::integrity, "m"), good("/b")})), 1);
    EXPECT_EQ(exitOf(Json::array({bad("/a", ErrorCode::integrity, "m"), skipped("/b")})), 1);
    EXPECT_EQ(exitOf(Json::array({bad("/a", ErrorCode::secondFactorRefused, "m")})), 6);
    EXPECT_EQ(exitOf(Json::array({skipped("/a")})), 0);
    EXPECT_EQ(exitOf(Json::array()), 0);
}

TEST(Conversion, ManyPathsAreAddedInPages) {
    FakeTray tray;
    converts(tray, Json::array());
    std::vector<std::string> arguments{"activate"};
    for (int i = 0; i < 2500; ++i)
        arguments.push_back("/f" + std::to_string(i));
    EXPECT_EQ(tray.run(arguments).exitCode, 0);
    std::vector<std::string> added;
    for (const auto& call : tray.calls())
        if (call.method == "convert.add")
            for (const auto& path : call.params["paths"])
                added.push_back(path);
    ASSERT_EQ(added.size(), 2500u);
    EXPECT_EQ(added.back(), local("/f2499"));
}

TEST(Conversion, AJobThatFailsAsAWholeIsTheError) {
    FakeTray tray;
    converts(tray, Json::array());
    tray.fails("convert.run", ErrorCode::refused, "Int Override is off");
    const auto result = tray.run({"--json", "release", "/a"});
    EXPECT_EQ(result.exitCode, 4);
    EXPECT_EQ(printed(result), (Json{{"error", {{"code", "refused"}, {"message", "Int Override is off"}}}}));
    EXPECT_THAT(tray.run({"release", "/a"}).err, HasSubstr("Int Override is off"));
}

TEST(Conversion, AJobThatFailsLateStillTellsWhatItDid) {
    FakeTray tray;
    converts(tray, Json::array());
    tray.does("convert.run",
              [](const std::shared_ptr<ipc::Connection>& from, const ipc::Request&, ipc::Responder responder) {
                  from->notify("convert.items", {{"job", 7}, {"items", {good("/a")}}});
                  responder.reply(makeError(ErrorCode::kodiacUnreachable, "KODiAC is out of reach"));
              });
    const auto result = tray.run({"--json", "activate", "/a", "/b"});
    EXPECT_EQ(result.exitCode, 9);
    EXPECT_EQ(errorWordOf(result), "kodiac-unreachable");
    EXPECT_EQ(printed(result)["files"], Json::array({good("/a")}));
}

TEST(Conversion, DamagedRangesOfAnOverrideAreTold) {
    FakeTray tray;
    auto item = good("/a");
    item["damaged"] = {{{"offset", 0}, {"length", 16384}}};
    converts(tray, Json::array({item}));
    const auto told = tray.run({"release", "--override-integrity", "/a"});
    EXPECT_THAT(told.err, HasSubstr("1 range could not be read"));
    EXPECT_EQ(printed(tray.run({"release", "--override-integrity", "/a", "--json"}))["files"][0]["damaged"],
              item["damaged"]);
}

/// "convert.run" is answered only after "convert.cancel".
class CancelledJob : public ::testing::Test {
protected:
    CancelledJob() {
        tray_.gives("convert.start", {{"job", 7}});
        tray_.gives("convert.add", Json::object());
        tray_.does("convert.run",
                   [this](const std::shared_ptr<ipc::Connection>& from, const ipc::Request&, ipc::Responder responder) {
                       from->notify("convert.items", {{"job", 7}, {"items", {good("/a")}}});
                       running_ = std::make_unique<ipc::Responder>(std::move(responder));
                       started_.set_value(from->id());
                   });
    }
    ~CancelledJob() override { tray_.world().destroyServer(); }

    std::unique_ptr<ipc::Responder> running_;
    std::promise<ipc::ConnectionId> started_;
    FakeTray tray_;
};

TEST_F(CancelledJob, CtrlCCancelsItAndWaitsForItsEnd) {
    tray_.does("convert.cancel", [this](const auto&, const ipc::Request&, ipc::Responder responder) {
        responder.reply(Json::object());
        running_->reply(Json{{"ok", 1}, {"failed", 0}, {"skipped", 0}, {"cancelled", true}});
    });
    const auto program = tray_.start({"--json", "activate", "/a", "/b"});
    started_.get_future().wait();
    ASSERT_TRUE(program->interrupt());
    const auto result = program->wait();
    EXPECT_EQ(result.exitCode, 1);
    EXPECT_EQ(printed(result),
              (Json{{"files", {good("/a")}}, {"ok", 1}, {"failed", 0}, {"skipped", 0}, {"cancelled", true}}));
    EXPECT_EQ(tray_.call("convert.cancel").params, (Json{{"job", 7}}));
    EXPECT_THAT(result.err, HasSubstr("Cancelling"));
}

TEST_F(CancelledJob, ASecondCtrlCLeavesAtOnce) {
    tray_.gives("convert.cancel", Json::object());
    const auto program = tray_.start({"activate", "/a"});
    const auto connection = started_.get_future().get();
    ASSERT_TRUE(program->interrupt());
    ASSERT_TRUE(program->waitForError("Cancelling"));
    ASSERT_TRUE(program->interrupt());
    const auto result = program->wait();
    EXPECT_EQ(result.exitCode, 1);
    EXPECT_THAT(result.err, HasSubstr("left at once"));
    EXPECT_TRUE(tray_.world().handler().waitUntilClosed(connection)) << "the tray process learns of it";
}

TEST_F(CancelledJob, TheEndOfTheTrayProcessIsExitThree) {
    const auto program = tray_.start({"--json", "activate", "/a"});
    started_.get_future().wait();
    tray_.world().destroyServer();
    const auto result = program->wait();
    EXPECT_EQ(result.exitCode, 3);
    EXPECT_EQ(errorWordOf(result), "no-tray-process");
}

} // namespace
} // namespace ssprotect::cli
