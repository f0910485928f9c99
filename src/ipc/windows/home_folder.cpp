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

} // namespace

Result<std::filesystem::path> homeFolder() {
    std::filesystem::path home;
    if (auto own = variable(L"SSPROTECT_HOME"); !own.empty())
        home = std::move(own);
    else if (const auto data = variable(L"LOCALAPPDATA"); data.is_absolute())
        home = data / "SSProtect";
    else
        return makeError(ErrorCode::invalidInput, "no home folder is known: set SSPROTECT_HOME to one");
    std::error_code failed;
    home = std::filesystem::absolute(home, failed);
    if (failed)
        return makeError(ErrorCode::invalidInput, "the current folder is gone: set SSPROTECT_HOME to an absolute path");
    return home.lexically_normal().make_preferred();
}

} // namespace ssprotect::ipc
