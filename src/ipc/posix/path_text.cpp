#include "ssprotect/ipc/path_text.h"

#include "../escaped_bytes.h"

namespace ssprotect::ipc {

std::string pathToText(const std::filesystem::path& path) { return escapeBytes(path.native()); }

Result<std::filesystem::path> textToPath(std::string_view text) {
    if (text.empty() || text.find('\0') != std::string_view::npos)
        return makeError(ErrorCode::invalidInput, "a path is not empty and holds no NUL");
    auto bytes = unescapeBytes(text);
    if (!bytes)
        return std::move(bytes).error();
    return std::filesystem::path(std::move(*bytes));
}

} // namespace ssprotect::ipc
