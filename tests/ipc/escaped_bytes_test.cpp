#include "ipc/escaped_bytes.h"

#include <random>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace ssprotect::ipc {
namespace {

void expectRoundTrip(const std::string& bytes) {
    const auto text = escapeBytes(bytes);
    EXPECT_NO_THROW(EXPECT_EQ(nlohmann::json::parse(nlohmann::json(text).dump()).get<std::string>(), text));
    const auto back = unescapeBytes(text);
    ASSERT_TRUE(back.ok());
    EXPECT_EQ(*back, bytes);
}

TEST(EscapedBytes, ValidUtf8StaysItself) {
    for (const std::string text :
         {"", "plain.txt", "Grüße.odt", "契約.pdf", "🦊", "new\nline\x1b[31m", "\xEF\xBF\xBF", "\x7F"}) {
        EXPECT_EQ(escapeBytes(text), text);
        expectRoundTrip(text);
    }
}

TEST(EscapedBytes, EveryPairOfBytesComesBack) {
    for (int first = 1; first < 256; ++first) {
        for (int second = 1; second < 256; ++second)
            expectRoundTrip({static_cast<char>(first), static_cast<char>(second)});
    }
}

TEST(EscapedBytes, WhatOnlyLooksLikeUtf8ComesBack) {
    for (const std::string bytes : {"\xC0\x80", "\xC1\xBF", "\xE0\x80\x80", "\xE0\x9F\xBF", "\xED\xA0\x80",
                                    "\xED\xBF\xBF", "\xF0\x80\x80\x80", "\xF0\x8F\xBF\xBF", "\xF4\x90\x80\x80",
                                    "\xF5\x80\x80\x80", "\xE2\x82", "\xF0\x9F\xA6", "a\xFFz", "\xF8\x88\x80\x80\x80"}) {
        EXPECT_NE(escapeBytes(bytes), bytes);
        expectRoundTrip(bytes);
    }
}

TEST(EscapedBytes, TheEscapesThemselvesComeBack) {
    for (const std::string bytes : {"\xF4\x8F\xBC\x80", "\xF4\x8F\xBE\x80", "\xF4\x8F\xBF\xBF", "x\xF4\x8F\xBF\xBFy"}) {
        EXPECT_NE(escapeBytes(bytes), bytes);
        expectRoundTrip(bytes);
    }
    EXPECT_EQ(escapeBytes("\xF4\x8F\xBB\xBF"), "\xF4\x8F\xBB\xBF") << "U+10FEFF is none";
    expectRoundTrip(escapeBytes("\xFF\xFE"));
}

TEST(EscapedBytes, AnyBytesComeBack) {
    std::mt19937 random(20'260'131); // NOLINT: the same bytes each time
    std::uniform_int_distribution<int> byte(1, 255);
    for (int i = 0; i < 2000; ++i) {
        std::string bytes(static_cast<std::size_t>(i % 64), '\0');
        for (auto& each : bytes)
            each = static_cast<char>(i % 3 == 0 ? byte(random) | 0xF0 : byte(random));
        expectRoundTrip(bytes);
    }
}

TEST(EscapedBytes, TextThatNoPathGivesIsRefused) {
    EXPECT_FALSE(unescapeBytes("\xFF").ok());
    EXPECT_FALSE(unescapeBytes("\xC0\x80").ok());
    EXPECT_FALSE(unescapeBytes("\xF4\x8F\xBC\xAF").ok()) << "an escaped '/' could climb out of a name";
    EXPECT_FALSE(unescapeBytes("\xF4\x8F\xBC\x80").ok()) << "an escaped NUL";
}

} // namespace
} // namespace ssprotect::ipc
