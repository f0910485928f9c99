#include "ssprotect/ipc/endpoint.h"

#include <cstdlib>

#include <gtest/gtest.h>

namespace ssprotect::ipc {
namespace {

/// Sets the three variables (null: unset) and puts them back.
class Environment {
public:
    Environment(const char* own, const char* data, const char* user) {
        set("SSPROTECT_HOME", own);
        set("XDG_DATA_HOME", data);
        set("HOME", user);
    }
    ~Environment() {
        for (const auto& [name, value] : before_)
            value ? ::setenv(name, value->c_str(), 1) : ::unsetenv(name);
    }

private:
    void set(const char* name, const char* value) {
        const char* old = std::getenv(name);
        before_.emplace_back(name, old ? std::optional<std::string>(old) : std::nullopt);
        value ? ::setenv(name, value, 1) : ::unsetenv(name);
    }
    std::vector<std::pair<const char*, std::optional<std::string>>> before_;
};

TEST(HomeFolder, IsTheOneTheVariableNames) {
    const Environment environment("/srv/one", "/data", "/home/a");
    EXPECT_EQ(homeFolder().value(), "/srv/one");
}

TEST(HomeFolder, IsElseBelowTheDataFolder) {
    const Environment environment(nullptr, "/data", "/home/a");
    EXPECT_EQ(homeFolder().value(), "/data/ssprotect");
}

TEST(HomeFolder, IsElseBelowTheUsersOwn) {
    const Environment environment("", "relative/is/ignored", "/home/a");
    EXPECT_EQ(homeFolder().value(), "/home/a/.local/share/ssprotect");
}

TEST(HomeFolder, ARelativeOneIsMadeAbsolute) {
    const Environment environment("here/./below", nullptr, nullptr);
    EXPECT_EQ(homeFolder().value(), std::filesystem::current_path() / "here/below");
}

TEST(HomeFolder, WithoutAnyIsAnError) {
    const Environment environment(nullptr, nullptr, nullptr);
    EXPECT_EQ(homeFolder().error().code, ErrorCode::invalidInput);
}

} // namespace
} // namespace ssprotect::ipc
