#include "system_processes.h"

#include "file_holders.h"
#include "process_family.h"
#include "program_launch.h"
#include "running_instance.h"

#include <csignal>
#include <sys/syscall.h>
#include <unistd.h>

namespace ssprotect::platform {
namespace {

constexpr std::string_view kMarkerName = "SSPROTECT_STARTED_AS=";

/// What the reaper's thread and the program's owner share.
struct Ending {
    std::atomic<bool> ended{false};
    std::atomic<bool> failed{false};
    std::mutex callbackMutex;
    std::function<void()> callback;

    void happen(bool withFailure) {
        failed = withFailure;
        ended = true;
        const std::lock_guard lock(callbackMutex);
        if (callback)
            std::exchange(callback, nullptr)();
    }
    void forgetCallback() {
        const std::lock_guard lock(callbackMutex);
        callback = nullptr;
    }
};

class SystemProgram final : public StartedProgram {
public:
    SystemProgram(ProcessFamily family, std::shared_ptr<Ending> ending, std::shared_ptr<ChildReaper> reaper)
        : family_(std::move(family)), ending_(std::move(ending)), reaper_(std::move(reaper)) {}
    ~SystemProgram() override { ending_->forgetCallback(); }

    ProcessIdentity identity() const override { return family_.head(); }
    bool alive() override { return !ending_->ended || family_.anyAlive(); }
    bool failed() override { return ending_->failed; }
    bool owns(const ProcessIdentity& process) override {
        if (process == family_.head())
            return true;
        const auto row = processRow(static_cast<pid_t>(process.id));
        return row && row->identity() == process && family_.contains(*row);
    }
    void terminate() override {
        for (const auto& member : family_.livingMembers()) {
            // Through a handle, and looked at again: the id may have become another process's meanwhile.
            const Descriptor handle(static_cast<int>(::syscall(SYS_pidfd_open, member.id, 0)));
            const auto now = processRow(member.id);
            if (handle && now && now->startedAt == member.startedAt)
                static_cast<void>(::syscall(SYS_pidfd_send_signal, handle.get(), SIGTERM, nullptr, 0));
        }
    }

private:
    ProcessFamily family_;
    std::shared_ptr<Ending> ending_;
    std::shared_ptr<ChildReaper> reaper_;
};

} // namespace

std::unique_ptr<Processes> makeSystemProcesses(UserDefaults defaults) {
    return std::make_unique<SystemProcesses>(defaults);
}

SystemProcesses::SystemProcesses(UserDefaults defaults) : defaults_(defaults) {}

Result<std::unique_ptr<StartedProgram>> SystemProcesses::start(ProgramStart start) {
    const auto self = processRow(::getpid());
    // Distinct on this machine until it starts again, which no process survives.
    const std::string marker = std::string(kMarkerName) + std::to_string(::getpid()) + "-" +
                               std::to_string(self ? self->startedAt : 0) + "-" + std::to_string(++started_);
    std::error_code unknown;
    const Path folder = start.workingFolder.empty() ? std::filesystem::current_path(unknown) : start.workingFolder;
    auto launched = launchProgram(start, marker, defaults_);
    if (!launched)
        return std::move(launched).error();
    auto head = processRow(launched->id); // also when it ended already: nobody has collected it yet
    if (!head)
        head = ProcessRow{launched->id, ::getpid(), launched->id, 0, false};
    auto ending = std::make_shared<Ending>();
    ending->callback = std::move(start.ended);
    reaper_->watch(launched->id, std::move(launched->handle), [ending](bool failed) { ending->happen(failed); });
    return std::unique_ptr<StartedProgram>(std::make_unique<SystemProgram>(
        ProcessFamily(*head, marker, folder != folder.root_path()), std::move(ending), reaper_));
}

bool SystemProcesses::isAlive(const ProcessIdentity& process) {
    const auto row = processRow(static_cast<pid_t>(process.id));
    return row && row->identity() == process && !row->dead;
}

Result<std::vector<ProcessIdentity>> SystemProcesses::holdersBelow(const Path& folder) {
    return fileHoldersBelow(folder);
}

std::optional<ProcessIdentity> SystemProcesses::runningInstanceOf(const std::vector<std::string>& command) {
    return oldestInstanceOf(command);
}

} // namespace ssprotect::platform
