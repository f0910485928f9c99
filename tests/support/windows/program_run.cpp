#include "support/program_run.h"

#include <array>
#include <condition_variable>
#include <filesystem>
#include <mutex>
#include <stdexcept>
#include <thread>
#include <utility>
#include <vector>
#include <windows.h>

namespace ssprotect::support {
namespace {

constexpr std::chrono::seconds kPatience{60};
constexpr std::chrono::milliseconds kBetweenNudges{10};
constexpr UINT kKilled = 137;

std::wstring wide(const std::string& utf8) {
    const auto size = static_cast<int>(utf8.size());
    std::wstring text(static_cast<std::size_t>(::MultiByteToWideChar(CP_UTF8, 0, utf8.data(), size, nullptr, 0)),
                      L'\0');
    ::MultiByteToWideChar(CP_UTF8, 0, utf8.data(), size, text.data(), static_cast<int>(text.size()));
    return text;
}

/// As CommandLineToArgvW takes it apart: backslashes count only before a quote.
std::wstring quoted(const std::wstring& argument) {
    std::wstring text = L"\"";
    std::size_t backslashes = 0;
    for (const auto unit : argument) {
        if (unit == L'"')
            text.append(backslashes + 1, L'\\');
        backslashes = unit == L'\\' ? backslashes + 1 : 0;
        text.push_back(unit);
    }
    return text.append(backslashes, L'\\') + L'"';
}

std::wstring commandLineOf(const std::vector<std::string>& command) {
    auto line = quoted(std::filesystem::path(wide(command.front())).make_preferred().native());
    for (std::size_t i = 1; i < command.size(); ++i)
        line += L' ' + quoted(wide(command[i]));
    return line;
}

struct IgnoringCase {
    bool operator()(const std::wstring& a, const std::wstring& b) const { return ::_wcsicmp(a.c_str(), b.c_str()) < 0; }
};

std::wstring environmentBlock(const std::map<std::string, std::string>& added) {
    std::map<std::wstring, std::wstring, IgnoringCase> all;
    wchar_t* const ours = ::GetEnvironmentStringsW();
    for (const wchar_t* each = ours; *each != L'\0'; each += std::wcslen(each) + 1) {
        const std::wstring line(each);
        const auto equals = line.find(L'=', 1); // names of the current folders of drives begin with one
        all[line.substr(0, equals)] = line.substr(equals + 1);
    }
    ::FreeEnvironmentStringsW(ours);
    for (const auto& [name, value] : added)
        all[wide(name)] = wide(value);
    std::wstring block;
    for (const auto& [name, value] : all)
        block.append(name + L'=' + value).push_back(L'\0');
    block.push_back(L'\0');
    return block;
}

class Handle {
public:
    Handle() = default;
    explicit Handle(HANDLE handle) : handle_(handle == INVALID_HANDLE_VALUE ? nullptr : handle) {}
    Handle(Handle&& other) noexcept : handle_(std::exchange(other.handle_, nullptr)) {}
    Handle& operator=(Handle&& other) noexcept {
        std::swap(handle_, other.handle_);
        return *this;
    }
    ~Handle() {
        if (handle_ != nullptr)
            ::CloseHandle(handle_);
    }
    HANDLE get() const { return handle_; }

private:
    HANDLE handle_ = nullptr;
};

SECURITY_ATTRIBUTES inheritable() { return {sizeof(SECURITY_ATTRIBUTES), nullptr, TRUE}; }

/// A file that goes with its handle and holds the input, so that nobody has to feed a pipe.
Handle inputFile(const std::string& input) {
    std::array<wchar_t, MAX_PATH> name{};
    ::GetTempFileNameW(std::filesystem::temp_directory_path().c_str(), L"ssp", 0, name.data());
    auto security = inheritable();
    Handle file(::CreateFileW(name.data(), GENERIC_READ | GENERIC_WRITE | DELETE, FILE_SHARE_READ | FILE_SHARE_DELETE,
                              &security, CREATE_ALWAYS, FILE_ATTRIBUTE_TEMPORARY | FILE_FLAG_DELETE_ON_CLOSE, nullptr));
    DWORD written = 0;
    if (!::WriteFile(file.get(), input.data(), static_cast<DWORD>(input.size()), &written, nullptr))
        throw std::runtime_error("no input for the program");
    ::SetFilePointer(file.get(), 0, nullptr, FILE_BEGIN);
    return file;
}

/// What the program writes, and what we read.
std::pair<Handle, Handle> newPipe() {
    HANDLE ours = nullptr;
    HANDLE theirs = nullptr;
    auto security = inheritable();
    if (!::CreatePipe(&ours, &theirs, &security, 0))
        throw std::runtime_error("no pipes for the program");
    ::SetHandleInformation(ours, HANDLE_FLAG_INHERIT, 0);
    return {Handle(theirs), Handle(ours)};
}

} // namespace

struct ProgramRun::Process {
    Handle process;
    DWORD id = 0;
    std::array<std::thread, 2> readers;
    std::mutex mutex;
    std::condition_variable changed;
    std::array<std::string, 2> said; ///< out, err
    std::vector<Handle> reads;       ///< the threads that read, for cancelling
    int reading = 2;

