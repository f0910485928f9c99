#include "support/terminal_run.h"

#include <array>
#include <csignal>
#include <cstdlib>
#include <poll.h>
#include <pty.h>
#include <stdexcept>
#include <sys/wait.h>
#include <unistd.h>

namespace ssprotect::support {
namespace {

constexpr int kPatienceMillis = 60'000;

} // namespace

TerminalRun::TerminalRun(const std::vector<std::string>& command,
                         const std::map<std::string, std::string>& environment) {
    const struct winsize size { 24, 100, 0, 0 };
    process_ = ::forkpty(&keys_, nullptr, nullptr, &size);
    if (process_ < 0)
        throw std::runtime_error("no terminal for the program");
    if (process_ > 0)
        return;
    for (const auto& [name, value] : environment)
        ::setenv(name.c_str(), value.c_str(), 1);
    std::vector<char*> arguments;
    for (const auto& argument : command)
        arguments.push_back(const_cast<char*>(argument.c_str()));
    arguments.push_back(nullptr);
    ::execvp(arguments[0], arguments.data());
    ::_exit(127);
}

TerminalRun::~TerminalRun() {
    if (process_ > 0) {
        ::kill(process_, SIGKILL);
        ::waitpid(process_, nullptr, 0);
    }
    ::close(keys_);
}

bool TerminalRun::readSome() {
    struct pollfd waiting {
        keys_, POLLIN, 0
    };
    std::array<char, 4096> buffer{};
    if (::poll(&waiting, 1, kPatienceMillis) <= 0)
        return false;
    const auto count = ::read(keys_, buffer.data(), buffer.size());
    if (count <= 0) // EIO: nobody has the terminal open any more
        return false;
    shown_.append(buffer.data(), static_cast<std::size_t>(count));
    return true;
}

bool TerminalRun::waitFor(const std::string& text) {
    auto found = shown_.find(text, seen_);
    while (found == std::string::npos) {
        if (!readSome())
            return false;
        found = shown_.find(text, seen_);
    }
    seen_ = found + text.size();
    return true;
}

void TerminalRun::type(const std::string& keys) const {
    if (::write(keys_, keys.data(), keys.size()) != static_cast<ssize_t>(keys.size()))
        throw std::runtime_error("the terminal takes no keys");
}

int TerminalRun::wait() {
    while (readSome()) {
    }
    int status = 0;
    ::waitpid(process_, &status, 0);
    process_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

} // namespace ssprotect::support
