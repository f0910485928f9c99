#include "ssprotect/platform/terminal.h"

#include "descriptor.h"
#include "hidden_input.h"
#include "system_error.h"

#include <algorithm>
#include <chrono>
#include <fcntl.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

namespace ssprotect::platform {
namespace {

constexpr unsigned kUsualWidth = 80;

constexpr Byte kInterrupt = 0x03; // Ctrl-C
constexpr Byte kEnd = 0x04;       // Ctrl-D
constexpr Byte kBackspace = 0x08;
constexpr Byte kEraseLine = 0x15; // Ctrl-U
constexpr Byte kDelete = 0x7F;

int descriptorOf(StandardStream stream) {
    switch (stream) {
    case StandardStream::input:
        return STDIN_FILENO;
    case StandardStream::output:
        return STDOUT_FILENO;
    default:
        return STDERR_FILENO;
    }
}

/// Shows nothing, and hands every key over at once: in line mode Ctrl-C would end the process
/// before the echo is on again, and the line would lie in the terminal's buffer.
class QuietMode {
public:
    explicit QuietMode(int terminal) : terminal_(terminal) {
        on_ = ::tcgetattr(terminal_, &before_) == 0;
        struct termios quiet = before_;
        quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO | ECHONL | ICANON | ISIG);
        quiet.c_cc[VMIN] = 1;
        quiet.c_cc[VTIME] = 0;
        on_ = on_ && ::tcsetattr(terminal_, TCSAFLUSH, &quiet) == 0;
    }
    ~QuietMode() {
        if (on_)
            ::tcsetattr(terminal_, TCSAFLUSH, &before_);
    }
    QuietMode(const QuietMode&) = delete;
    QuietMode& operator=(const QuietMode&) = delete;

    bool on() const { return on_; }

private:
    int terminal_;
    struct termios before_ {};
    bool on_ = false;
};

void write(int terminal, std::string_view text) {
    while (!text.empty()) {
        const auto wrote = uninterrupted([&] { return ::write(terminal, text.data(), text.size()); });
        if (wrote <= 0)
            return;
        text.remove_prefix(static_cast<std::size_t>(wrote));
    }
}

void eraseCharacter(WipedBytes& line) {
    const auto isContinuation = [](Byte byte) { return (byte & 0xC0) == 0x80; };
    while (!line.empty() && isContinuation(line.back()))
        line.pop_back();
    if (!line.empty())
        line.pop_back();
}

Error cancelled() { return makeError(ErrorCode::cancelled, "the input was cancelled"); }

using Deadline = std::optional<std::chrono::steady_clock::time_point>;

/// Whether a key comes before the deadline.
bool waitForKey(int terminal, const Deadline& deadline) {
    if (!deadline)
        return true;
    struct pollfd waiting {
        terminal, POLLIN, 0
    };
    const auto ready = uninterrupted([&] {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(*deadline - std::chrono::steady_clock::now());
        return ::poll(&waiting, 1, static_cast<int>(std::max<std::int64_t>(left.count(), 0)));
    });
    return ready != 0;
}

enum class Echo { off, on };

/// Nothing: the deadline passed.
Result<std::optional<WipedBytes>> readLine(int terminal, std::string_view prompt, Echo echo, const Deadline& deadline) {
    const QuietMode quiet(terminal);
    if (!quiet.on())
        return makeError(ErrorCode::usage, "the terminal cannot hide what is typed; use --password-stdin");
    write(terminal, prompt);
    WipedBytes line;
    for (;;) {
        if (!waitForKey(terminal, deadline)) {
            write(terminal, "\n");
            return std::optional<WipedBytes>();
        }
        Byte key = 0;
        const auto got = uninterrupted([&] { return ::read(terminal, &key, 1); });
        if (got <= 0 || key == kInterrupt || (key == kEnd && line.empty())) {
            write(terminal, "\n");
            return cancelled();
        }
        if (key == '\n' || key == '\r' || key == kEnd)
            break;
        if (key == kBackspace || key == kDelete)
            eraseCharacter(line);
        else if (key == kEraseLine)
            line.clear();
        else
            line.push_back(key);
        if (echo == Echo::on) // the whole line again: what was erased goes
            write(terminal, "\r\x1b[K" + std::string(prompt) + std::string(textOf(line)));
    }
    write(terminal, "\n");
    return std::optional(std::move(line));
}

} // namespace

bool isTerminal(StandardStream stream) { return ::isatty(descriptorOf(stream)) == 1; }

unsigned terminalWidth(StandardStream stream) {
    struct winsize size {};
    if (::ioctl(descriptorOf(stream), TIOCGWINSZ, &size) != 0 || size.ws_col == 0)
        return kUsualWidth;
    return size.ws_col;
}

Result<WipedBytes> readHiddenLineFrom(int terminal, std::string_view prompt) {
    auto line = readLine(terminal, prompt, Echo::off, std::nullopt);
    if (!line)
        return std::move(line).error();
    return std::move(**line);
}

Result<std::optional<std::string>> readShownLineFrom(int terminal, std::string_view prompt, Duration patience) {
    auto line = readLine(terminal, prompt, Echo::on, std::chrono::steady_clock::now() + patience);
    if (!line)
        return std::move(line).error();
    return *line ? std::optional(std::string(textOf(**line))) : std::nullopt;
}

Result<WipedBytes> readHiddenLine(std::string_view prompt) {
    const Descriptor terminal(::open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY));
    if (!terminal)
        return makeError(ErrorCode::usage, "there is no terminal to ask on; use --password-stdin");
    return readHiddenLineFrom(terminal.get(), prompt);
}

Result<std::optional<std::string>> readShownLine(std::string_view prompt, Duration patience) {
    const Descriptor terminal(::open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY));
    if (!terminal)
        return makeError(ErrorCode::usage, "there is no terminal to ask on");
    return readShownLineFrom(terminal.get(), prompt, patience);
}

} // namespace ssprotect::platform
