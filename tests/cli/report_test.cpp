#include "fake_tray.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ssprotect::cli {
namespace {

using ::testing::HasSubstr;

Json auditRow(std::int64_t sequence) {
    return {{"sequence", sequence},
            {"at", "2026-01-31T08:15:00.000Z"},
            {"email", "=ben@example.org"},
            {"host", "desk"},
            {"host_id", "aa"},
            {"proven", true},
            {"operation", "file.open"},
            {"subject", ""},
            {"file_id", nullptr},
            {"version", 2},
            {"result", "ok"},
            {"reason", "said \"so\", twice"}};
}

/// As many rows as it is asked for, newest first, until there are none.
void servesTrail(FakeTray& tray, std::int64_t total) {
    tray.does("report", [total](const auto&, const ipc::Request& request, ipc::Responder responder) {
        const Json& params = *request.params;
        std::int64_t sequence = params.contains("after") ? std::stoll(params["after"].get<std::string>()) : total + 1;
        const std::uint64_t limit = params["limit"];
        Json rows = Json::array();
        while (rows.size() < limit && sequence > 1)
            rows.push_back(auditRow(--sequence));
        responder.reply(
            Json{{"rows", rows}, {"next", rows.size() < limit ? Json(nullptr) : Json(std::to_string(sequence))}});
    });
}

TEST(Report, GathersAllPagesUpToItsLimit) {
    FakeTray tray;
    servesTrail(tray, 1200);
    EXPECT_EQ(printed(tray.run({"--json", "report", "integrated"}))["rows"].size(), 1000u);
    const auto all = printed(tray.run({"--json", "report", "integrated", "--limit", "5000"}));
    ASSERT_EQ(all["rows"].size(), 1200u);
    EXPECT_EQ(all["rows"][1199], auditRow(1));
    EXPECT_EQ(all["report"], "integrated");
}

TEST(Report, AsksForWhatWasNamed) {
    FakeTray tray;
    servesTrail(tray, 1);
    EXPECT_EQ(tray.run({"report", "user", "--account", "ben@example.org", "--from", "2026-01-01", "--to", "2026-01-31"})
                  .exitCode,
              0);
    EXPECT_EQ(tray.calls().back().params, (Json{{"kind", "user"},
                                                {"account", "ben@example.org"},
                                                {"from", "2026-01-01"},
                                                {"to", "2026-01-31"},
                                                {"limit", 500}}));
    EXPECT_EQ(tray.run({"report", "disclosure", "--host", "aa", "--days", "7"}).exitCode, 0);
    EXPECT_EQ(tray.calls().back().params, (Json{{"kind", "disclosure"}, {"host", "aa"}, {"days", 7}, {"limit", 500}}));
    EXPECT_EQ(tray.run({"report", "file", "--file", "a.txt"}, {}, someFolder()).exitCode, 0);
    EXPECT_EQ(tray.calls().back().params["file"], inSomeFolder("a.txt"));
    EXPECT_EQ(tray.run({"report", "everything"}).exitCode, 2);
    EXPECT_EQ(tray.run({"report", "disclosure", "--days", "0"}).exitCode, 2);
}

TEST(Report, IsACsvThatNoSpreadsheetTakesForFormulas) {
    FakeTray tray;
    servesTrail(tray, 1);
    const auto told = tray.run({"report", "user", "--format", "csv"});
    EXPECT_THAT(told.out, HasSubstr("'=ben@example.org,desk,true,file.open,"));
    EXPECT_THAT(told.out, HasSubstr("\"said \"\"so\"\", twice\"\r\n"));
    EXPECT_THAT(told.out, testing::StartsWith("at,email,"));
}

TEST(Report, SaysThatThereIsNothing) {
    FakeTray tray;
    servesTrail(tray, 0);
    EXPECT_EQ(tray.run({"report", "user"}).out, "Nothing to report.\n");
}

} // namespace
} // namespace ssprotect::cli
