#include "fake_tray.h"

#include <gtest/gtest.h>

namespace ssprotect::cli {
namespace {

/// Results that no method gives.
std::vector<Json> strangeResults() {
    return {nullptr,
            1,
            "text",
            Json::array(),
            Json::array({1, 2}),
            {{"files", 5}, {"session", 5}},
            {{"files", {1, 2}}, {"session", {{"state", 7}}}},
            {{"files", {{{"path", 9}}}}, {"session", Json::object()}},
            {{"files", {{{"path", "/a"}, {"error", "no"}}}}, {"session", Json::object()}},
            {{"opened", "many"}, {"hostlist", Json::object()}, {"versions", 3}, {"audit", nullptr}},
            {{"opened", {1}}, {"hostlist", {"x"}}, {"versions", {nullptr}}, {"audit", {Json::array()}}},
            {{"opened", {{{"path", false}}}}, {"hostlist", {{{"path", 1}}}}, {"versions", {{{"version", -1}}}}},
            {{"total", -5}, {"file_id", 12}, {"versions", Json::array()}},
            {{"path", Json::object()}, {"version", "three"}, {"changed", 1}},
            {{"account", Json::array()}, {"email", 5}, {"profile", true}, {"expires", 5}},
            {{"attributes", 5}, {"email", "a"}, {"keys_exported", "yes"}},
            {{"profiles", {{{"name", 5}}}}},
            {{"ok", "yes"}, {"findings", {{{"severity", 5}}}}},
            {{"folder", 5}, {"file", false}, {"created", {}}}};
}

const std::vector<std::vector<std::string>> kCommands{
    {"status", "/a"},
    {"opened"},
    {"hostlist"},
    {"versions", "/a"},
    {"audit"},
    {"open", "/a"},
    {"finish", "/a"},
    {"account", "show"},
    {"account", "create", "--email", "a@example.org", "--password-stdin"},
    {"login", "--password-stdin"},
    {"refresh"},
    {"logout"},
    {"profile", "list"},
    {"doctor"},
    {"backup", "/b"},
    {"backup", "--no-folder"},
    {"restore-backup", "/b", "--keys", "/k", "--password-stdin"},
    {"keys", "export", "/k", "--password-stdin"},
    {"quit"},
};

const std::vector<std::string> kMethods{"status",        "opened",         "hostlist",     "versions", "audit",
                                        "open",          "finish",         "login",        "refresh",  "account.show",
                                        "logout",        "account.create", "profile.list", "doctor",   "backup",
                                        "backup.folder", "restore_backup", "keys.export",  "quit"};

TEST(HostileTray, StrangeResultsNeverBreakTheCommandLine) {
    for (const auto& strange : strangeResults()) {
        FakeTray tray;
        for (const auto& method : kMethods)
            tray.gives(method, strange);
        for (auto command : kCommands) {
            const auto told = tray.run(command, "x\nx\nx\n");
            EXPECT_LE(told.exitCode, 9) << ::testing::PrintToString(command) << strange;
            command.insert(command.begin(), "--json");
            const auto result = tray.run(command, "x\nx\nx\n");
            EXPECT_LE(result.exitCode, 9) << ::testing::PrintToString(command) << strange;
            if (result.exitCode != 0) {
                EXPECT_TRUE(Json::parse(result.out, nullptr, false).is_object()) << result.out;
            }
        }
    }
}

TEST(HostileTray, AResultWithoutWhatItNeedsIsAnError) {
    FakeTray tray;
    for (const auto& method : kMethods)
        tray.gives(method, Json::array());
    for (auto command : kCommands) {
        command.insert(command.begin(), "--json");
        const auto result = tray.run(command, "x\nx\nx\n");
        EXPECT_EQ(result.exitCode, 1) << ::testing::PrintToString(command);
        EXPECT_EQ(errorWordOf(result), "internal");
    }
}

TEST(HostileTray, StrangeItemsEndTheConversionWithAnError) {
    for (const auto& params :
         std::vector<Json>{{{"items", 5}},
                           {{"items", {1}}},
                           {{"items", {{{"path", "/a"}}}}},
                           {{"items", {{{"path", "/a"}, {"ok", false}}}}},
                           {{"items", {{{"path", 5}, {"ok", true}}}}},
                           {{"items", {{{"path", "/a"}, {"ok", false}, {"error", {{"code", 1}}}}}}}}) {
        FakeTray tray;
        tray.gives("convert.start", {{"job", 1}});
        tray.gives("convert.add", Json::object());
        tray.does("convert.run",
                  [&](const std::shared_ptr<ipc::Connection>& from, const ipc::Request&, ipc::Responder responder) {
                      from->notify("convert.progress", {{"files_done", "x"}});
                      from->notify("convert.items", params);
                      from->notify("unheard.of", Json::object());
                      responder.reply(Json{{"ok", 0}, {"failed", 0}});
                  });
        const auto result = tray.run({"--json", "activate", "/a"});
        EXPECT_EQ(result.exitCode, 1) << params;
        EXPECT_EQ(errorWordOf(result), "internal") << params;
    }
}

TEST(HostileTray, AJobWithoutANumberOrTotalsIsAnError) {
    FakeTray tray;
    tray.gives("convert.start", {{"job", "one"}});
    EXPECT_EQ(errorWordOf(tray.run({"--json", "activate", "/a"})), "internal");
    tray.gives("convert.start", {{"job", 1}});
    tray.gives("convert.add", Json::object());
    tray.gives("convert.run", {{"ok", -1}});
    EXPECT_EQ(errorWordOf(tray.run({"--json", "activate", "/a"})), "internal");
}

TEST(HostileTray, AnUnknownErrorWordIsStillAnError) {
    FakeTray tray;
    tray.gives("convert.start", {{"job", 1}});
    tray.gives("convert.add", Json::object());
    tray.does("convert.run",
              [](const std::shared_ptr<ipc::Connection>& from, const ipc::Request&, ipc::Responder responder) {
                  const Json item = {
                      {"path", "/a"}, {"ok", false}, {"error", {{"code", "moon-phase"}, {"message", "it is full"}}}};
                  from->notify("convert.items", {{"items", {item}}});
                  responder.reply(Json{{"ok", 0}, {"failed", 1}});
              });
    EXPECT_EQ(tray.run({"activate", "/a"}).exitCode, 1);
}

TEST(HostileTray, StrangeQuestionsAreRefused) {
    FakeTray tray;
    tray.does("open", [](const std::shared_ptr<ipc::Connection>& from, const ipc::Request&, ipc::Responder responder) {
        auto later = std::make_shared<ipc::Responder>(std::move(responder));
        from->request("prompt.password", Json::object(), ipc::kPatience, [from, later](const Result<Json>& first) {
            EXPECT_EQ(first.error().code, ErrorCode::usage);
            from->request("prompt.acknowledge", {{"names", 5}}, ipc::kPatience, [later](const Result<Json>& second) {
                EXPECT_EQ(second.error().code, ErrorCode::invalidInput);
                later->reply(makeError(ErrorCode::secondFactorMissing, "no answer"));
            });
        });
    });
    EXPECT_EQ(tray.run({"open", "/a"}).exitCode, 6);
}

} // namespace
} // namespace ssprotect::cli
