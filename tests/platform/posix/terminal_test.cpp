#include "platform/posix/hidden_input.h"
#include "ssprotect/platform/terminal.h"

#include <functional>
#include <pty.h>
#include <string>
#include <thread>
#include <unistd.h>

#include <gtest/gtest.h>

namespace ssprotect::platform {
namespace {

/// A terminal with somebody at its keys.
class TerminalTest : public ::testing::Test {
protected:
    void SetUp() override { ASSERT_EQ(::openpty(&keys_, &terminal_, nullptr, nullptr, nullptr), 0); }
    void TearDown() override {
        ::close(keys_);
        ::close(terminal_);
    }

    /// Types when the prompt is there; `shown_` is all that the terminal showed.
    void ask(const std::string& typed, const std::function<void()>& reading) {
        std::thread person([&] {
            shown_.clear();
            char c = 0;
            while (shown_.find("Password: ") == std::string::npos && ::read(keys_, &c, 1) == 1)
                shown_ += c;
            EXPECT_EQ(::write(keys_, typed.data(), typed.size()), static_cast<ssize_t>(typed.size()));
            while (shown_.find('\n') == std::string::npos && ::read(keys_, &c, 1) == 1)
                shown_ += c;
        });
        reading();
        person.join();
    }
    std::string lineAfter(const std::string& typed) {
        std::string told;
        ask(typed, [&] {
            const auto line = readHiddenLineFrom(terminal_, "Password: ");
            told = line ? std::string(textOf(*line)) : "(" + std::string(line.error().word()) + ")";
        });
        return told;
    }
    bool echoes() const {
        struct termios mode {};
        ::tcgetattr(terminal_, &mode);
        return (mode.c_lflag & ECHO) != 0 && (mode.c_lflag & ISIG) != 0;
    }

    int keys_ = -1;
    int terminal_ = -1;
    std::string shown_;
};

TEST_F(TerminalTest, ReadsALineWithoutShowingIt) {
    EXPECT_EQ(lineAfter("sécret 1\r"), "sécret 1");
    EXPECT_EQ(shown_.find("cret"), std::string::npos);
    EXPECT_TRUE(echoes());
}

TEST_F(TerminalTest, LetsTheLineBeCorrected) {
    EXPECT_EQ(lineAfter("wrong\x15"
                        "ab\xC3\xA9\x7F"
                        "c\n"),
              "abc");
    EXPECT_EQ(lineAfter("\x7F\x7Fx\n"), "x");
}

TEST_F(TerminalTest, IsCancelledByCtrlCAndByCtrlDOnAnEmptyLine) {
    EXPECT_EQ(lineAfter("half\x03"), "(cancelled)");
    EXPECT_EQ(lineAfter("\x04"), "(cancelled)");
    EXPECT_TRUE(echoes());
}

TEST_F(TerminalTest, ShowsAnAnswerWhileItIsTyped) {
    std::optional<std::string> answer;
    ask("yex\x7Fs\r", [&] {
        auto got = readShownLineFrom(terminal_, "Password: ", Duration{60'000});
        answer = got ? *got : std::nullopt;
    });
    EXPECT_EQ(answer, "yes");
    EXPECT_NE(shown_.find("yes"), std::string::npos);
    EXPECT_TRUE(echoes());
}

TEST_F(TerminalTest, WaitsForAnAnswerOnlySoLong) {
    const auto answer = readShownLineFrom(terminal_, "Allow? ", Duration{1});
    ASSERT_TRUE(answer.ok());
    EXPECT_EQ(*answer, std::nullopt);
    EXPECT_TRUE(echoes());
}

TEST_F(TerminalTest, AnAnswerIsCancelledByCtrlC) {
    std::optional<ErrorCode> code;
    ask("ye\x03", [&] {
        const auto got = readShownLineFrom(terminal_, "Password: ", Duration{60'000});
        code = got ? std::nullopt : std::optional(got.error().code);
    });
    EXPECT_EQ(code, ErrorCode::cancelled);
}

TEST_F(TerminalTest, RefusesToReadASecretWhereItCannotBeHidden) {
    int ends[2];
    ASSERT_EQ(::pipe(ends), 0);
    EXPECT_EQ(readHiddenLineFrom(ends[0], "Password: ").error().code, ErrorCode::usage);
    ::close(ends[0]);
    ::close(ends[1]);
}

TEST_F(TerminalTest, KnowsItsWidth) {
    const struct winsize size { 24, 132, 0, 0 };
    ASSERT_EQ(::ioctl(keys_, TIOCSWINSZ, &size), 0);
    const int before = ::dup(STDERR_FILENO);
    ::dup2(terminal_, STDERR_FILENO);
    const bool isOne = isTerminal(StandardStream::error);
    const unsigned width = terminalWidth(StandardStream::error);
    int ends[2];
    ASSERT_EQ(::pipe(ends), 0);
    ::dup2(ends[1], STDERR_FILENO);
    const bool pipeIsOne = isTerminal(StandardStream::error);
    const unsigned pipeWidth = terminalWidth(StandardStream::error);
    ::dup2(before, STDERR_FILENO);
    for (const int descriptor : {before, ends[0], ends[1]})
        ::close(descriptor);
    EXPECT_TRUE(isOne);
    EXPECT_EQ(width, 132U);
    EXPECT_FALSE(pipeIsOne);
    EXPECT_EQ(pipeWidth, 80U);
}

} // namespace
} // namespace ssprotect::platform
