#pragma once

#include "ssprotect/base/result.h"

#include <filesystem>

namespace ssprotect::ipc {

/// The folder that holds the state of one client: `$SSPROTECT_HOME`, else `$XDG_DATA_HOME/ssprotect`
/// (`%LOCALAPPDATA%\SSProtect` on Windows), made absolute. `invalid-input` when the environment names none.
Result<std::filesystem::path> homeFolder();

/// Where the tray process of one home listens. Two homes never share an endpoint.
class Endpoint {
public:
    explicit Endpoint(std::filesystem::path home) : home_(std::move(home)) {}

    const std::filesystem::path& home() const { return home_; }
    /// `<home>/run`: for the owner only, holds what lives as long as the tray process.
    std::filesystem::path runFolder() const { return home_ / kRun; }

private:
    /// In the system's own characters: on Windows a narrow name would bring locales into the Explorer extension.
    static constexpr std::filesystem::path::value_type kRun[] = {'r', 'u', 'n', 0};

    std::filesystem::path home_;
};

} // namespace ssprotect::ipc
