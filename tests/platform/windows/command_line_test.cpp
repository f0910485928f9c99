#include "platform/windows/command_line.h"
#include "platform/windows/command_template.h"
#include "platform/windows/handle.h"
#include "platform/windows/wide_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ssprotect::platform {
namespace {

using ::testing::ElementsAre;

const std::string kSlot(1, kDocumentSlot);

TEST(CommandLine, IsReadAsTheWordsItWasMadeOf) {
    const std::vector<std::vector<std::string>> commands{
        {"C:\\Program Files\\app.exe", "a b", "c"},
        {"app", "", "x"},
        {"app", "with \"quotes\"", "\\\"", "back\\slash", "ends with \\", "ends with two \\\\", "\\\\server\\share"},
        {"app", "a\tb", "%PATH%", "^&|<>", "日本語", "\xF0\x9F\x93\x84"},
    };
    for (const auto& command : commands)
        EXPECT_EQ(wordsOf(commandLine(command)), command);
}

std::vector<std::wstring> entriesOf(const std::vector<wchar_t>& block) {
    std::vector<std::wstring> entries;
    for (const wchar_t* at = block.data(); *at != L'\0'; at += entries.back().size() + 1)
        entries.emplace_back(at);
    return entries;
}

TEST(Environment, HasWhatIsAddedInsteadOfOurs) {
    ASSERT_NE(::SetEnvironmentVariableW(L"SSPROTECT_TEST_A", L"ours"), FALSE);
    ASSERT_NE(::SetEnvironmentVariableW(L"SSPROTECT_TEST_B", L"kept"), FALSE);
    const auto entries = entriesOf(environmentWith({{"ssprotect_test_a", "new"}, {"SSPROTECT_TEST_C", "näu"}}));
    EXPECT_THAT(entries, ::testing::Contains(L"ssprotect_test_a=new"));
    EXPECT_THAT(entries, ::testing::Contains(L"SSPROTECT_TEST_B=kept"));
    EXPECT_THAT(entries, ::testing::Contains(wideText("SSPROTECT_TEST_C=näu")));
    EXPECT_THAT(entries, ::testing::Not(::testing::Contains(L"SSPROTECT_TEST_A=ours")));
    ::SetEnvironmentVariableW(L"SSPROTECT_TEST_A", nullptr);
    ::SetEnvironmentVariableW(L"SSPROTECT_TEST_B", nullptr);
}

TEST(CommandTemplate, PutsTheDocumentWhereTheAssociationWantsIt) {
    const Path word = L"C:\\Program Files\\Office\\WINWORD.EXE";
    EXPECT_THAT(commandOfTemplate(L"\"C:\\Program Files\\Office\\WINWORD.EXE\" /n \"%1\" /o \"%u\"", word),
                ElementsAre("C:\\Program Files\\Office\\WINWORD.EXE", "/n", kSlot, "/o", ""));
    EXPECT_THAT(commandOfTemplate(L"C:\\Apps\\a.exe %1 %*", L"C:\\Apps\\a.exe"), ElementsAre("C:\\Apps\\a.exe", kSlot));
    EXPECT_THAT(commandOfTemplate(L"C:\\Apps\\a.exe --file=\"%L\".x", L"C:\\Apps\\a.exe"),
                ElementsAre("C:\\Apps\\a.exe", "--file=" + kSlot + ".x"));
    EXPECT_THAT(commandOfTemplate(L"C:\\Apps\\a.exe", L"C:\\Apps\\a.exe"), ElementsAre("C:\\Apps\\a.exe"));
}

TEST(CommandTemplate, UnderstandsAProgramThatSomebodyForgotToQuote) {
    EXPECT_THAT(commandOfTemplate(L"C:\\My Apps\\a.exe -x %1", L"C:\\My Apps\\a.exe"),
                ElementsAre("C:\\My Apps\\a.exe", "-x", kSlot));
    EXPECT_THAT(commandOfTemplate(L"c:\\MY APPS\\A.EXE \"%1\"", L"C:\\My Apps\\a.exe"),
                ElementsAre("C:\\My Apps\\a.exe", kSlot));
}

TEST(CommandTemplate, TakesTheProgramFromTheSystemHoweverItIsWritten) {
    EXPECT_THAT(commandOfTemplate(L"%SystemRoot%\\notepad.exe %1", L"C:\\windows\\notepad.exe"),
                ElementsAre("C:\\windows\\notepad.exe", kSlot));
    EXPECT_THAT(commandOfTemplate(L"\"%Root%\\a b.exe\" \"%1\" 100%%", L"C:\\a b.exe"),
                ElementsAre("C:\\a b.exe", kSlot, "100%"));
}

} // namespace
} // namespace ssprotect::platform
