#include "ssprotect/platform/terminal.h"

#include "handle.h"
#include "line_editor.h"
#include "wide_text.h"

#include <algorithm>
#include <chrono>

namespace ssprotect::platform {
namespace {

constexpr unsigned kUsualWidth = 80;

HANDLE handleOf(StandardStream stream) {
    switch (stream) {
    case StandardStream::input:
        return ::GetStdHandle(STD_INPUT_HANDLE);
    case StandardStream::output:
        return ::GetStdHandle(STD_OUTPUT_HANDLE);
    default:
        return ::GetStdHandle(STD_ERROR_HANDLE);
    }
}

using Deadline = std::optional<std::chrono::steady_clock::time_point>;

enum class Echo { off, on };

/// The console of this process, wherever its standard streams lead.
class Console {
public:
    Console() : keys_(open(L"CONIN$")), screen_(open(L"CONOUT$")) {
        ready_ = keys_ && screen_ && ::GetConsoleMode(keys_.get(), &before_) != FALSE;
        // Keys come one by one and unshown: in line mode Ctrl-C would end the process before the mode is back.
        ready_ = ready_ && ::SetConsoleMode(keys_.get(), 0) != FALSE;
    }
    ~Console() {
        if (ready_)
            ::SetConsoleMode(keys_.get(), before_);
    }
    Console(const Console&) = delete;
    Console& operator=(const Console&) = delete;

    bool ready() const { return ready_; }

    void write(std::string_view utf8) const {
        const std::wstring text = wideText(utf8);
        DWORD wrote = 0;
        ::WriteConsoleW(screen_.get(), text.data(), static_cast<DWORD>(text.size()), &wrote, nullptr);
    }

    /// The whole line again, over what was there.
    void rewrite(std::string_view utf8) const {
        CONSOLE_SCREEN_BUFFER_INFO screen{};
        ::GetConsoleScreenBufferInfo(screen_.get(), &screen);
        const COORD start{0, screen.dwCursorPosition.Y};
        DWORD wrote = 0;
        ::FillConsoleOutputCharacterW(screen_.get(), L' ', static_cast<DWORD>(screen.dwSize.X), start, &wrote);
        ::SetConsoleCursorPosition(screen_.get(), start);
        write(utf8);
    }

    /// The next key that stands for a character. Nothing: none before the deadline. 0: the console is gone.
    std::optional<wchar_t> readKey(const Deadline& deadline) {
        for (;;) {
            if (repeated_ > 0) {
                --repeated_;
                return lastKey_;
            }
            if (::WaitForSingleObject(keys_.get(), millisecondsTo(deadline)) != WAIT_OBJECT_0)
                return std::nullopt;
            INPUT_RECORD record{};
            DWORD got = 0;
            if (::ReadConsoleInputW(keys_.get(), &record, 1, &got) == FALSE || got == 0)
                return L'\0';
            const auto& key = record.Event.KeyEvent;
            // Characters entered by number come when Alt is let go.
            const bool counts = key.bKeyDown != FALSE || key.wVirtualKeyCode == VK_MENU;
            if (record.EventType != KEY_EVENT || !counts || key.uChar.UnicodeChar == 0)
                continue;
            lastKey_ = key.uChar.UnicodeChar;
            repeated_ = std::max<WORD>(key.wRepeatCount, 1);
        }
    }

private:
    static Handle open(const wchar_t* name) {
        return Handle(::CreateFileW(name, GENERIC_READ | GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_WRITE, nullptr,
                                    OPEN_EXISTING, 0, nullptr));
    }
    static DWORD millisecondsTo(const Deadline& deadline) {
        if (!deadline)
            return INFINITE;
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(*deadline - std::chrono::steady_clock::now());
        return static_cast<DWORD>(std::clamp<std::int64_t>(left.count(), 0, INFINITE - 1));
    }

    Handle keys_;
    Handle screen_;
    DWORD before_ = 0;
    bool ready_ = false;
    wchar_t lastKey_ = 0;
    unsigned repeated_ = 0;
};

/// Nothing: the deadline passed.
Result<std::optional<WipedBytes>> readLine(std::string_view prompt, Echo echo, const Deadline& deadline) {
    Console console;
    if (!console.ready())
        return makeError(ErrorCode::usage, echo == Echo::off ? "there is no terminal to ask on; use --password-stdin"
                                                             : "there is no terminal to ask on");
    console.write(prompt);
    LineEditor editor;
    for (;;) {
        const auto key = console.readKey(deadline);
        const auto state = key && *key != 0 ? editor.type(*key) : LineEditor::State::cancelled;
        if (state == LineEditor::State::typing) {
            if (echo == Echo::on)
                console.rewrite(std::string(prompt) + std::string(textOf(editor.text())));
            continue;
        }
        console.write("\r\n");
        if (!key)
            return std::optional<WipedBytes>();
        if (state == LineEditor::State::cancelled)
            return makeError(ErrorCode::cancelled, "the input was cancelled");
        return std::optional(editor.text());
    }
}

} // namespace

bool isTerminal(StandardStream stream) {
    DWORD mode = 0;
    return ::GetConsoleMode(handleOf(stream), &mode) != FALSE;
}

unsigned terminalWidth(StandardStream stream) {
    CONSOLE_SCREEN_BUFFER_INFO screen{};
    if (::GetConsoleScreenBufferInfo(handleOf(stream), &screen) == FALSE)
        return kUsualWidth;
    const int width = screen.srWindow.Right - screen.srWindow.Left + 1;
    return width > 1 ? static_cast<unsigned>(width) : kUsualWidth;
}

Result<WipedBytes> readHiddenLine(std::string_view prompt) {
    auto line = readLine(prompt, Echo::off, std::nullopt);
    if (!line)
        return std::move(line).error();
    return std::move(**line);
}

Result<std::optional<std::string>> readShownLine(std::string_view prompt, Duration patience) {
    auto line = readLine(prompt, Echo::on, std::chrono::steady_clock::now() + patience);
    if (!line)
        return std::move(line).error();
    return *line ? std::optional(std::string(textOf(**line))) : std::nullopt;
}

} // namespace ssprotect::platform
