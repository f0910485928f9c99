#include "explorer_world.h"

#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace ssprotect::shellext::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::string utf8(std::filesystem::path path) {
    const auto text = path.make_preferred().u8string();
    return {text.begin(), text.end()};
}

/// The real tray process, without windows, on the world's home.
class RealTray {
public:
    explicit RealTray(const ExplorerWorld& world)
        : environment_{{"SSPROTECT_HOME", utf8(world.home())}},
          process_({program("ssprotect-tray"), "--headless", "--second-factor", "allow"}, environment_) {}

    /// `ssprotect …` to its end; repeated while no tray process serves yet.
    nlohmann::json cli(std::vector<std::string> arguments, const std::string& input = {}) const {
        arguments.insert(arguments.begin(), {program("ssprotect"), "--json"});
        support::ProgramResult result;
        do
            result = support::ProgramRun(arguments, environment_, input).wait();
        while (result.exitCode == 3 && result.out.find("no-tray-process") != std::string::npos &&
               ++tries_ < kMostTries);
        EXPECT_EQ(result.exitCode, 0) << result.out << result.err;
        return nlohmann::json::parse(result.out, nullptr, false);
    }
    std::string stateOf(const std::filesystem::path& file) const {
        return cli({"status", utf8(file)})["files"][0]["state"];
    }

private:
    static constexpr int kMostTries = 100;
    std::map<std::string, std::string> environment_;
    mutable int tries_ = 0;
    support::ProgramRun process_;
};

std::string contentOf(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

TEST(WithTheRealTrayProcess, ExplorerActivatesShowsRedAndReleases) {
    ExplorerWorld world;
    const RealTray tray(world);
    tray.cli({"--password-stdin", "account", "create", "--email", "anna@example.org"},
             "correct horse battery\ncorrect horse battery\n");
    tray.cli({"--password-stdin", "keys", "export", utf8(world.documents() / "anna.keys")},
             "a passphrase for the safe\na passphrase for the safe\n");
    const auto document = world.plain("offer.txt", "An offer of 100.");

    EXPECT_THAT(world.host("invoke", {document}, {"ssprotect.activate"}).lines, ElementsAre("0x00000000"));
    for (int i = 0; i < 100 && tray.stateOf(document) == "plain"; ++i) {
    }
    EXPECT_EQ(tray.stateOf(document), "protected");
    EXPECT_THAT(world.host("overlay", {document}).lines, ElementsAre("red"));
    EXPECT_THAT(world.host("double-click-menu", {document}).lines, ElementsAre(HasSubstr("default")));

    EXPECT_THAT(world.host("invoke", {document}, {"ssprotect.release"}).lines, ElementsAre("0x00000000"));
    for (int i = 0; i < 100 && tray.stateOf(document) == "protected"; ++i) {
    }
    EXPECT_EQ(contentOf(document), "An offer of 100.");
    EXPECT_THAT(world.host("overlay", {document}).lines, ElementsAre("none"));
    tray.cli({"logout"});
    EXPECT_THAT(world.host("notice-after", {document}, {"ssprotect.activate"}).lines,
                ElementsAre(testing::StartsWith("0x8"), HasSubstr("logged in")));
}

} // namespace
} // namespace ssprotect::shellext::test
