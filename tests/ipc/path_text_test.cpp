#include "ssprotect/ipc/path_text.h"

#include <gtest/gtest.h>

namespace ssprotect::ipc {
namespace {

TEST(PathText, NamesInUnicodeStayThemselvesAndComeBack) {
    for (const std::u8string name : {u8"/home/ä/Vertrag.docx", u8"relative", u8"𝄞/日本語"}) {
        const std::filesystem::path path(name);
        const auto text = pathToText(path);
        EXPECT_EQ(text, std::string(name.begin(), name.end()));
        const auto back = textToPath(text);
        ASSERT_TRUE(back.ok());
        EXPECT_EQ(back->native(), path.native());
    }
}

TEST(PathText, NothingAndNulAreNoPaths) {
    EXPECT_EQ(textToPath("").error().code, ErrorCode::invalidInput);
    EXPECT_EQ(textToPath(std::string_view("/a\0b", 4)).error().code, ErrorCode::invalidInput);
}

} // namespace
} // namespace ssprotect::ipc
