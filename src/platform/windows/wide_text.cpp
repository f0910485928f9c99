#include "wide_text.h"

#include <cstdint>
#include <windows.h>

namespace ssprotect::platform {
namespace {

constexpr char32_t kReplacement = 0xFFFD;
constexpr char32_t kFirstBeyondPlane = 0x10000;
constexpr char32_t kHighSurrogate = 0xD800;
constexpr char32_t kLowSurrogate = 0xDC00;
constexpr char32_t kAfterSurrogates = 0xE000;

bool isHigh(wchar_t unit) { return unit >= kHighSurrogate && unit < kLowSurrogate; }
bool isLow(wchar_t unit) { return unit >= kLowSurrogate && unit < kAfterSurrogates; }

void appendNarrow(std::string& to, char32_t code) {
    const auto add = [&](char32_t byte) { to += static_cast<char>(static_cast<unsigned char>(byte)); };
    if (code < 0x80) {
        add(code);
    } else if (code < 0x800) {
        add(0xC0 | code >> 6);
        add(0x80 | (code & 0x3F));
    } else if (code < kFirstBeyondPlane) {
        add(0xE0 | code >> 12);
        add(0x80 | (code >> 6 & 0x3F));
        add(0x80 | (code & 0x3F));
    } else {
        add(0xF0 | code >> 18);
        add(0x80 | (code >> 12 & 0x3F));
        add(0x80 | (code >> 6 & 0x3F));
        add(0x80 | (code & 0x3F));
    }
}

void appendWide(std::wstring& to, char32_t code) {
    if (code < kFirstBeyondPlane) {
        to += static_cast<wchar_t>(code);
        return;
    }
    to += static_cast<wchar_t>(kHighSurrogate + ((code - kFirstBeyondPlane) >> 10));
    to += static_cast<wchar_t>(kLowSurrogate + ((code - kFirstBeyondPlane) & 0x3FF));
}

/// Takes one character off `rest`; a byte that starts none is taken alone.
char32_t takeCharacter(std::string_view& rest) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(rest[i]); };
    const unsigned lead = byte(0);
    const std::size_t length = lead < 0x80 ? 1 : lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    const char32_t least = length == 1 ? 0 : length == 2 ? 0x80 : length == 3 ? 0x800 : kFirstBeyondPlane;
    char32_t code = length == 1 ? lead : lead & (0x7FU >> length);
    bool good = lead < 0x80 || (lead >= 0xC2 && lead <= 0xF4);
    for (std::size_t i = 1; good && i < length; ++i) {
        good = i < rest.size() && (byte(i) & 0xC0) == 0x80;
        if (good)
            code = code << 6 | (byte(i) & 0x3FU);
    }
    good = good && code >= least && code <= 0x10FFFF;
    rest.remove_prefix(good ? length : 1);
    return good ? code : kReplacement;
}

} // namespace

std::string narrowText(std::wstring_view wide) {
    std::string narrow;
    narrow.reserve(wide.size());
    for (std::size_t i = 0; i < wide.size(); ++i) {
        char32_t code = wide[i];
        if (isHigh(wide[i]) && i + 1 < wide.size() && isLow(wide[i + 1]))
            code = kFirstBeyondPlane + ((code - kHighSurrogate) << 10) + (wide[++i] - kLowSurrogate);
        appendNarrow(narrow, code);
    }
    return narrow;
}

std::wstring wideText(std::string_view utf8) {
    std::wstring wide;
    wide.reserve(utf8.size());
    while (!utf8.empty())
        appendWide(wide, takeCharacter(utf8));
    return wide;
}

bool sameIgnoringCase(std::wstring_view a, std::wstring_view b) {
    return ::CompareStringOrdinal(a.data(), static_cast<int>(a.size()), b.data(), static_cast<int>(b.size()), TRUE) ==
           CSTR_EQUAL;
}

} // namespace ssprotect::platform
