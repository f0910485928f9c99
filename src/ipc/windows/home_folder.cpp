#include "ssprotect/ipc/endpoint.h"

#include <string>
#include <windows.h>

namespace ssprotect::ipc {
namespace {

std::filesystem::path variable(const wchar_t* name) {
    std::wstring value;
    // Twice: another thread may change it in between.
    for (DWORD size = ::GetEnvironmentVariableW(name, nullptr, 0); size > value.size();) {
        value.resize(size);
        size = ::GetEnvironmentVariableW(name, value.data(), size);
        if (size < value.size())
            value.resize(size);
    }
    return value;
}

/// Empty when there is none. std::filesystem::absolute would bring streams and locales into the Explorer extension.
std::filesystem::path absoluteName(const std::filesystem::path& name) {
    constexpr DWORD kLongestName = 32'768;
    std::wstring full(kLongestName, L'\0');
    const DWORD size = ::GetFullPathNameW(name.c_str(), kLongestName, full.data(), nullptr);
    full.resize(size < kLongestName ? size : 0);
    return full;
}

} // namespace

Result<std::filesystem::path> homeFolder() {
    std::filesystem::path home;
    if (auto own = variable(L"SSPROTECT_HOME"); !own.empty())
        home = std::move(own);
    else if (const auto data = variable(L"LOCALAPPDATA"); data.is_absolute())
        home = data / L"SSProtect";
    else
        return makeError(ErrorCode::invalidInput, "no home folder is known: set SSPROTECT_HOME to one");
    home = absoluteName(home);
    if (home.empty())
        return makeError(ErrorCode::invalidInput, "the current folder is gone: set SSPROTECT_HOME to an absolute path");
    return home.lexically_normal().make_preferred();
}

} // namespace ssprotect::ipc
