#include "platform/windows/patience.h"
#include "platform/windows/system_name.h"
#include "platform/windows/wide_text.h"
#include "ssprotect/platform/narrow_path.h"
#include "ssprotect/platform/shown_path.h"

#include <gtest/gtest.h>

namespace ssprotect::platform {
namespace {

TEST(SystemName, IsTheLongFormOfAnAbsolutePath) {
    EXPECT_EQ(systemName(L"C:\\folder\\file.txt"), L"\\\\?\\C:\\folder\\file.txt");
    EXPECT_EQ(systemName(L"c:/folder//./file.txt"), L"\\\\?\\c:\\folder\\file.txt");
    EXPECT_EQ(systemName(L"C:\\"), L"\\\\?\\C:\\");
    EXPECT_EQ(systemName(L"\\\\server\\share\\file"), L"\\\\?\\UNC\\server\\share\\file");
    EXPECT_EQ(systemName(L"\\\\?\\C:\\folder\\file"), L"\\\\?\\C:\\folder\\file");
    EXPECT_EQ(systemName(L"\\\\?\\UNC\\server\\share\\file"), L"\\\\?\\UNC\\server\\share\\file");
}

TEST(SystemName, ResolvesWhatPointsUpwardsWithinTheDisk) {
    EXPECT_EQ(systemName(L"C:\\a\\..\\b"), L"\\\\?\\C:\\b");
    EXPECT_EQ(systemName(L"C:\\..\\..\\b"), L"\\\\?\\C:\\b");
    EXPECT_EQ(systemName(L"\\\\server\\share\\..\\..\\b"), L"\\\\?\\UNC\\server\\share\\b");
}

TEST(SystemName, StartsAtTheWorkingFolder) {
    const std::wstring here = systemName(L".");
    EXPECT_TRUE(here.starts_with(L"\\\\?\\"));
    EXPECT_EQ(systemName(L"file"), here + L"\\file");
    const std::wstring drive = here.substr(4, 2);
    EXPECT_EQ(systemName(drive + L"file"), here + L"\\file");
    EXPECT_EQ(systemName(L"\\file"), L"\\\\?\\" + drive + L"\\file");
}

TEST(SystemName, MeansWhatItSays) {
    EXPECT_EQ(systemName(L"C:\\folder\\NUL"), L"\\\\?\\C:\\folder\\NUL");
    EXPECT_EQ(systemName(L"C:\\folder\\file. "), L"\\\\?\\C:\\folder\\file. ");
}

TEST(SystemName, IsEmptyForWhatNamesNoFile) {
    for (const wchar_t* none :
         {L"", L"\\\\.\\C:", L"\\\\.\\pipe\\name", L"C:\\file:stream", L"C:\\file:Zone.Identifier", L"C:\\*.txt",
          L"C:\\a?", L"\\\\server", L"\\\\?\\GLOBALROOT\\Device\\x"})
        EXPECT_EQ(systemName(none), L"") << narrowText(none);
    EXPECT_EQ(systemName(std::wstring(L"C:\\a\0b", 6)), L"");
}

TEST(SystemName, IsToldFromTheNameOfADevice) {
    EXPECT_TRUE(namesDevice(L"\\\\.\\NUL"));
    EXPECT_TRUE(namesDevice(L"//./COM1"));
    EXPECT_FALSE(namesDevice(L"C:\\folder\\NUL"));
    EXPECT_FALSE(namesDevice(L"\\\\?\\C:\\file"));
}

TEST(WideText, GivesEveryNameBack) {
    for (const std::wstring name : {L"plain", L"Büro 日本語", L"\xD83D\xDCC4", L"lone \xD83D", L"lone \xDC00 low", L""})
        EXPECT_EQ(wideText(narrowText(name)), name);
    EXPECT_EQ(narrowText(L"\xD83D\xDCC4"), "\xF0\x9F\x93\x84");
    EXPECT_EQ(pathOfNarrow(narrowPath(L"C:\\\xD83D")), std::filesystem::path(L"C:\\\xD83D"));
}

TEST(WideText, ReplacesWhatIsNoText) {
    EXPECT_EQ(wideText("a\xFF"
                       "b"),
              L"a\xFFFD"
              L"b");
    EXPECT_EQ(wideText("\xC0\xAF"), L"\xFFFD\xFFFD");
    EXPECT_EQ(wideText("\xE2\x82"), L"\xFFFD\xFFFD");
}

TEST(ShownPath, EscapesALoneSurrogate) { EXPECT_EQ(shownPath(L"a\xD83D"), "a\\xed\\xa0\\xbd"); }

TEST(Patience, OutwaitsWhatPassesAndNothingElse) {
    int calls = 0;
    EXPECT_EQ(patiently([&]() -> DWORD { return ++calls < 3 ? ERROR_SHARING_VIOLATION : ERROR_SUCCESS; }),
              static_cast<DWORD>(ERROR_SUCCESS));
    EXPECT_EQ(calls, 3);
    calls = 0;
    EXPECT_EQ(patiently([&]() -> DWORD { return ++calls, ERROR_ACCESS_DENIED; }),
              static_cast<DWORD>(ERROR_ACCESS_DENIED));
    EXPECT_EQ(calls, 1);
}

TEST(Patience, HasAnEnd) {
    EXPECT_EQ(patiently([]() -> DWORD { return ERROR_LOCK_VIOLATION; }), static_cast<DWORD>(ERROR_LOCK_VIOLATION));
}

} // namespace
} // namespace ssprotect::platform
