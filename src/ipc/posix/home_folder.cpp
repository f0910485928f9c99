#include "ssprotect/ipc/endpoint.h"

#include <cstdlib>
#include <string_view>

namespace ssprotect::ipc {
namespace {

std::string_view variable(const char* name) {
    const char* value = std::getenv(name);
    return value == nullptr ? std::string_view() : std::string_view(value);
}

} // namespace

Result<std::filesystem::path> homeFolder() {
    std::filesystem::path home;
    if (const auto own = variable("SSPROTECT_HOME"); !own.empty())
        home = own;
    // The XDG base directory specification wants relative paths ignored.
    else if (const auto data = variable("XDG_DATA_HOME"); data.starts_with('/'))
        home = std::filesystem::path(data) / "ssprotect";
    else if (const auto user = variable("HOME"); user.starts_with('/'))
        home = std::filesystem::path(user) / ".local/share/ssprotect";
    else
        return makeError(ErrorCode::invalidInput, "no home folder is known: set SSPROTECT_HOME to one");
    std::error_code failed;
    home = std::filesystem::absolute(home, failed);
    if (failed)
        return makeError(ErrorCode::invalidInput, "the current folder is gone: set SSPROTECT_HOME to an absolute path");
    return home.lexically_normal();
}

} // namespace ssprotect::ipc
