#include "ssprotect/platform/memory.h"

#include "system_error.h"

#include <psapi.h>

namespace ssprotect::platform {

Result<MemoryUse> memoryUse() {
    PROCESS_MEMORY_COUNTERS counters{};
    if (::GetProcessMemoryInfo(::GetCurrentProcess(), &counters, sizeof counters) == FALSE)
        return systemError(::GetLastError(), "measure this process's memory");
    return MemoryUse{counters.WorkingSetSize, counters.PeakWorkingSetSize};
}

} // namespace ssprotect::platform
