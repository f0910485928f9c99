#include "options.h"

#include <iostream>

#include <CLI/CLI.hpp>

namespace ssprotect::tray {
namespace {

constexpr int kUsage = 2;

} // namespace

std::optional<Options> readOptions(int argc, char** argv, int& exitCode) {
    Options options;
    std::string secondFactor = "ask";
    CLI::App commandLine("The one process that owns the login session of a home; serves the command line and the tray "
                         "icon.",
                         "ssprotect-tray");
    commandLine.set_version_flag("--version", SSPROTECT_VERSION);
    auto* headless = commandLine.add_flag("--headless", options.headless, "No icon, no windows: serve the pipe only");
    commandLine
        .add_option("--second-factor", secondFactor,
                    "How acknowledgements are answered: ask the client (default), allow or deny them all")
        ->check(CLI::IsMember({"allow", "deny", "ask"}))
        ->needs(headless);
    try {
        commandLine.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        exitCode = commandLine.exit(error, std::cout, std::cerr) == 0 ? 0 : kUsage;
        return std::nullopt;
    }
    options.secondFactor = app::secondFactorModeOf(secondFactor).value_or(app::SecondFactorMode::ask);
    return options;
}

} // namespace ssprotect::tray
