#include "document_names.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace ssprotect::managed {
namespace {

bool framed(std::string_view name, std::string_view prefix, std::string_view document, std::string_view suffix) {
    return name.size() == prefix.size() + document.size() + suffix.size() && name.starts_with(prefix) &&
           name.ends_with(suffix) && name.substr(prefix.size(), document.size()) == document;
}

/// Microsoft Office puts `~$` before the name, or for a long one in place of its first one or two characters.
bool isOfficeOwnerFile(std::string_view name, std::string_view document) {
    if (!name.starts_with("~$"))
        return false;
    const auto rest = name.substr(2);
    return !rest.empty() && document.ends_with(rest) && document.size() <= rest.size() + 2;
}

/// vim, neovim and nano: `.name.swp`, further ones `.swo`, `.swn` …
bool isSwapFile(std::string_view name, std::string_view document) {
    return name.size() == document.size() + 5 && name.starts_with('.') && name.substr(1, document.size()) == document &&
           name.substr(document.size() + 1, 3) == ".sw" && std::islower(static_cast<unsigned char>(name.back())) != 0;
}

/// AutoCAD `.dwl`, Access `.laccdb` and `.ldb`: the document's stem with another extension.
bool isStemOwnerFile(std::string_view name, std::string_view document) {
    constexpr std::array kExtensions{std::string_view{".dwl"}, std::string_view{".dwl2"}, std::string_view{".laccdb"},
                                     std::string_view{".ldb"}};
    const auto stem = document.substr(0, document.rfind('.'));
    return std::any_of(kExtensions.begin(), kExtensions.end(),
                       [&](std::string_view extension) { return framed(name, {}, stem, extension); });
}

bool isOwnerFile(std::string_view name, std::string_view document) {
    return isOfficeOwnerFile(name, document) || isSwapFile(name, document) || isStemOwnerFile(name, document) ||
           framed(name, ".~lock.", document, "#") ||   // LibreOffice
           framed(name, ".#", document, {}) ||         // Emacs
           framed(name, ".", document, ".kate-swp") || // Kate
           framed(name, ".", document, ".lock");
}

/// QSaveFile and mkstemp: the document's name, a point and six random letters or digits.
bool hasRandomSuffix(std::string_view name, std::string_view document) {
    constexpr std::size_t kRandom = 6;
    if (name.size() != document.size() + 1 + kRandom || !name.starts_with(document) || name[document.size()] != '.')
        return false;
    const auto random = name.substr(document.size() + 1);
    return std::all_of(random.begin(), random.end(), [](unsigned char letter) { return std::isalnum(letter) != 0; });
}

bool isScratch(std::string_view name, std::string_view document) {
    return name.ends_with('~') || name.ends_with(".tmp") || name.ends_with(".TMP") ||
           name.starts_with(".goutputstream-") || name.starts_with(".nfs") || name.starts_with(".fuse_hidden") ||
           framed(name, {}, document, ".bak") || framed(name, {}, document.substr(0, document.rfind('.')), ".bak") ||
           framed(name, "#", document, "#") || hasRandomSuffix(name, document) ||
           name == "4913"; // vim asks with it whether it may write here
}

} // namespace

NameKind kindOf(std::string_view name, std::string_view document) {
    if (name == document)
        return NameKind::document;
    if (isOwnerFile(name, document))
        return NameKind::ownerFile;
    return isScratch(name, document) ? NameKind::scratch : NameKind::other;
}

} // namespace ssprotect::managed
