#include "params.h"

#include "ssprotect/ipc/path_text.h"
#include "ssprotect/platform/shown_path.h"

#include <nlohmann/json.hpp>

namespace ssprotect::app {
namespace {

platform::Path withoutTrailingSlash(const platform::Path& path) {
    return path.has_filename() || path == path.root_path() ? path : path.parent_path();
}

} // namespace

Status accepted(const ipc::Fields& fields, std::span<const WipedBytes> secrets, std::size_t wanted) {
    if (auto complete = fields.complete(); !complete)
        return makeError(ErrorCode::usage, complete.error().message);
    if (secrets.size() != wanted)
        return makeError(ErrorCode::usage, "this method takes " + std::to_string(wanted) +
                                               " secrets as attachments, not " + std::to_string(secrets.size()));
    return {};
}

Result<platform::Path> givenPath(std::string_view text) {
    auto path = ipc::textToPath(text);
    if (!path)
        return makeError(ErrorCode::usage, path.error().message);
    if (!path->is_absolute())
        return makeError(ErrorCode::usage, "the path '" + platform::shownPath(*path) + "' is not absolute");
    return path;
}

platform::Path withFolderResolved(const platform::Path& given) {
    const auto path = withoutTrailingSlash(given);
    const auto name = path.filename();
    std::error_code error;
    if (name.empty() || name == "." || name == "..") {
        auto whole = std::filesystem::canonical(path, error);
        return error ? path : whole;
    }
    auto folder = std::filesystem::canonical(path.parent_path(), error);
    return error ? path : folder / name;
}

Result<platform::Path> pathFrom(std::string_view text) {
    auto path = givenPath(text);
    if (!path)
        return path;
    return withFolderResolved(*path);
}

Json toJson(const Error& error) { return {{"code", std::string(error.word())}, {"message", error.message}}; }

Json errorOrNull(const std::optional<Error>& error) { return error ? toJson(*error) : Json(nullptr); }

} // namespace ssprotect::app
