#include "ssprotect/base/encoding.h"

#include <algorithm>
#include <array>

namespace ssprotect {
namespace {

constexpr std::string_view kHexDigits = "0123456789abcdef";
constexpr std::string_view kBase64Digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view kBase32Digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

constexpr std::array<std::int8_t, 256> valuesOf(std::string_view digits) {
    std::array<std::int8_t, 256> values{};
    values.fill(-1);
    for (std::size_t i = 0; i < digits.size(); ++i)
        values[static_cast<Byte>(digits[i])] = static_cast<std::int8_t>(i);
    return values;
}

constexpr auto kBase64Values = valuesOf(kBase64Digits);

int hexValue(char c) {
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

} // namespace

std::string toHex(ByteView bytes) {
    std::string text;
    text.reserve(bytes.size() * 2);
    for (Byte byte : bytes) {
        text += kHexDigits[byte >> 4];
        text += kHexDigits[byte & 15];
    }
    return text;
}

Result<Bytes> fromHex(std::string_view text) {
    if (text.size() % 2 != 0)
        return makeError(ErrorCode::invalidInput, "hex text has an odd length");
    Bytes bytes(text.size() / 2);
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        const int high = hexValue(text[2 * i]);
        const int low = hexValue(text[2 * i + 1]);
        if (high < 0 || low < 0)
            return makeError(ErrorCode::invalidInput, "text that should be hex has another character");
        bytes[i] = static_cast<Byte>(high << 4 | low);
    }
    return bytes;
}

std::string toBase64(ByteView bytes) {
    std::string text;
    text.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        const std::size_t count = std::min<std::size_t>(3, bytes.size() - i);
        std::uint32_t group = 0;
        for (std::size_t k = 0; k < 3; ++k)
            group = group << 8 | (k < count ? bytes[i + k] : 0u);
        for (std::size_t k = 0; k < 4; ++k)
            text += k <= count ? kBase64Digits[group >> (18 - 6 * k) & 63] : '=';
    }
    return text;
}

Result<Bytes> fromBase64(std::string_view text) {
    const auto bad = [] { return makeError(ErrorCode::invalidInput, "text that should be base64 is not"); };
    if (text.size() % 4 != 0)
        return bad();
    Bytes bytes;
    bytes.reserve(text.size() / 4 * 3);
    for (std::size_t i = 0; i < text.size(); i += 4) {
        const bool last = i + 4 == text.size();
        const std::size_t padding = !last ? 0 : text[i + 3] != '=' ? 0 : text[i + 2] != '=' ? 1 : 2;
        std::uint32_t group = 0;
        for (std::size_t k = 0; k < 4 - padding; ++k) {
            const int value = kBase64Values[static_cast<Byte>(text[i + k])];
            if (value < 0)
                return bad();
            group |= static_cast<std::uint32_t>(value) << (18 - 6 * k);
        }
        if ((padding == 1 && (group & 0xff) != 0) || (padding == 2 && (group & 0xffff) != 0))
            return bad();
        for (std::size_t k = 0; k < 3 - padding; ++k)
            bytes.push_back(static_cast<Byte>(group >> (16 - 8 * k)));
    }
    return bytes;
}

std::string toBase32(ByteView bytes) {
    std::string text;
    std::uint32_t buffer = 0;
    int bits = 0;
    for (Byte byte : bytes) {
        buffer = buffer << 8 | byte;
        for (bits += 8; bits >= 5; bits -= 5)
            text += kBase32Digits[buffer >> (bits - 5) & 31];
    }
    if (bits > 0)
        text += kBase32Digits[buffer << (5 - bits) & 31];
    return text;
}

Result<Bytes> fromBase32(std::string_view text) {
    const auto bad = [] { return makeError(ErrorCode::invalidInput, "this is not base32 text"); };
    Bytes bytes;
    bytes.reserve(text.size() * 5 / 8);
    std::uint32_t buffer = 0;
    int bits = 0;
    for (const char c : text) {
        const auto value = kBase32Digits.find(c);
        if (value == std::string_view::npos)
            return bad();
        buffer = (buffer << 5 | static_cast<std::uint32_t>(value)) & 0xfff;
        bits += 5;
        if (bits >= 8) {
            bits -= 8;
            bytes.push_back(static_cast<Byte>(buffer >> bits));
        }
    }
    // A whole digit left over, or bits that no encoder leaves, would let two texts mean the same.
    if (bits >= 5 || (buffer & ((1u << bits) - 1)) != 0)
        return bad();
    return bytes;
}

} // namespace ssprotect
