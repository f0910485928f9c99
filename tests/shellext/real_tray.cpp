#include "real_tray.h"

#include <chrono>
#include <thread>

#include <gtest/gtest.h>

namespace ssprotect::shellext::test {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::seconds kPatience{60};
constexpr std::chrono::milliseconds kBetweenLooks{20};
constexpr const char* kPassword = "correct horse battery\n";
constexpr const char* kPassphrase = "a passphrase for the safe\n";

std::vector<std::string> trayCommand(RealTray::Windows windows) {
    std::vector<std::string> command{program("ssprotect-tray")};
    if (windows == RealTray::Windows::none)
        command.insert(command.end(), {"--headless", "--second-factor", "allow"});
    return command;
}

} // namespace

bool comesTrue(const std::function<bool()>& condition) {
    for (const auto until = Clock::now() + kPatience; Clock::now() < until; std::this_thread::sleep_for(kBetweenLooks))
        if (condition())
            return true;
    return false;
}

RealTray::RealTray(const ExplorerWorld& world, Windows windows)
    : world_(world), environment_{{"SSPROTECT_HOME", utf8(world.home())}},
      process_(trayCommand(windows), environment_) {}

nlohmann::json RealTray::cli(std::vector<std::string> arguments, const std::string& input) const {
    arguments.insert(arguments.begin(), {program("ssprotect"), "--json"});
    support::ProgramResult result;
    comesTrue([&] {
        result = support::ProgramRun(arguments, environment_, input).wait();
        return result.out.find("no-tray-process") == std::string::npos;
    });
    EXPECT_EQ(result.exitCode, 0) << result.out << result.err;
    return nlohmann::json::parse(result.out, nullptr, false);
}

void RealTray::createAccount() const {
    cli({"--password-stdin", "account", "create", "--email", "anna@example.org"}, std::string(kPassword) + kPassword);
    cli({"--password-stdin", "keys", "export", utf8(world_.home().parent_path() / "anna.keys")},
        std::string(kPassphrase) + kPassphrase);
    cli({"account", "set", "--unsigned-apps", "on"});
}

void RealTray::login() const { cli({"--password-stdin", "login", "--email", "anna@example.org"}, kPassword); }

nlohmann::json RealTray::statusOf(const std::filesystem::path& file) const {
    const auto status = cli({"status", utf8(file)});
    return status.is_object() ? status["files"][0] : nlohmann::json::object();
}

bool RealTray::becomes(const std::filesystem::path& file, const std::string& key, const nlohmann::json& value) const {
    return comesTrue([&] { return statusOf(file).value(key, nlohmann::json()) == value; });
}

} // namespace ssprotect::shellext::test
