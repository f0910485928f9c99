#include "program_launch.h"

#include "command_line.h"
#include "system_error.h"
#include "wide_text.h"

#include <algorithm>
#include <array>

namespace ssprotect::platform {
namespace {

/// The three streams of a program, and the list of exactly those handles that it inherits: others of ours
/// may be inheritable at this moment because another thread starts a program of its own.
class Streams {
public:
    explicit Streams(bool silent) {
        if (silent)
            nothing_ = openNothing();
        const std::array<DWORD, 3> ours{STD_INPUT_HANDLE, STD_OUTPUT_HANDLE, STD_ERROR_HANDLE};
        for (std::size_t i = 0; i < streams_.size(); ++i) {
            duplicates_[i] = silent ? Handle() : inheritableCopy(::GetStdHandle(ours[i]));
            streams_[i] = silent ? nothing_.get() : duplicates_[i].get();
            if (streams_[i] != nullptr &&
                std::find(inherited_.begin(), inherited_.end(), streams_[i]) == inherited_.end())
                inherited_.push_back(streams_[i]);
        }
    }

    bool makeList() {
        SIZE_T size = 0;
        ::InitializeProcThreadAttributeList(nullptr, 1, 0, &size);
        memory_.resize(size / sizeof(std::max_align_t) + 1);
        auto* list = reinterpret_cast<LPPROC_THREAD_ATTRIBUTE_LIST>(memory_.data());
        if (::InitializeProcThreadAttributeList(list, 1, 0, &size) == FALSE)
            return false;
        list_.reset(list);
        return inherited_.empty() ||
               ::UpdateProcThreadAttribute(list, 0, PROC_THREAD_ATTRIBUTE_HANDLE_LIST, inherited_.data(),
                                           inherited_.size() * sizeof(HANDLE), nullptr, nullptr) != FALSE;
    }

    void put(STARTUPINFOEXW& startup) const {
        startup.lpAttributeList = list_.get();
        startup.StartupInfo.dwFlags |= STARTF_USESTDHANDLES;
        startup.StartupInfo.hStdInput = streams_[0];
        startup.StartupInfo.hStdOutput = streams_[1];
        startup.StartupInfo.hStdError = streams_[2];
    }
    bool any() const { return !inherited_.empty(); }

private:
    static Handle openNothing() {
        SECURITY_ATTRIBUTES inheritable{sizeof inheritable, nullptr, TRUE};
        return Handle(::CreateFileW(L"NUL", GENERIC_READ | GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_WRITE,
                                    &inheritable, OPEN_EXISTING, 0, nullptr));
    }
    static Handle inheritableCopy(HANDLE stream) {
        HANDLE copy = nullptr;
        if (stream == nullptr || stream == INVALID_HANDLE_VALUE ||
            ::DuplicateHandle(::GetCurrentProcess(), stream, ::GetCurrentProcess(), &copy, 0, TRUE,
                              DUPLICATE_SAME_ACCESS) == FALSE)
            return {};
        return Handle(copy);
    }

    using List =
        std::unique_ptr<_PROC_THREAD_ATTRIBUTE_LIST,
                        decltype([](LPPROC_THREAD_ATTRIBUTE_LIST list) { ::DeleteProcThreadAttributeList(list); })>;

    Handle nothing_;
    std::array<Handle, 3> duplicates_;
    std::array<HANDLE, 3> streams_{};
    std::vector<HANDLE> inherited_;
    std::vector<std::max_align_t> memory_;
    List list_;
};

/// It must not run unwatched: nobody would notice when the document is closed.
Error discard(HANDLE process, std::string_view action, const Path& program) {
    const DWORD error = ::GetLastError();
    ::TerminateProcess(process, 1);
    return fileError(error, action, program);
}

/// CreateProcess takes no folder in the long form; a program for a document that lies too deep starts where we are.
std::wstring folderFor(const Path& folder) {
    std::error_code fault;
    std::wstring name =
        folder.empty() ? std::wstring() : std::filesystem::absolute(folder, fault).make_preferred().native();
    return name.size() < MAX_PATH - 2 ? name : std::wstring();
}

} // namespace

Result<LaunchedProgram> launchProgram(const ProgramStart& start) {
    if (start.command.empty())
        return makeError(ErrorCode::invalidInput, "no program is named; name the one that opens the document");
    auto program = programFile(start.command.front());
    if (!program)
        return std::move(program).error();
    Streams streams(start.silent);
    Handle job(::CreateJobObjectW(nullptr, nullptr));
    if (!job || !streams.makeList())
        return systemError(::GetLastError(), "start a program");
    STARTUPINFOEXW startup{};
    startup.StartupInfo.cb = sizeof startup;
    streams.put(startup);
    std::wstring line = commandLine(start.command);
    std::vector<wchar_t> environment = environmentWith(start.environment);
    const std::wstring folder = folderFor(start.workingFolder);
    DWORD flags =
        CREATE_SUSPENDED | CREATE_UNICODE_ENVIRONMENT | EXTENDED_STARTUPINFO_PRESENT | CREATE_NEW_PROCESS_GROUP;
    if (start.silent)
        flags |= CREATE_NO_WINDOW; // no console of its own: there would be nobody to close it
    PROCESS_INFORMATION made{};
    if (::CreateProcessW(program->c_str(), line.data(), nullptr, nullptr, streams.any() ? TRUE : FALSE, flags,
                         environment.data(), folder.empty() ? nullptr : folder.c_str(), &startup.StartupInfo,
                         &made) == FALSE)
        return fileError(::GetLastError(), "start", *program);
    Handle process(made.hProcess);
    const Handle thread(made.hThread);
    if (::AssignProcessToJobObject(job.get(), process.get()) == FALSE)
        return discard(process.get(), "watch", *program);
    ::AllowSetForegroundWindow(made.dwProcessId);
    if (::ResumeThread(thread.get()) == static_cast<DWORD>(-1))
        return discard(process.get(), "start", *program);
    return LaunchedProgram{std::move(process), std::move(job)};
}

} // namespace ssprotect::platform
