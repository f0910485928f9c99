#include "ssprotect/ipc/path_text.h"

#include "../escaped_bytes.h"

#include <optional>

namespace ssprotect::ipc {
namespace {

constexpr char32_t kLeadFirst = 0xD800;
constexpr char32_t kTrailFirst = 0xDC00;
constexpr char32_t kTrailEnd = 0xE000;
constexpr char32_t kBeyond16 = 0x10000;

bool isLead(char32_t unit) { return unit >= kLeadFirst && unit < kTrailFirst; }
bool isTrail(char32_t unit) { return unit >= kTrailFirst && unit < kTrailEnd; }

void appendBytes(std::string& to, char32_t point) {
    const auto tail = [&](int shift) { to.push_back(static_cast<char>(0x80 | ((point >> shift) & 0x3F))); };
    if (point < 0x80) {
        to.push_back(static_cast<char>(point));
    } else if (point < 0x800) {
        to.push_back(static_cast<char>(0xC0 | (point >> 6)));
        tail(0);
    } else if (point < kBeyond16) {
        to.push_back(static_cast<char>(0xE0 | (point >> 12)));
        tail(6);
        tail(0);
    } else {
        to.push_back(static_cast<char>(0xF0 | (point >> 18)));
        tail(12);
        tail(6);
        tail(0);
    }
}

/// UTF-8 in which half a surrogate pair, which Windows allows in names, is encoded like any other code point: that
/// is no valid UTF-8, so its bytes are escaped like those of other systems' odd names.
std::string bytesOf(std::wstring_view name) {
    std::string bytes;
    for (std::size_t at = 0; at < name.size(); ++at) {
        char32_t point = name[at];
        if (isLead(point) && at + 1 < name.size() && isTrail(name[at + 1]))
            point = kBeyond16 + ((point - kLeadFirst) << 10) + (name[++at] - kTrailFirst);
        appendBytes(bytes, point);
    }
    return bytes;
}

void appendUnits(std::wstring& to, char32_t point) {
    if (point < kBeyond16) {
        to.push_back(static_cast<wchar_t>(point));
    } else {
        to.push_back(static_cast<wchar_t>(kLeadFirst + ((point - kBeyond16) >> 10)));
        to.push_back(static_cast<wchar_t>(kTrailFirst + ((point - kBeyond16) & 0x3FF)));
    }
}

/// The inverse; nothing for bytes that `bytesOf` never makes.
std::optional<std::wstring> nameOf(std::string_view bytes) {
    std::wstring name;
    for (std::size_t at = 0; at < bytes.size();) {
        const unsigned lead = static_cast<unsigned char>(bytes[at++]);
        const int tails = lead < 0x80 ? 0 : lead < 0xC0 ? -1 : lead < 0xE0 ? 1 : lead < 0xF0 ? 2 : lead < 0xF5 ? 3 : -1;
        if (tails < 0 || at + static_cast<std::size_t>(tails) > bytes.size())
            return std::nullopt;
        char32_t point = tails == 0 ? lead : lead & (0x3Fu >> tails);
        for (int tail = 0; tail < tails; ++tail)
            point = (point << 6) | (static_cast<unsigned char>(bytes[at++]) & 0x3Fu);
        appendUnits(name, point);
    }
    // Overlong and torn sequences, pairs written as two halves, and what lies above Unicode all come back different.
    if (bytesOf(name) != bytes)
        return std::nullopt;
    return name;
}

} // namespace

std::string pathToText(const std::filesystem::path& path) { return escapeBytes(bytesOf(path.native())); }

Result<std::filesystem::path> textToPath(std::string_view text) {
    if (text.empty() || text.find('\0') != std::string_view::npos)
        return makeError(ErrorCode::invalidInput, "a path is not empty and holds no NUL");
    auto bytes = unescapeBytes(text);
    if (!bytes)
        return std::move(bytes).error();
    auto name = nameOf(*bytes);
    if (!name)
        return makeError(ErrorCode::invalidInput, "the path is that of another system: its bytes are no Unicode");
    return std::filesystem::path(std::move(*name));
}

} // namespace ssprotect::ipc
