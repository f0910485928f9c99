#include "system_processes.h"

#include "file_holders.h"
#include "process_table.h"
#include "program_launch.h"
#include "running_instance.h"
#include "system_error.h"

#include <atomic>

namespace ssprotect::platform {
namespace {

/// A program in a job of its own, which its descendants cannot leave.
class SystemProgram final : public StartedProgram {
public:
    SystemProgram(LaunchedProgram launched, std::function<void()> ended)
        : launched_(std::move(launched)), identity_(identityOf(launched_.process.get())), ended_(std::move(ended)) {}
    ~SystemProgram() override {
        if (wait_ != nullptr)
            ::UnregisterWaitEx(wait_, INVALID_HANDLE_VALUE); // waits for a call that runs
    }
    SystemProgram(const SystemProgram&) = delete;
    SystemProgram& operator=(const SystemProgram&) = delete;

    bool watch() {
        return !ended_ || ::RegisterWaitForSingleObject(&wait_, launched_.process.get(), &SystemProgram::tell, this,
                                                        INFINITE, WT_EXECUTEONLYONCE) != FALSE;
    }

    ProcessIdentity identity() const override { return identity_; }

    bool alive() override {
        if (!hasEnded(launched_.process.get()))
            return true;
        JOBOBJECT_BASIC_ACCOUNTING_INFORMATION account{};
        return ::QueryInformationJobObject(launched_.job.get(), JobObjectBasicAccountingInformation, &account,
                                           sizeof account, nullptr) != FALSE &&
               account.ActiveProcesses > 0;
    }

    bool failed() override {
        DWORD status = 0;
        return hasEnded(launched_.process.get()) && ::GetExitCodeProcess(launched_.process.get(), &status) != FALSE &&
               status != 0;
    }

    bool owns(const ProcessIdentity& process) override {
        if (process == identity_)
            return true;
        // While it is open its id is not given to another.
        const Handle other = openProcess(process, 0);
        return other && members().contains(static_cast<DWORD>(process.id));
    }

    void terminate() override {
        if (!closeWindowsOf(members()))
            ::TerminateJobObject(launched_.job.get(), 1); // a program without windows cannot be asked
    }

private:
    static void CALLBACK tell(void* self, BOOLEAN) { static_cast<SystemProgram*>(self)->ended_(); }

    std::set<DWORD> members() const {
        constexpr std::size_t kMost = 1024;
        std::vector<ULONG_PTR> buffer(kMost);
        auto* list = reinterpret_cast<JOBOBJECT_BASIC_PROCESS_ID_LIST*>(buffer.data());
        std::set<DWORD> ids;
        if (::QueryInformationJobObject(launched_.job.get(), JobObjectBasicProcessIdList, list,
                                        static_cast<DWORD>(buffer.size() * sizeof(ULONG_PTR)), nullptr) != FALSE)
            for (DWORD i = 0; i < list->NumberOfProcessIdsInList; ++i)
                ids.insert(static_cast<DWORD>(list->ProcessIdList[i]));
        return ids;
    }

    LaunchedProgram launched_;
    ProcessIdentity identity_;
    std::function<void()> ended_;
    HANDLE wait_ = nullptr;
};

} // namespace

std::unique_ptr<Processes> makeSystemProcesses(UserDefaults) { return std::make_unique<SystemProcesses>(); }

Result<std::unique_ptr<StartedProgram>> SystemProcesses::start(ProgramStart start) {
    auto launched = launchProgram(start);
    if (!launched)
        return std::move(launched).error();
    auto program = std::make_unique<SystemProgram>(std::move(*launched), std::move(start.ended));
    if (!program->watch()) {
        const Error fault = systemError(::GetLastError(), "watch a program that was started");
        program->terminate();
        return fault;
    }
    return std::unique_ptr<StartedProgram>(std::move(program));
}

bool SystemProcesses::isAlive(const ProcessIdentity& process) {
    const Handle opened = openProcess(process, SYNCHRONIZE);
    return opened && !hasEnded(opened.get());
}

Result<std::vector<ProcessIdentity>> SystemProcesses::holdersBelow(const Path& folder) {
    return fileHoldersBelow(folder);
}

std::optional<ProcessIdentity> SystemProcesses::runningInstanceOf(const std::vector<std::string>& command) {
    return oldestInstanceOf(command);
}

} // namespace ssprotect::platform
