#include "error_meaning.h"

#include "ssprotect/platform/shown_path.h"
#include "ssprotect/platform/sibling_name.h"

namespace ssprotect::platform {

std::string failureOf(std::string_view action, const std::filesystem::path& path) {
    if (path.has_parent_path() && isSiblingName(path))
        return "cannot write in the folder '" + shownPath(path.parent_path()) + "'";
    return "cannot " + std::string(action) + " '" + shownPath(path) + "'";
}

} // namespace ssprotect::platform