    void start(const std::vector<std::string>& command, const std::map<std::string, std::string>& environment,
               const std::string& input, const std::string& folder) {
        const auto in = inputFile(input);
        auto [outTheirs, out] = newPipe();
        auto [errTheirs, err] = newPipe();
        // Programs that another test thread starts at the same time must not inherit these.
        SIZE_T size = 0;
        ::InitializeProcThreadAttributeList(nullptr, 1, 0, &size);
        std::vector<std::byte> memory(size);
        const auto list = reinterpret_cast<LPPROC_THREAD_ATTRIBUTE_LIST>(memory.data());
        std::array<HANDLE, 3> inherited{in.get(), outTheirs.get(), errTheirs.get()};
        ::InitializeProcThreadAttributeList(list, 1, 0, &size);
        ::UpdateProcThreadAttribute(list, 0, PROC_THREAD_ATTRIBUTE_HANDLE_LIST, inherited.data(), sizeof(inherited),
                                    nullptr, nullptr);
        STARTUPINFOEXW startup{};
        startup.StartupInfo.cb = sizeof(startup);
        startup.StartupInfo.dwFlags = STARTF_USESTDHANDLES;
        startup.StartupInfo.hStdInput = in.get();
        startup.StartupInfo.hStdOutput = outTheirs.get();
        startup.StartupInfo.hStdError = errTheirs.get();
        startup.lpAttributeList = list;
        auto line = commandLineOf(command);
        auto block = environmentBlock(environment);
        const auto where = wide(folder);
        PROCESS_INFORMATION started{};
        const bool ok =
            ::CreateProcessW(nullptr, line.data(), nullptr, nullptr, TRUE,
                             EXTENDED_STARTUPINFO_PRESENT | CREATE_UNICODE_ENVIRONMENT | CREATE_NEW_PROCESS_GROUP,
                             block.data(), folder.empty() ? nullptr : where.c_str(), &startup.StartupInfo, &started);
        ::DeleteProcThreadAttributeList(list);
        if (!ok)
            throw std::runtime_error("the program can't be started: " + command.front());
        ::CloseHandle(started.hThread);
        process = Handle(started.hProcess);
        id = started.dwProcessId;
        readers[0] = std::thread([this, pipe = std::move(out)] { read(pipe.get(), said[0]); });
        readers[1] = std::thread([this, pipe = std::move(err)] { read(pipe.get(), said[1]); });
    }

    void read(HANDLE pipe, std::string& to) {
        const auto holdsMore = [pipe] {
            DWORD count = 0;
            return ::PeekNamedPipe(pipe, nullptr, 0, nullptr, &count, nullptr) && count > 0;
        };
        {
            const std::lock_guard lock(mutex);
            reads.emplace_back(::OpenThread(THREAD_TERMINATE, FALSE, ::GetCurrentThreadId()));
        }
        std::array<char, 65536> buffer{};
        DWORD count = 0;
        while (::ReadFile(pipe, buffer.data(), buffer.size(), &count, nullptr) || holdsMore()) {
            const std::lock_guard lock(mutex);
            to.append(buffer.data(), count);
            changed.notify_all();
        }
        const std::lock_guard lock(mutex);
        --reading;
        changed.notify_all();
    }

    /// Until it said that on stdout (0) or stderr (1), or nothing more.
    bool waitFor(std::size_t stream, const std::string& text) {
        std::unique_lock lock(mutex);
        const auto found = [&] { return said[stream].find(text) != std::string::npos; };
        changed.wait_for(lock, kPatience, [&] { return found() || reading == 0; });
        return found();
    }

    /// Until the process ended and all that it said is read. Whatever it started may hold the pipes open longer (in
    /// Wine the desktop, which the first program with windows starts), so their end is not waited for.
    void finish(DWORD patienceMillis) {
        if (::WaitForSingleObject(process.get(), patienceMillis) != WAIT_OBJECT_0)
            ::TerminateProcess(process.get(), kKilled);
        ::WaitForSingleObject(process.get(), INFINITE);
        {
            std::unique_lock lock(mutex);
            while (!changed.wait_for(lock, kBetweenNudges, [this] { return reading == 0; }))
                for (const auto& thread : reads)
                    ::CancelSynchronousIo(thread.get());
        }
        for (auto& reader : readers)
            if (reader.joinable())
                reader.join();
    }
};

ProgramRun::ProgramRun(const std::vector<std::string>& command, const std::map<std::string, std::string>& environment,
                       const std::string& input, const std::string& folder)
    : process_(std::make_unique<Process>()) {
    process_->start(command, environment, input, folder);
}

ProgramRun::~ProgramRun() { process_->finish(0); }

/// Ctrl-C can't be sent to one process, Ctrl-Break can. Where there is no console to send it on, the window that
/// listens beside the console is asked to close.
bool ProgramRun::interrupt() {
    DWORD attached = 0; // the programs that share our console
    if (::GetConsoleProcessList(&attached, 1) > 0)
        return ::GenerateConsoleCtrlEvent(CTRL_BREAK_EVENT, process_->id) != FALSE;
    HWND window = nullptr;
    while ((window = ::FindWindowExW(nullptr, window, L"SSProtectShutdown", nullptr)) != nullptr) {
        DWORD owner = 0;
        ::GetWindowThreadProcessId(window, &owner);
        if (owner == process_->id)
            return ::PostMessageW(window, WM_CLOSE, 0, 0) != FALSE;
    }
    return false;
}

bool ProgramRun::waitForError(const std::string& text) { return process_->waitFor(1, text); }

bool ProgramRun::waitForOutput(const std::string& text) { return process_->waitFor(0, text); }

std::string ProgramRun::output() const {
    const std::lock_guard lock(process_->mutex);
    return process_->said[0];
}

int ProgramRun::id() const { return static_cast<int>(process_->id); }

ProgramResult ProgramRun::wait() {
    process_->finish(static_cast<DWORD>(std::chrono::milliseconds(kPatience).count()));
    DWORD code = 0;
    ::GetExitCodeProcess(process_->process.get(), &code);
    result_ = {static_cast<int>(code), process_->said[0], process_->said[1]};
    return result_;
}

} // namespace ssprotect::support
