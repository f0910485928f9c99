#include "ssprotect/ipc/path_text.h"

#include <gtest/gtest.h>

namespace ssprotect::ipc {
namespace {

TEST(PathText, PathsOfAnyBytesComeBack) {
    for (const std::string name :
         {"/home/ä/Vertrag.docx", "/tmp/\xFF\xFE", "relative", "/with\nnewline", "/\xF4\x8F\xBF\xBF"}) {
        const std::filesystem::path path(name);
        const auto back = textToPath(pathToText(path));
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
