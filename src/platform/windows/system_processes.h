#pragma once

#include "ssprotect/platform/process.h"

namespace ssprotect::platform {

class SystemProcesses final : public Processes {
public:
    Result<std::unique_ptr<StartedProgram>> start(ProgramStart start) override;
    bool isAlive(const ProcessIdentity& process) override;
    Result<std::vector<ProcessIdentity>> holdersBelow(const Path& folder) override;
    std::optional<ProcessIdentity> runningInstanceOf(const std::vector<std::string>& command) override;
};

} // namespace ssprotect::platform
