#include "system_name.h"

#include <algorithm>
#include <string_view>
#include <vector>
#include <windows.h>

namespace ssprotect::platform {
namespace {

constexpr std::wstring_view kVerbatim = L"\\\\?\\";
constexpr std::wstring_view kDevice = L"\\\\.\\";
constexpr std::wstring_view kNetwork = L"\\\\";

/// Where a path starts, and the folders below.
struct Parts {
    std::wstring root; ///< `\\?\C:` or `\\?\UNC\server\share`
    std::vector<std::wstring_view> names;
    bool understood = true;
};

bool isDrive(std::wstring_view text) {
    return text.size() >= 2 && text[1] == L':' &&
           ((text[0] >= L'A' && text[0] <= L'Z') || (text[0] >= L'a' && text[0] <= L'z'));
}

std::wstring_view takeName(std::wstring_view& rest) {
    const auto name = rest.substr(0, rest.find(L'\\'));
    rest.remove_prefix(std::min(name.size() + 1, rest.size()));
    return name;
}

void addNames(Parts& parts, std::wstring_view rest) {
    while (!rest.empty()) {
        const auto name = takeName(rest);
        if (name.empty() || name == L".")
            continue;
        if (name != L"..")
            parts.names.push_back(name);
        else if (!parts.names.empty())
            parts.names.pop_back();
    }
}

Parts partsOfNetwork(std::wstring_view rest) {
    Parts parts;
    const auto server = takeName(rest);
    const auto share = takeName(rest);
    parts.understood = !server.empty() && !share.empty();
    parts.root = std::wstring(kVerbatim) + L"UNC\\" + std::wstring(server) + L"\\" + std::wstring(share);
    addNames(parts, rest);
    return parts;
}

/// The views in the result look into `path`.
Parts partsOfAbsolute(std::wstring_view path) {
    if (path.starts_with(kVerbatim) || path.starts_with(kDevice)) {
        Parts parts;
        std::wstring_view rest = path.substr(kVerbatim.size());
        if (path.starts_with(kVerbatim) && rest.starts_with(L"UNC\\"))
            return partsOfNetwork(rest.substr(4));
        parts.understood = path.starts_with(kVerbatim) && isDrive(rest);
        parts.root = std::wstring(kVerbatim) + std::wstring(takeName(rest));
        addNames(parts, rest);
        return parts;
    }
    if (path.starts_with(kNetwork))
        return partsOfNetwork(path.substr(kNetwork.size()));
    Parts parts;
    parts.understood = isDrive(path);
    parts.root = std::wstring(kVerbatim) + std::wstring(path.substr(0, 2));
    addNames(parts, path.substr(std::min<std::size_t>(2, path.size())));
    return parts;
}

std::wstring fullPathOf(const std::wstring& path) {
    std::wstring full(::GetFullPathNameW(path.c_str(), 0, nullptr, nullptr), L'\0');
    full.resize(full.empty() ? 0
                             : ::GetFullPathNameW(path.c_str(), static_cast<DWORD>(full.size()), full.data(), nullptr));
    return full;
}

/// With the working directory in front where the path starts there. Only that folder's own name goes through the
/// system's reading of names, which knows devices and cuts endings.
std::wstring absolute(const std::wstring& path) {
    if (path.starts_with(kNetwork) || (isDrive(path) && path.size() > 2 && path[2] == L'\\'))
        return path;
    if (isDrive(path))
        return fullPathOf(path.substr(0, 2) + L".") + L"\\" + path.substr(2);
    const std::wstring here = fullPathOf(L".");
    if (!path.starts_with(L'\\'))
        return here + L"\\" + path;
    const Parts parts = partsOfAbsolute(here);
    return parts.root + path;
}

bool isName(std::wstring_view name) {
    return name.find_first_of(L":*?\"<>|") == std::wstring_view::npos && name.find(L'\0') == std::wstring_view::npos;
}

} // namespace

std::wstring systemName(const std::filesystem::path& path) {
    std::wstring text = path.native();
    if (text.empty() || text.find(L'\0') != std::wstring::npos)
        return {};
    std::replace(text.begin(), text.end(), L'/', L'\\');
    const std::wstring whole = absolute(text);
    const Parts parts = partsOfAbsolute(whole);
    if (!parts.understood || !std::all_of(parts.names.begin(), parts.names.end(), isName))
        return {};
    std::wstring name = parts.root;
    if (parts.names.empty())
        name += L'\\';
    for (const auto part : parts.names)
        name.append(1, L'\\').append(part);
    return name;
}

bool namesDevice(const std::filesystem::path& path) {
    return std::filesystem::path(path).make_preferred().native().starts_with(kDevice);
}

} // namespace ssprotect::platform
