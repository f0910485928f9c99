#pragma once

#include "ssprotect/base/result.h"

#include <cstdint>

namespace ssprotect::platform {

/// Memory of this process that is in RAM, in bytes.
struct MemoryUse {
    std::uint64_t resident = 0;
    std::uint64_t peakResident = 0;
};

Result<MemoryUse> memoryUse();

} // namespace ssprotect::platform
