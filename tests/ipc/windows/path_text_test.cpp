#include "ssprotect/ipc/path_text.h"

#include <gtest/gtest.h>

namespace ssprotect::ipc {
namespace {

TEST(PathText, NamesOfAnyUnitsComeBack) {
    for (const std::wstring& name :
         {std::wstring(L"C:\\half \xD800 pair"), std::wstring(L"C:\\\xDC00\xD800"), std::wstring(L"C:\\\xDBFF\xDFFF"),
          std::wstring(LR"(\\server\share\x)"), std::wstring(L"C:\\private \xDBFF\xDF41")}) {
        const std::filesystem::path path(name);
        const auto back = textToPath(pathToText(path));
        ASSERT_TRUE(back.ok());
        EXPECT_EQ(back->native(), path.native());
    }
}

TEST(PathText, OfAFileWhoseNameIsNoUnicodeIsRefused) {
    // What a Linux client says of "/caf\xE9", "/\xC0\xAF" and "/\xED\xA0\xBD\xED\xB8\x80" (a pair as two halves).
    const auto escaped = [](std::initializer_list<unsigned char> bytes) {
        std::string text = "/";
        for (const auto byte : bytes)
            text.append(
                {'\xF4', '\x8F', static_cast<char>(0xBC | (byte >> 6)), static_cast<char>(0x80 | (byte & 0x3F))});
        return text;
    };
    for (const auto& text : {escaped({0xE9}), escaped({0xC0, 0xAF}), escaped({0xED, 0xA0, 0xBD, 0xED, 0xB8, 0x80})})
        EXPECT_EQ(textToPath(text).error().code, ErrorCode::invalidInput);
}

} // namespace
} // namespace ssprotect::ipc
