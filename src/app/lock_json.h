#pragma once

#include "ssprotect/base/json.h"
#include "ssprotect/kodiac/lock_operations.h"

#include <string>
#include <string_view>

namespace ssprotect::app {

/// "users", "trusts"
std::string lockName(kodiac::EditLock lock);
/// `usage` for another name.
Result<kodiac::EditLock> lockFrom(std::string_view name);
/// {name, access, holder, epoch, waiting, position, expires?}
Json lockJson(const kodiac::LockView& view);

} // namespace ssprotect::app
