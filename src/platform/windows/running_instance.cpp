#include "running_instance.h"

#include "access_list.h"
#include "process_table.h"
#include "system_name.h"
#include "wide_text.h"

namespace ssprotect::platform {

std::optional<ProcessIdentity> oldestInstanceOf(const std::vector<std::string>& command) {
    const auto program = command.empty() ? Result<Path>(Path()) : programFile(command.front());
    if (!program || program->empty())
        return std::nullopt;
    const std::wstring wanted = systemName(*program);
    std::optional<ProcessIdentity> oldest;
    for (const DWORD id : processesWithWindows()) {
        const Handle process = openProcessById(id, PROCESS_QUERY_LIMITED_INFORMATION | SYNCHRONIZE);
        if (id == ::GetCurrentProcessId() || !process || hasEnded(process.get()))
            continue;
        if (!sameIgnoringCase(systemName(programOf(process.get())), wanted) || !isOfThisUser(process.get()))
            continue;
        const auto identity = identityOf(process.get());
        if (!oldest || identity.startedAt < oldest->startedAt)
            oldest = identity;
    }
    return oldest;
}

} // namespace ssprotect::platform
