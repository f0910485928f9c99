#pragma once

#include "ssprotect/base/json.h"
#include "ssprotect/kodiac/policy_operations.h"

namespace ssprotect::app {

/// The Organization's policies under the keys of `policy show|set`.
Json policyJson(const kodiac::ShowPolicy::Response& policy);

/// From {"key": "value"} as typed, over the policies as they are. `usage` naming the key that is unknown, or whose
/// value is none.
Result<kodiac::SetPolicy::Request> policyChanges(const Json* changes, const kodiac::ShowPolicy::Response& present);

} // namespace ssprotect::app
