#include "platform/windows/handle.h"
#include "platform/windows/line_editor.h"
#include "ssprotect/platform/terminal.h"

#include <gtest/gtest.h>

namespace ssprotect::platform {
namespace {

using State = LineEditor::State;

/// The line after these keys, and how it ended.
std::pair<std::string, State> typed(std::wstring_view keys) {
    LineEditor editor;
    State state = State::typing;
    for (const wchar_t key : keys)
        if (state == State::typing)
            state = editor.type(key);
    return {std::string(textOf(editor.text())), state};
}

TEST(LineEditor, TakesWhatIsTyped) {
    EXPECT_EQ(typed(L"s\x00E9"
                    L"cret 1\r"),
              std::pair(std::string("sécret 1"), State::entered));
    EXPECT_EQ(typed(L"\xD83D\xDCC4\n"), std::pair(std::string("\xF0\x9F\x93\x84"), State::entered));
    EXPECT_EQ(typed(L"half"), std::pair(std::string("half"), State::typing));
}

TEST(LineEditor, LetsTheLineBeCorrected) {
    EXPECT_EQ(typed(L"wrong\x15"
                    L"ab\x00E9\x08"
                    L"c\r")
                  .first,
              "abc");
    EXPECT_EQ(typed(L"\x08\x08x\r").first, "x");
    EXPECT_EQ(typed(L"a\xD83D\xDCC4\x08\r").first, "a") << "both halves go";
}

TEST(LineEditor, IsCancelledByCtrlCAndByTheEndOnAnEmptyLine) {
    EXPECT_EQ(typed(L"half\x03").second, State::cancelled);
    EXPECT_EQ(typed(L"\x1A").second, State::cancelled);
    EXPECT_EQ(typed(L"\x04").second, State::cancelled);
    EXPECT_EQ(typed(L"x\x1A").second, State::entered);
}

/// A console of this process with somebody at its keys; the standard streams stay.
class ConsoleTest : public ::testing::Test {
protected:
    void SetUp() override {
        ::FreeConsole();
        if (::AllocConsole() == FALSE)
            GTEST_SKIP() << "this session has no consoles";
        keys_ = Handle(::CreateFileW(L"CONIN$", GENERIC_READ | GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_WRITE,
                                     nullptr, OPEN_EXISTING, 0, nullptr));
        ASSERT_TRUE(keys_);
        // Ctrl-C comes as a key from the start: the test presses it before anybody reads.
        before_ = ENABLE_LINE_INPUT | ENABLE_ECHO_INPUT;
        ASSERT_NE(::SetConsoleMode(keys_.get(), before_), FALSE);
    }
    void TearDown() override {
        keys_ = Handle();
        ::FreeConsole();
    }
    void press(std::wstring_view keys) const {
        for (const wchar_t key : keys) {
            INPUT_RECORD record{};
            record.EventType = KEY_EVENT;
            record.Event.KeyEvent.bKeyDown = TRUE;
            record.Event.KeyEvent.wRepeatCount = 1;
            record.Event.KeyEvent.uChar.UnicodeChar = key;
            DWORD wrote = 0;
            ASSERT_NE(::WriteConsoleInputW(keys_.get(), &record, 1, &wrote), FALSE);
        }
    }
    bool modeIsBack() const {
        DWORD mode = 0;
        ::GetConsoleMode(keys_.get(), &mode);
        return mode == before_;
    }

    Handle keys_;
    DWORD before_ = 0;
};

TEST_F(ConsoleTest, ReadsALineWithoutShowingIt) {
    press(L"s\x00E9"
          L"cret\r");
    const auto line = readHiddenLine("Password: ");
    ASSERT_TRUE(line.ok()) << line.error().message;
    EXPECT_EQ(textOf(*line), "sécret");
    EXPECT_TRUE(modeIsBack());
}

TEST_F(ConsoleTest, IsCancelledByCtrlC) {
    press(L"half\x03");
    EXPECT_EQ(readHiddenLine("Password: ").error().code, ErrorCode::cancelled);
    EXPECT_TRUE(modeIsBack());
}

TEST_F(ConsoleTest, ShowsAnAnswerWhileItIsTyped) {
    press(L"yex\x08s\r");
    const auto answer = readShownLine("Allow? ", Duration{60'000});
    ASSERT_TRUE(answer.ok());
    EXPECT_EQ(*answer, "yes");
}

TEST_F(ConsoleTest, WaitsForAnAnswerOnlySoLong) {
    const auto answer = readShownLine("Allow? ", Duration{1});
    ASSERT_TRUE(answer.ok());
    EXPECT_EQ(*answer, std::nullopt);
    EXPECT_TRUE(modeIsBack());
}

TEST(Terminal, IsNotAskedWhereThereIsNone) {
    ::FreeConsole();
    EXPECT_EQ(readHiddenLine("Password: ").error().code, ErrorCode::usage);
    EXPECT_EQ(readShownLine("Allow? ", Duration{60'000}).error().code, ErrorCode::usage);
}

TEST(Terminal, HasTheUsualWidthWhereThereIsNone) {
    const HANDLE before = ::GetStdHandle(STD_ERROR_HANDLE);
    ::SetStdHandle(STD_ERROR_HANDLE, nullptr);
    EXPECT_FALSE(isTerminal(StandardStream::error));
    EXPECT_EQ(terminalWidth(StandardStream::error), 80U);
    ::SetStdHandle(STD_ERROR_HANDLE, before);
}

} // namespace
} // namespace ssprotect::platform
