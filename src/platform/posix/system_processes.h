#pragma once

#include "child_reaper.h"
#include "ssprotect/platform/process.h"

#include <atomic>

namespace ssprotect::platform {

class SystemProcesses final : public Processes {
public:
    explicit SystemProcesses(UserDefaults defaults);

    Result<std::unique_ptr<StartedProgram>> start(ProgramStart start) override;
    bool isAlive(const ProcessIdentity& process) override;
    Result<std::vector<ProcessIdentity>> holdersBelow(const Path& folder) override;
    std::optional<ProcessIdentity> runningInstanceOf(const std::vector<std::string>& command) override;

private:
    UserDefaults defaults_;
    /// Shared with the started programs, which may outlive this object.
    std::shared_ptr<ChildReaper> reaper_ = std::make_shared<ChildReaper>();
    std::atomic<unsigned> started_{0};
};

} // namespace ssprotect::platform
