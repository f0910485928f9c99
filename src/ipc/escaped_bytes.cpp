#include "escaped_bytes.h"

#include <cstdint>

namespace ssprotect::ipc {
namespace {

constexpr char32_t kEscape = 0x10FF00; ///< + byte; the last 256 code points, all private use

struct CodePoint {
    char32_t value = 0;
    std::size_t size = 0; ///< 0: no valid UTF-8 begins here
};

constexpr unsigned byteAt(std::string_view text, std::size_t at) { return static_cast<unsigned char>(text[at]); }

/// RFC 3629: no overlong forms, no surrogates, nothing above U+10FFFF.
CodePoint decodeAt(std::string_view text, std::size_t at) {
    const unsigned lead = byteAt(text, at);
    if (lead < 0x80)
        return {lead, 1};
    const std::size_t size = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4 || at + size > text.size())
        return {};
    char32_t value = lead & (0x7Fu >> size);
    for (std::size_t i = 1; i < size; ++i) {
        const unsigned next = byteAt(text, at + i);
        if ((next & 0xC0u) != 0x80)
            return {};
        value = (value << 6) | (next & 0x3Fu);
    }
    const bool overlong = (size == 3 && value < 0x800) || (size == 4 && value < 0x10000);
    if (overlong || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF))
        return {};
    return {value, size};
}

void appendEscaped(std::string& to, unsigned byte) {
    const char32_t value = kEscape + byte;
    to.push_back(static_cast<char>(0xF0 | (value >> 18)));
    to.push_back(static_cast<char>(0x80 | ((value >> 12) & 0x3F)));
    to.push_back(static_cast<char>(0x80 | ((value >> 6) & 0x3F)));
    to.push_back(static_cast<char>(0x80 | (value & 0x3F)));
}

} // namespace

std::string escapeBytes(std::string_view bytes) {
    std::string text;
    text.reserve(bytes.size());
    for (std::size_t at = 0; at < bytes.size();) {
        const auto point = decodeAt(bytes, at);
        if (point.size == 0 || point.value >= kEscape) {
            appendEscaped(text, byteAt(bytes, at));
            at += 1; // the bytes that follow in a real U+10FFxx are no beginning either
        } else {
            text.append(bytes.substr(at, point.size));
            at += point.size;
        }
    }
    return text;
}

Result<std::string> unescapeBytes(std::string_view text) {
    std::string bytes;
    bytes.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const auto point = decodeAt(text, at);
        if (point.size == 0)
            return makeError(ErrorCode::invalidInput, "the text is no UTF-8");
        if (point.value < kEscape) {
            bytes.append(text.substr(at, point.size));
        } else {
            const auto byte = point.value - kEscape;
            if (byte < 0x80)
                return makeError(ErrorCode::invalidInput, "the text escapes a byte that needs none");
            bytes.push_back(static_cast<char>(byte));
        }
        at += point.size;
    }
    return bytes;
}

} // namespace ssprotect::ipc
