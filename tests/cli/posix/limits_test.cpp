/// What only POSIX systems have: lists of arguments of a megabyte, names of raw bytes, a device that is always full.

#include "../fake_tray.h"
#include "ssprotect/ipc/path_text.h"
#include "ssprotect/platform/narrow_path.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ssprotect::cli {
namespace {

using ::testing::HasSubstr;

/// Each path is plain.
void echoesStatus(FakeTray& tray) {
    tray.does("status", [](const auto&, const ipc::Request& request, ipc::Responder responder) {
        Json files = Json::array();
        for (const auto& path : (*request.params)["paths"])
            files.push_back({{"path", path}, {"state", "plain"}, {"ownership", "none"}, {"size", 1}});
        responder.reply(Json{{"session", {{"state", "logged-out"}}}, {"files", files}});
    });
}

TEST(Posix, TwoDotsStayInAPathForBeforeThemMayStandALink) {
    FakeTray tray;
    echoesStatus(tray);
    const auto told = tray.run({"status", "a/../report.odt"}, {}, "/usr/share");
    EXPECT_EQ(tray.call("status").params["paths"], Json::array({"/usr/share/a/../report.odt"}));
    EXPECT_THAT(told.out, HasSubstr("  a/../report.odt\n"));
}

TEST(Posix, LongPathsGoInSmallerPages) {
    FakeTray tray;
    echoesStatus(tray);
    std::vector<std::string> arguments{"status", "--json"};
    for (int i = 0; i < 300; ++i)
        arguments.push_back("/" + std::string(4000, 'x') + std::to_string(i));
    const auto result = tray.run(arguments);
    EXPECT_EQ(result.exitCode, 0);
    EXPECT_EQ(printed(result)["files"].size(), 300u);
}

TEST(Posix, NamesOfAnyBytesArriveAndCannotDriveTheTerminal) {
    FakeTray tray;
    echoesStatus(tray);
    const std::string odd = "/odd\x1b[31m\n\xFF";
    const auto told = tray.run({"status", odd});
    EXPECT_EQ(told.exitCode, 0);
    const auto path = ipc::textToPath(tray.call("status").params["paths"][0].get<std::string>());
    ASSERT_TRUE(path.ok());
    EXPECT_EQ(platform::narrowPath(*path), odd);
    EXPECT_THAT(told.out, HasSubstr("/odd\\x1b[31m\\x0a\\xff\n"));
    EXPECT_EQ(told.out.find('\x1b'), std::string::npos);
    EXPECT_EQ(printed(tray.run({"--json", "status", odd}))["files"][0]["path"], ipc::pathToText(odd));
}

TEST(Posix, AFullDiskBehindStdoutIsAnError) {
    FakeTray tray;
    tray.gives("opened", {{"opened", Json::array()}});
    const auto home = tray.world().endpoint().home().string();
    const auto result =
        support::ProgramRun({"sh", "-c", SSPROTECT_BIN_DIR "/ssprotect opened >/dev/full"}, {{"SSPROTECT_HOME", home}})
            .wait();
    EXPECT_EQ(result.exitCode, 1);
    EXPECT_THAT(result.err, HasSubstr("could not be written"));
}

} // namespace
} // namespace ssprotect::cli
