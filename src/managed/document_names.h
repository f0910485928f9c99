#pragma once

#include <string_view>

namespace ssprotect::managed {

/// What a file in a workspace is to us, judged by its name alone.
enum class NameKind {
    document,
    ownerFile, ///< says that somebody edits the document
    scratch,   ///< temporary files and backups, whose content lies in the document or is obsolete
    other,     ///< made by the user with the application: an export, a second document
};

/// `name` is a file that lies beside the document `document`; both without folders.
NameKind kindOf(std::string_view name, std::string_view document);

} // namespace ssprotect::managed
