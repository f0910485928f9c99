#include "ssprotect/base/encoding.h"

#include <gtest/gtest.h>

namespace ssprotect {
namespace {

struct Encoded {
    std::string_view text, base64, base32;
};

// RFC 4648, section 10; base32 without its padding.
constexpr Encoded kEncoded[] = {
    {"", "", ""},
    {"f", "Zg==", "MY"},
    {"fo", "Zm8=", "MZXQ"},
    {"foo", "Zm9v", "MZXW6"},
    {"foob", "Zm9vYg==", "MZXW6YQ"},
    {"fooba", "Zm9vYmE=", "MZXW6YTB"},
    {"foobar", "Zm9vYmFy", "MZXW6YTBOI"},
};

Bytes everyByte() {
    Bytes bytes(256);
    for (std::size_t i = 0; i < bytes.size(); ++i)
        bytes[i] = static_cast<Byte>(i);
    return bytes;
}

TEST(Base64, GivesThePublishedTexts) {
    for (const Encoded& vector : kEncoded) {
        EXPECT_EQ(toBase64(viewOf(vector.text)), vector.base64);
        const auto bytes = fromBase64(vector.base64);
        ASSERT_TRUE(bytes);
        EXPECT_EQ(textOf(*bytes), vector.text);
    }
}

TEST(Base64, GivesBackEveryByte) {
    const Bytes bytes = everyByte();
    for (std::size_t size = 0; size <= bytes.size(); ++size) {
        const Bytes part(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(size));
        EXPECT_EQ(fromBase64(toBase64(part)).value(), part);
    }
    EXPECT_EQ(toBase64(Bytes{0xfb, 0xff, 0xbf}), "+/+/");
}

TEST(Base64, RefusesWhatIsNone) {
    for (const std::string_view text : {"Z", "Zg", "Zg=", "Zg===", "====", "=Zg=", "Zg==Zg==", "Zm9v\n", "Zm 9", "Zm-v",
                                        "Zm_v", "Zh==", "Zm9=", "Z===", "Zm=v"})
        EXPECT_EQ(fromBase64(text).error().code, ErrorCode::invalidInput) << text;
    EXPECT_FALSE(fromBase64(std::string_view("Zg\0=", 4)));
}

TEST(Base32, GivesThePublishedTextsWithoutPadding) {
    for (const Encoded& vector : kEncoded)
        EXPECT_EQ(toBase32(viewOf(vector.text)), vector.base32);
    EXPECT_EQ(toBase32(Bytes(20, 0xff)), std::string(32, '7'));
}

TEST(Base32, IsReadBack) {
    for (const Encoded& vector : kEncoded)
        EXPECT_EQ(fromBase32(vector.base32).value(), copyOf(viewOf(vector.text)));
    EXPECT_EQ(fromBase32(toBase32(everyByte())).value(), everyByte());
}

TEST(Base32, RefusesWhatIsNone) {
    for (const std::string_view text : {"A", "AAA", "AAAAAA", "my", "MZXW6===", "MZ 6", "M1", "M8", "AB", "MZXW7"})
        EXPECT_EQ(fromBase32(text).error().code, ErrorCode::invalidInput) << text;
}

TEST(Hex, IsLowerCaseAndReadInBothCases) {
    EXPECT_EQ(toHex(Bytes{0x00, 0x9a, 0xff}), "009aff");
    EXPECT_EQ(toHex({}), "");
    EXPECT_EQ(fromHex("009AfF").value(), (Bytes{0x00, 0x9a, 0xff}));
    EXPECT_EQ(fromHex(toHex(everyByte())).value(), everyByte());
    EXPECT_TRUE(fromHex("").value().empty());
}

TEST(Hex, RefusesWhatIsNone) {
    for (const std::string_view text : {"0", "000", "0g", "g0", " 00", "0x00", "00 ", "/0", ":0", "@0", "`0", "0\xff"})
        EXPECT_EQ(fromHex(text).error().code, ErrorCode::invalidInput) << text;
}

} // namespace
} // namespace ssprotect
