#include "ssprotect/platform/private_folder.h"

#include "ssprotect/platform/shown_path.h"

namespace ssprotect::platform {
namespace {

namespace fs = std::filesystem;

Error failed(const Path& folder, const char* what, const std::error_code& error) {
    return makeError(ErrorCode::ioError, std::string(what) + " '" + shownPath(folder) + "' failed: " + error.message());
}

} // namespace

Result<bool> openToOthers(const Path& folder) {
    std::error_code error;
    const auto permissions = fs::status(folder, error).permissions();
    if (error)
        return failed(folder, "reading the permissions of", error);
    return (permissions & (fs::perms::group_all | fs::perms::others_all)) != fs::perms::none;
}

Status closeToOthers(const Path& folder) {
    std::error_code error;
    fs::permissions(folder, fs::perms::owner_all, error);
    if (error)
        return failed(folder, "closing", error);
    return {};
}

} // namespace ssprotect::platform
