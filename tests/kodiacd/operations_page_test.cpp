#include "daemon_run.h"
#include "kodiacd/configuration.h"
#include "support/temp_folder.h"

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

namespace ssprotect::kodiacd {
namespace {

using testing::HasSubstr;

const std::filesystem::path kPage = std::filesystem::path(SSPROTECT_SOURCE_DIR) / "docs/operations.md";

TEST(OperationsPage, ExplainsEverySetting) {
    const auto page = textOf(kPage);
    const auto settings = nlohmann::json::parse(configurationText({}));
    for (const auto& [name, value] : settings.items()) {
        if (!value.is_object())
            EXPECT_THAT(page, HasSubstr("`" + name + "`"));
        else
            for (const auto& inner : value.items())
                EXPECT_THAT(page, HasSubstr("`" + name + "." + inner.key() + "`"));
    }
}

TEST(OperationsPage, NamesEveryCommand) {
    const auto page = textOf(kPage);
    for (const auto* command :
         {"kodiacd init", "kodiacd serve", "kodiacd org create", "kodiacd org list", "kodiacd org set",
          "kodiacd org code", "kodiacd support disable-account", "kodiacd support enable-account", "kodiacd migrate",
          "kodiacd verify", "kodiacd backup", "kodiacd restore", "kodiacd mail list", "kodiacd mail resend",
          "kodiacd ca next", "kodiacd ca switch"})
        EXPECT_THAT(page, HasSubstr(command));
}

TEST(SystemdUnit, IsTakenBySystemdAndLeavesLittleOpen) {
    if (support::ProgramRun({"sh", "-c", "command -v systemd-analyze"}, {}).wait().exitCode != 0)
        GTEST_SKIP() << "systemd-analyze is not installed here";
    const support::TempFolder folder;
    std::string unit = textOf(std::filesystem::path(SSPROTECT_SOURCE_DIR) / "resources/systemd/kodiacd.service");
    const std::string installed = "/usr/bin/kodiacd";
    unit.replace(unit.find(installed), installed.size(), std::string(SSPROTECT_BIN_DIR) + "/kodiacd");
    const auto file = (folder / "kodiacd.service").string();
    writeText(file, unit);
    const auto verified = support::ProgramRun({"systemd-analyze", "verify", file}, {}).wait();
    EXPECT_EQ(verified.exitCode, 0);
    EXPECT_EQ(verified.err, "");
    const auto secure =
        support::ProgramRun({"systemd-analyze", "security", "--offline=true", "--threshold=20", file}, {}).wait();
    EXPECT_EQ(secure.exitCode, 0) << secure.out;
}

} // namespace
} // namespace ssprotect::kodiacd
