#include "ssprotect/ipc/path_text.h"

#include "escaped_bytes.h"
#include "ssprotect/platform/narrow_path.h"

namespace ssprotect::ipc {

std::string pathToText(const std::filesystem::path& path) { return escapeBytes(platform::narrowPath(path)); }

Result<std::filesystem::path> textToPath(std::string_view text) {
    if (text.empty() || text.find('\0') != std::string_view::npos)
        return makeError(ErrorCode::invalidInput, "a path is not empty and holds no NUL");
    const auto bytes = unescapeBytes(text);
    if (!bytes)
        return bytes.error();
    auto path = platform::pathOfNarrow(*bytes);
    if (platform::narrowPath(path) != *bytes)
        return makeError(ErrorCode::invalidInput, "the path is one of another system: no name here has such bytes");
    return path;
}

} // namespace ssprotect::ipc
