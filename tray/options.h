#pragma once

#include "ssprotect/app/acknowledger.h"

#include <optional>

namespace ssprotect::tray {

struct Options {
    bool headless = false;
    app::SecondFactorMode secondFactor = app::SecondFactorMode::ask;
};

/// Reads the command line. On `--help`, `--version` or a mistake it says so on the terminal; then there
/// are no options but `exitCode`.
std::optional<Options> readOptions(int argc, char** argv, int& exitCode);

} // namespace ssprotect::tray
