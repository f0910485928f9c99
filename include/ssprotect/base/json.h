#pragma once

#include <nlohmann/json_fwd.hpp>

namespace ssprotect {

/// Headers name the type through this; sources include <nlohmann/json.hpp>.
using Json = nlohmann::json;

} // namespace ssprotect
