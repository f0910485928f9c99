#include "ssprotect/ipc/path_text.h"

#include <gtest/gtest.h>

namespace ssprotect::ipc {
namespace {

TEST(PathText, PathsOfAnyBytesComeBack) {
    for (const std::string name : {"/tmp/\xFF\xFE", "/with\nnewline", "/\xF4\x8F\xBF\xBF", "/torn\xE2\x82"}) {
        const std::filesystem::path path(name);
        const auto back = textToPath(pathToText(path));
        ASSERT_TRUE(back.ok());
        EXPECT_EQ(back->native(), path.native());
    }
}

} // namespace
} // namespace ssprotect::ipc
