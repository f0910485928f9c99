#include "ssprotect/ipc/endpoint.h"

#include <array>
#include <optional>
#include <vector>
#include <windows.h>

#include <gtest/gtest.h>

namespace ssprotect::ipc {
namespace {

/// Sets the two variables (null: unset) and puts them back.
class Environment {
public:
    Environment(const wchar_t* own, const wchar_t* data) {
        set(L"SSPROTECT_HOME", own);
        set(L"LOCALAPPDATA", data);
    }
    ~Environment() {
        for (const auto& [name, value] : before_)
            ::SetEnvironmentVariableW(name, value ? value->c_str() : nullptr);
    }

private:
    void set(const wchar_t* name, const wchar_t* value) {
        std::array<wchar_t, 32768> old{};
        const bool known = ::GetEnvironmentVariableW(name, old.data(), old.size()) != 0;
        before_.emplace_back(name, known ? std::optional<std::wstring>(old.data()) : std::nullopt);
        ::SetEnvironmentVariableW(name, value);
    }
    std::vector<std::pair<const wchar_t*, std::optional<std::wstring>>> before_;
};

TEST(HomeFolder, IsTheOneTheVariableNames) {
    const Environment environment(LR"(D:\Geschützt)", LR"(C:\Users\a\AppData\Local)");
    EXPECT_EQ(homeFolder().value().native(), LR"(D:\Geschützt)");
}

TEST(HomeFolder, IsElseBelowTheUsersLocalData) {
    const Environment environment(nullptr, LR"(C:\Users\a\AppData\Local)");
    EXPECT_EQ(homeFolder().value().native(), LR"(C:\Users\a\AppData\Local\SSProtect)");
}

TEST(HomeFolder, ARelativeOneIsMadeAbsolute) {
    const Environment environment(L"here/./below", nullptr);
    EXPECT_EQ(homeFolder().value(), std::filesystem::current_path() / "here\\below");
}

TEST(HomeFolder, WithoutAnyIsAnError) {
    const Environment none(nullptr, nullptr);
    EXPECT_EQ(homeFolder().error().code, ErrorCode::invalidInput);
    const Environment relative(L"", L"relative");
    EXPECT_EQ(homeFolder().error().code, ErrorCode::invalidInput);
}

} // namespace
} // namespace ssprotect::ipc
