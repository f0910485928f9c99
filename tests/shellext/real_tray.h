#pragma once

#include "explorer_world.h"

#include <functional>

#include <nlohmann/json.hpp>

namespace ssprotect::shellext::test {

/// The real tray process on the home of a world; killed with the object.
class RealTray {
public:
    enum class Windows { none, shown };

    explicit RealTray(const ExplorerWorld& world, Windows windows = Windows::none);

    /// What `ssprotect --json …` prints; repeated while no tray process serves yet. A failure fails the test.
    nlohmann::json cli(std::vector<std::string> arguments, const std::string& input = {}) const;
    /// Anna's, with exported keys, logged in, and with programs allowed that are not signed.
    void createAccount() const;
    void login() const;
    /// Its row of `status`.
    nlohmann::json statusOf(const std::filesystem::path& file) const;
    /// Looks until the row's `key` is `value`; false when that takes too long.
    bool becomes(const std::filesystem::path& file, const std::string& key, const nlohmann::json& value) const;

private:
    const ExplorerWorld& world_;
    std::map<std::string, std::string> environment_;
    support::ProgramRun process_;
};

/// Looks again and again; false when it takes too long.
bool comesTrue(const std::function<bool()>& condition);

} // namespace ssprotect::shellext::test
