#pragma once

#include "ssprotect/base/bytes.h"

#include <cstdint>
#include <string>

namespace ssprotect::twofactor {

/// RFC 4226. `digits` from 6 to 8, else the process ends.
std::string hotpCode(ByteView secret, std::uint64_t counter, int digits);

} // namespace ssprotect::twofactor
