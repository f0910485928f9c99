#include "fake_tray.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ssprotect::cli {
namespace {

using ::testing::HasSubstr;

Json hostlistRow(std::uint64_t n) {
    return {{"path", "/folder/" + std::to_string(n)},
            {"file_id", "00ff"},
            {"version", 1},
            {"state", "protected"},
            {"ownership", "own"},
            {"mode", "hybrid"},
            {"size", 1000 * n},
            {"opened", n == 0}};
}

void servesHostlist(FakeTray& tray, std::uint64_t total) {
    tray.does("hostlist", [total](const auto&, const ipc::Request& request, ipc::Responder responder) {
        const std::uint64_t offset = (*request.params)["offset"];
        const std::uint64_t limit = (*request.params)["limit"];
        Json rows = Json::array();
        for (auto n = offset; n < std::min(total, offset + limit); ++n)
            rows.push_back(hostlistRow(n));
        responder.reply(Json{{"hostlist", rows}, {"total", total}});
    });
}

TEST(Lists, HostlistGathersAllPages) {
    FakeTray tray;
    servesHostlist(tray, 1234);
    const auto json = printed(tray.run({"--json", "hostlist"}));
    ASSERT_EQ(json["hostlist"].size(), 1234u);
    for (std::size_t n = 0; n < 1234; ++n)
        ASSERT_EQ(json["hostlist"][n], hostlistRow(n));
    EXPECT_EQ(json["total"], 1234);
}

TEST(Lists, HostlistMayBeExclusive) {
    FakeTray tray;
    servesHostlist(tray, 2);
    const auto told = tray.run({"hostlist", "--exclusive"});
    EXPECT_EQ(tray.call("hostlist").params["exclusive"], true);
    EXPECT_EQ(told.out, "STATE      VERSION  OWNER  SIZE     FILE\n"
                        "(Opened)   v1       own    0 B      /folder/0\n"
                        "protected  v1       own    1.00 kB  /folder/1\n");
}

TEST(Lists, AnEmptyHostlistSaysSo) {
    FakeTray tray;
    servesHostlist(tray, 0);
    EXPECT_THAT(tray.run({"hostlist"}).out, HasSubstr("No file"));
    EXPECT_EQ(printed(tray.run({"hostlist", "--json"})), (Json{{"hostlist", Json::array()}, {"total", 0}}));
}

Json versionRow(std::uint64_t n) {
    return {{"version", n},
            {"created", "2026-01-31T08:15:00.000Z"},
            {"creator", "anna@example.org"},
            {"name", "a.txt"},
            {"size", 5},
            {"restorable", n == 2},
            {"reason", "optimized"}};
}

TEST(Lists, VersionsAreShownNewestFirst) {
    FakeTray tray;
    const Json versions = {{"file_id", "00ff"}, {"versions", {versionRow(2), versionRow(1)}}};
    tray.gives("versions", versions);
    EXPECT_EQ(printed(tray.run({"--json", "versions", "/a.txt"})), versions);
    EXPECT_EQ(tray.run({"versions", "/a.txt"}).out,
              "FileID 00ff\n"
              "A  VERSION  CREATED               SIZE  BY                NAME\n"
              "Y  v2       2026-01-31 08:15 UTC  5 B   anna@example.org  a.txt\n"
              "-  v1       2026-01-31 08:15 UTC  5 B   anna@example.org  a.txt\n");
}

TEST(Lists, VersionsTakeAPathOrAFileId) {
    FakeTray tray;
    tray.gives("versions", {{"file_id", "00ff"}, {"versions", Json::array()}});
    tray.run({"versions", "a.txt"}, {}, someFolder());
    EXPECT_EQ(tray.calls().back().params["target"], inSomeFolder("a.txt"));
    tray.run({"versions", "0123456789abcdef0123456789ABCDEF"}, {}, someFolder());
    EXPECT_EQ(tray.calls().back().params["target"], "0123456789abcdef0123456789ABCDEF");
}

TEST(Lists, ManyVersionsGatherAllPages) {
    FakeTray tray;
    tray.does("versions", [](const auto&, const ipc::Request& request, ipc::Responder responder) {
        const std::uint64_t before = request.params->value("before", std::uint64_t{1301});
        const std::uint64_t limit = (*request.params)["limit"];
        Json rows = Json::array();
        for (auto n = before - 1; n >= 1 && rows.size() < limit; --n)
            rows.push_back(versionRow(n));
        responder.reply(Json{{"file_id", "00ff"}, {"versions", rows}});
    });
    const auto json = printed(tray.run({"--json", "versions", "/a.txt"}));
    ASSERT_EQ(json["versions"].size(), 1300u);
    EXPECT_EQ(json["versions"][0]["version"], 1300);
    EXPECT_EQ(json["versions"][1299]["version"], 1);
}

TEST(Lists, APageThatRepeatsItselfEndsTheList) {
    FakeTray tray;
    Json rows = Json::array();
    for (std::uint64_t n = 0; n < 500; ++n)
        rows.push_back(versionRow(9));
    tray.gives("versions", {{"file_id", "00ff"}, {"versions", rows}});
    EXPECT_EQ(tray.run({"--json", "versions", "/a.txt"}).exitCode, 0);
}

TEST(Lists, AuditShowsAsManyRowsAsAskedFor) {
    FakeTray tray;
    tray.does("audit", [](const auto&, const ipc::Request& request, ipc::Responder responder) {
        const std::uint64_t before = request.params->value("before", std::uint64_t{5000});
        const std::uint64_t limit = (*request.params)["limit"];
        Json rows = Json::array();
        for (auto n = before - 1; n >= 1 && rows.size() < limit; --n)
            rows.push_back({{"sequence", n},
                            {"at", "2026-01-31T08:15:00.000Z"},
                            {"operation", "open"},
                            {"result", "allowed"},
                            {"file_id", nullptr},
                            {"version", 0},
                            {"reason", ""}});
        responder.reply(Json{{"audit", rows}});
    });
    EXPECT_EQ(printed(tray.run({"--json", "audit"}))["audit"].size(), 50u);
    const auto many = printed(tray.run({"--json", "audit", "--limit", "1200"}))["audit"];
    ASSERT_EQ(many.size(), 1200u);
    EXPECT_EQ(many[1199]["sequence"], 3800);
    EXPECT_THAT(tray.run({"audit", "--limit", "1"}).out, HasSubstr("2026-01-31 08:15 UTC  open"));
}

} // namespace
} // namespace ssprotect::cli
