#include "fake_tray.h"
#include "support/temp_folder.h"

#include <cstdlib>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ssprotect::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

support::ProgramResult shell(const std::string& name, const std::string& script) {
    return support::ProgramRun({name, "-c", script}, {}, {}, "/usr").wait();
}

bool hasShell(const std::string& name) { return shell("sh", "command -v " + name).exitCode == 0; }

/// What bash offers after these words; the last one is being typed.
std::string offered(const std::string& words, int current) {
    const auto result = shell("bash", "source <(" SSPROTECT_BIN_DIR "/ssprotect completion bash); COMP_WORDS=(" +
                                          words + "); COMP_CWORD=" + std::to_string(current) +
                                          "; _ssprotect 2>/dev/null; echo \" ${COMPREPLY[*]} \"");
    EXPECT_EQ(result.exitCode, 0) << result.err;
    return result.out;
}

TEST(Completion, BashOffersCommandsOptionsAndFiles) {
    EXPECT_THAT(offered("ssprotect ''", 1), HasSubstr(" activate "));
    EXPECT_THAT(offered("ssprotect act", 1), HasSubstr(" activate "));
    EXPECT_THAT(offered("ssprotect act", 1), Not(HasSubstr("release")));
    EXPECT_THAT(offered("ssprotect --json keys ''", 3), HasSubstr(" export import "));
    EXPECT_THAT(offered("ssprotect activate --r", 2), HasSubstr(" --recursive "));
    EXPECT_THAT(offered("ssprotect activate sha", 2), HasSubstr(" share "));
    EXPECT_THAT(offered("ssprotect activate --recursive --j", 3), HasSubstr(" --json "));
    EXPECT_THAT(offered("ssprotect completion ''", 2), HasSubstr(" bash zsh fish "));
}

TEST(Completion, TheScriptsAreUnderstoodByTheirShells) {
    for (const std::string name : {"bash", "zsh", "fish"}) {
        const auto script = runAlone({"completion", name}, "/nowhere");
        EXPECT_EQ(script.exitCode, 0);
        EXPECT_THAT(script.out, HasSubstr("restore-backup"));
        if (!hasShell(name))
            continue; // not every machine has all three
        const support::TempFolder folder;
        const auto file = (folder / "script").string();
        shell("sh", SSPROTECT_BIN_DIR "/ssprotect completion " + name + " > " + file);
        EXPECT_EQ(support::ProgramRun({name, "-n", file}, {}).wait().exitCode, 0) << name;
    }
}

TEST(Completion, AsJsonTheScriptIsInside) {
    const auto json = printed(runAlone({"completion", "fish", "--json"}, "/nowhere"));
    EXPECT_EQ(json["shell"], "fish");
    EXPECT_THAT(json["script"].get<std::string>(), HasSubstr("complete -c ssprotect"));
}

} // namespace
} // namespace ssprotect::cli
