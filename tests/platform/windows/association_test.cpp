#include "ssprotect/platform/application_association.h"
#include "support/windows/registered_ending.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ssprotect::platform {
namespace {

using support::RegisteredEnding;
using ::testing::HasSubstr;

TEST(ApplicationAssociations, FindTheProgramOfAnEnding) {
    const RegisteredEnding ending(L".ssptest", L"\"C:\\windows\\system32\\cmd.exe\" /x \"%1\" /y");
    if (!ending.made())
        GTEST_SKIP() << "only an administrator may register an ending";
    const auto application = makeDesktopAssociations()->applicationFor(L"C:\\x\\Letter.ssptest", {});
    ASSERT_TRUE(application.ok()) << application.error().message;
    EXPECT_EQ(application->executable, L"C:\\windows\\system32\\cmd.exe");
    EXPECT_FALSE(application->name.empty());
    EXPECT_THAT(commandFor(*application, L"C:\\a b.ssptest"),
                ::testing::ElementsAre("C:\\windows\\system32\\cmd.exe", "/x", "C:\\a b.ssptest", "/y"));
}

TEST(ApplicationAssociations, SayWhenWhatIsSetIsNoDesktopProgram) {
    const RegisteredEnding ending(L".ssptest", L"");
    if (!ending.made())
        GTEST_SKIP() << "only an administrator may register an ending";
    const auto application = makeDesktopAssociations()->applicationFor(L"Letter.ssptest", {});
    EXPECT_EQ(application.error().code, ErrorCode::unsupportedFile);
    EXPECT_THAT(application.error().message, HasSubstr("-- PROGRAM"));
}

TEST(ApplicationAssociations, SayWhatToDoWhenNoProgramIsSet) {
    for (const wchar_t* name : {L"C:\\letter.ending-that-nobody-has", L"C:\\letter"}) {
        const auto application = makeDesktopAssociations()->applicationFor(name, {});
        EXPECT_EQ(application.error().code, ErrorCode::unsupportedFile);
        EXPECT_THAT(application.error().message, HasSubstr("-- PROGRAM"));
    }
}

} // namespace
} // namespace ssprotect::platform
