#include "support/program_run.h"

#include <array>
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <poll.h>
#include <stdexcept>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

namespace ssprotect::support {
namespace {

constexpr int kPatienceMillis = 60'000;

/// A file in memory that holds the input, so that nobody has to feed a pipe.
int inputFile(const std::string& input) {
    const int file = ::memfd_create("input", MFD_CLOEXEC);
    if (file < 0 || ::write(file, input.data(), input.size()) != static_cast<ssize_t>(input.size()))
        throw std::runtime_error("no input for the program");
    ::lseek(file, 0, SEEK_SET);
    return file;
}

/// False at the end.
bool appendFrom(int& from, std::string& to) {
    std::array<char, 65536> buffer{};
    const auto count = ::read(from, buffer.data(), buffer.size());
    if (count > 0) {
        to.append(buffer.data(), static_cast<std::size_t>(count));
        return true;
    }
    ::close(from);
    from = -1;
    return false;
}

} // namespace

struct ProgramRun::Process {
    int id = -1;
    int out = -1;
    int err = -1;

    /// False at the end of both, or when it takes too long.
    bool readSome(ProgramResult& result) {
        std::array<struct pollfd, 2> waiting{{{out, POLLIN, 0}, {err, POLLIN, 0}}};
        if ((out < 0 && err < 0) || ::poll(waiting.data(), waiting.size(), kPatienceMillis) <= 0)
            return false;
        if (waiting[0].revents != 0)
            appendFrom(out, result.out);
        if (waiting[1].revents != 0)
            appendFrom(err, result.err);
        return true;
    }
};

ProgramRun::ProgramRun(const std::vector<std::string>& command, const std::map<std::string, std::string>& environment,
                       const std::string& input, const std::string& folder)
    : process_(std::make_unique<Process>()) {
    std::array<int, 2> out{};
    std::array<int, 2> err{};
    if (::pipe2(out.data(), O_CLOEXEC) != 0 || ::pipe2(err.data(), O_CLOEXEC) != 0)
        throw std::runtime_error("no pipes for the program");
    const int in = inputFile(input);
    process_->id = ::fork();
    if (process_->id == 0) {
        ::setsid();
        ::dup2(in, STDIN_FILENO);
        ::dup2(out[1], STDOUT_FILENO);
        ::dup2(err[1], STDERR_FILENO);
        for (const auto& [name, value] : environment)
            ::setenv(name.c_str(), value.c_str(), 1);
        if (!folder.empty() && ::chdir(folder.c_str()) != 0)
            ::_exit(127);
        std::vector<char*> arguments;
        for (const auto& argument : command)
            arguments.push_back(const_cast<char*>(argument.c_str()));
        arguments.push_back(nullptr);
        ::execvp(arguments[0], arguments.data());
        ::_exit(127);
    }
    ::close(in);
    ::close(out[1]);
    ::close(err[1]);
    process_->out = out[0];
    process_->err = err[0];
}

ProgramRun::~ProgramRun() {
    if (process_->id > 0) {
        ::kill(process_->id, SIGKILL);
        ::waitpid(process_->id, nullptr, 0);
    }
    for (const int open : {process_->out, process_->err})
        if (open >= 0)
            ::close(open);
}

bool ProgramRun::interrupt() { return ::kill(process_->id, SIGINT) == 0; }

bool ProgramRun::waitForError(const std::string& text) {
    while (result_.err.find(text) == std::string::npos)
        if (!process_->readSome(result_))
            return false;
    return true;
}

bool ProgramRun::waitForOutput(const std::string& text) {
    while (result_.out.find(text) == std::string::npos)
        if (!process_->readSome(result_))
            return false;
    return true;
}

std::string ProgramRun::output() const { return result_.out; }

int ProgramRun::id() const { return process_->id; }

ProgramResult ProgramRun::wait() {
    while (process_->readSome(result_)) {
    }
    if (process_->out >= 0 || process_->err >= 0)
        ::kill(process_->id, SIGKILL); // it took too long
    int status = 0;
    ::waitpid(process_->id, &status, 0);
    process_->id = -1;
    result_.exitCode = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    return result_;
}

} // namespace ssprotect::support
