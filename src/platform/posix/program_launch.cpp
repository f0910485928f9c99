#include "program_launch.h"

#include "ssprotect/platform/shown_path.h"
#include "system_error.h"

#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <linux/close_range.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace ssprotect::platform {
namespace {

constexpr const char* kUsualPath = "/usr/local/bin:/usr/bin:/bin";

bool isProgram(const Path& path) {
    struct stat status {};
    return ::stat(systemName(path), &status) == 0 && S_ISREG(status.st_mode) && ::access(systemName(path), X_OK) == 0;
}

std::string_view nameOf(std::string_view assignment) { return assignment.substr(0, assignment.find('=')); }

/// All that the child needs, made before the fork: between fork and exec the child of a process with
/// threads may not allocate.
class Preparation {
public:
    Preparation(const ProgramStart& start, Path program, const std::string& marker, UserDefaults defaults)
        : program_(std::move(program)), workingFolder_(start.workingFolder), silent_(start.silent),
          fileMask_(defaults.fileMask), arguments_(start.command) {
        addEnvironment(start, marker);
        for (auto& argument : arguments_)
            argumentPointers_.push_back(argument.data());
        argumentPointers_.push_back(nullptr);
        for (auto& assignment : environment_)
            environmentPointers_.push_back(assignment.data());
        environmentPointers_.push_back(nullptr);
    }

    /// In the child; does not return. Writes errno to `report` if the program cannot be run.
    [[noreturn]] void become(int report) const {
        if (prepareProcess())
            ::execve(program_.c_str(), argumentPointers_.data(), environmentPointers_.data());
        const int number = errno;
        static_cast<void>(!::write(report, &number, sizeof number));
        ::_exit(127);
    }

private:
    void addEnvironment(const ProgramStart& start, const std::string& marker) {
        environment_.push_back(marker);
        for (const auto& [name, value] : start.environment)
            environment_.push_back(name + "=" + value);
        const std::size_t added = environment_.size();
        for (char** ours = environ; ours != nullptr && *ours != nullptr; ++ours) {
            bool replaced = false;
            for (std::size_t i = 0; i < added; ++i)
                replaced = replaced || nameOf(environment_[i]) == nameOf(*ours);
            if (!replaced)
                environment_.emplace_back(*ours);
        }
    }

    /// Only async-signal-safe calls.
    bool prepareProcess() const {
        if (::setsid() < 0)
            return false;
        for (int number = 1; number < NSIG; ++number)
            ::signal(number, SIG_DFL); // ours would not be there after the exec, but ignored ones would
        sigset_t none;
        ::sigemptyset(&none);
        ::sigprocmask(SIG_SETMASK, &none, nullptr);
        if (fileMask_)
            ::umask(static_cast<mode_t>(*fileMask_));
        if (!workingFolder_.empty() && ::chdir(workingFolder_.c_str()) != 0)
            return false;
        // Libraries open files without close-on-exec; a program must not hold our database or a document.
        static_cast<void>(::syscall(SYS_close_range, STDERR_FILENO + 1U, ~0U, CLOSE_RANGE_CLOEXEC));
        if (!silent_)
            return true;
        const int nothing = ::open("/dev/null", O_RDWR | O_CLOEXEC);
        return nothing >= 0 && ::dup2(nothing, STDIN_FILENO) >= 0 && ::dup2(nothing, STDOUT_FILENO) >= 0 &&
               ::dup2(nothing, STDERR_FILENO) >= 0;
    }

    Path program_;
    Path workingFolder_;
    bool silent_;
    std::optional<unsigned> fileMask_;
    std::vector<std::string> arguments_;
    std::vector<std::string> environment_;
    std::vector<char*> argumentPointers_;
    std::vector<char*> environmentPointers_;
};

/// While it lives, no signal reaches this thread: between fork and exec a handler of ours would run in the child.
class SignalsHeldBack {
public:
    SignalsHeldBack() {
        sigset_t all;
        ::sigfillset(&all);
        ::pthread_sigmask(SIG_SETMASK, &all, &before_);
    }
    ~SignalsHeldBack() { ::pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
    SignalsHeldBack(const SignalsHeldBack&) = delete;
    SignalsHeldBack& operator=(const SignalsHeldBack&) = delete;

private:
    sigset_t before_{};
};

} // namespace

Result<Path> programFile(const std::string& name) {
    const bool isPath = name.find('/') != std::string::npos;
    if (isPath) {
        std::error_code fault;
        const Path path = std::filesystem::absolute(name, fault);
        if (!fault && isProgram(path))
            return path;
        struct stat status {};
        if (::stat(systemName(path), &status) == 0)
            return makeError(ErrorCode::accessDenied,
                             "'" + shownPath(name) + "' is no program that you may run; check its permissions");
    } else if (!name.empty()) {
        const char* variable = std::getenv("PATH");
        std::string_view rest = variable == nullptr ? kUsualPath : variable;
        while (!rest.empty()) {
            const auto folder = rest.substr(0, rest.find(':'));
            // An empty entry would mean the working directory: a document's folder must not supply programs.
            if (!folder.empty() && isProgram(Path(folder) / name))
                return Path(folder) / name;
            rest.remove_prefix(std::min(folder.size() + 1, rest.size()));
        }
    }
    return makeError(ErrorCode::notFound,
                     "there is no program '" + shownPath(name) + "'; install it, or give its full path");
}

Result<LaunchedProgram> launchProgram(const ProgramStart& start, const std::string& marker, UserDefaults defaults) {
    if (start.command.empty())
        return makeError(ErrorCode::invalidInput, "no program is named; name the one that opens the document");
    auto program = programFile(start.command.front());
    if (!program)
        return std::move(program).error();
    int ends[2] = {-1, -1};
    if (::pipe2(ends, O_CLOEXEC) != 0)
        return systemError(errno, "start a program");
    const Descriptor report(ends[0]);
    Descriptor reporter(ends[1]);
    const Preparation preparation(start, *program, marker, defaults);
    pid_t child = -1;
    {
        const SignalsHeldBack held;
        child = ::fork();
        if (child == 0)
            preparation.become(reporter.get());
    }
    if (child < 0)
        return systemError(errno, "start a program");
    reporter = Descriptor();
    int number = 0;
    if (uninterrupted([&] { return ::read(report.get(), &number, sizeof number); }) == sizeof number) {
        uninterrupted([&] { return ::waitpid(child, nullptr, 0); });
        return fileError(number, "start", *program);
    }
    Descriptor handle(static_cast<int>(::syscall(SYS_pidfd_open, child, 0)));
    if (!handle) {
        const Error fault = systemError(errno, "watch a program that was started");
        ::kill(child, SIGKILL); // it must not run unwatched: nobody would notice when the document is closed
        uninterrupted([&] { return ::waitpid(child, nullptr, 0); });
        return fault;
    }
    return LaunchedProgram{child, std::move(handle)};
}

} // namespace ssprotect::platform
