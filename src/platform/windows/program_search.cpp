#include "handle.h"
#include "ssprotect/platform/process.h"
#include "ssprotect/platform/shown_path.h"
#include "system_name.h"
#include "wide_text.h"

#include <algorithm>
#include <array>

namespace ssprotect::platform {
namespace {

constexpr std::array<std::wstring_view, 2> kProgramEndings{L".exe", L".com"};

DWORD attributesOf(const Path& path) { return ::GetFileAttributesW(systemName(path).c_str()); }

bool isFile(const Path& path) { return (attributesOf(path) & FILE_ATTRIBUTE_DIRECTORY) == 0; }

bool hasProgramEnding(const Path& path) {
    const std::wstring ending = path.extension().native();
    return std::any_of(kProgramEndings.begin(), kProgramEndings.end(),
                       [&](std::wstring_view known) { return sameIgnoringCase(ending, known); });
}

/// The file of that name, or with the ending of a program added to it.
std::optional<Path> programAt(const Path& path) {
    if (hasProgramEnding(path) && isFile(path))
        return path;
    for (const auto ending : kProgramEndings)
        if (Path with = path.native() + std::wstring(ending); isFile(with))
            return with;
    return std::nullopt;
}

std::wstring variable(const wchar_t* name) {
    std::wstring value(::GetEnvironmentVariableW(name, nullptr, 0), L'\0');
    value.resize(value.empty() ? 0 : ::GetEnvironmentVariableW(name, value.data(), static_cast<DWORD>(value.size())));
    return value;
}

std::optional<Path> alongPath(const Path& name) {
    const std::wstring folders = variable(L"PATH");
    for (std::wstring_view rest = folders; !rest.empty();) {
        const auto folder = rest.substr(0, rest.find(L';'));
        // Only absolute ones: a document's folder, which may be the working directory, must not supply programs.
        if (const Path place(folder); place.is_absolute())
            if (auto program = programAt(place / name))
                return program;
        rest.remove_prefix(std::min(folder.size() + 1, rest.size()));
    }
    return std::nullopt;
}

/// Where installers say that a program lies, for names typed into "Run".
std::optional<Path> registered(const Path& name) {
    const std::wstring key = L"Software\\Microsoft\\Windows\\CurrentVersion\\App Paths\\" +
                             (name.has_extension() ? name : Path(name.native() + L".exe")).native();
    for (const HKEY root : {HKEY_CURRENT_USER, HKEY_LOCAL_MACHINE}) {
        std::array<wchar_t, 2048> value{};
        DWORD size = sizeof value;
        if (::RegGetValueW(root, key.c_str(), nullptr, RRF_RT_REG_SZ, nullptr, value.data(), &size) != ERROR_SUCCESS)
            continue;
        std::wstring_view text = value.data();
        if (text.size() > 1 && text.front() == L'"' && text.back() == L'"')
            text = text.substr(1, text.size() - 2);
        if (const Path place(text); place.is_absolute())
            if (auto program = programAt(place))
                return program;
    }
    return std::nullopt;
}

} // namespace

Result<Path> programFile(const std::string& name) {
    const Path path(wideText(name));
    std::optional<Path> program;
    if (name.find_first_of("\\/:") != std::string::npos) {
        std::error_code fault;
        const Path absolute = std::filesystem::absolute(path, fault);
        program = programAt(absolute);
        if (!program && attributesOf(absolute) != INVALID_FILE_ATTRIBUTES)
            return makeError(ErrorCode::accessDenied,
                             "'" + shownPath(path) + "' is no program that can be started; name one (.exe)");
    } else if (!name.empty()) {
        program = alongPath(path);
        if (!program)
            program = registered(path);
    }
    if (!program)
        return makeError(ErrorCode::notFound,
                         "there is no program '" + shownPath(path) + "'; install it, or give its full path");
    return std::move(*program);
}

} // namespace ssprotect::platform
