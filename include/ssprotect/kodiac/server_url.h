#pragma once

#include "ssprotect/base/result.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace ssprotect::kodiac {

/// Where a KODiAC serves.
struct ServerAddress {
    std::string host; ///< a name or an address, without brackets
    std::uint16_t port = 0;
    std::string shown; ///< as in the field Host: "[::1]:8443"
};

/// "https://host[:port]", a slash may follow; port 443 if none is said. `invalid-input` for anything else.
Result<ServerAddress> parseServerUrl(std::string_view url);

} // namespace ssprotect::kodiac
