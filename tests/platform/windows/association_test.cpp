#include "platform/windows/handle.h"
#include "ssprotect/platform/application_association.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ssprotect::platform {
namespace {

using ::testing::HasSubstr;

/// An ending of our own for as long as the test runs; only an administrator may register one for everybody.
class RegisteredEnding {
public:
    RegisteredEnding(const std::wstring& ending, const std::wstring& command)
        : ending_(L"Software\\Classes\\" + ending) {
        made_ = set(ending_, L"SSProtectTest.Document") && set(kClass, L"Test document") &&
                set(kClass + L"\\shell\\open\\command", command);
    }
    ~RegisteredEnding() {
        ::RegDeleteTreeW(HKEY_LOCAL_MACHINE, ending_.c_str());
        ::RegDeleteTreeW(HKEY_LOCAL_MACHINE, kClass.c_str());
    }
    RegisteredEnding(const RegisteredEnding&) = delete;
    RegisteredEnding& operator=(const RegisteredEnding&) = delete;

    bool made() const { return made_; }

private:
    static bool set(const std::wstring& key, const std::wstring& value) {
        return ::RegSetKeyValueW(HKEY_LOCAL_MACHINE, key.c_str(), nullptr, REG_SZ, value.c_str(),
                                 static_cast<DWORD>((value.size() + 1) * sizeof(wchar_t))) == ERROR_SUCCESS;
    }

    const std::wstring kClass = L"Software\\Classes\\SSProtectTest.Document";
    std::wstring ending_;
    bool made_ = false;
};

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
