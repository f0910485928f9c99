#pragma once

#include "context.h"
#include "ssprotect/kodiac/user_operations.h"

namespace ssprotect::kodiac {

/// A Provisioned account of the caller's Organization, with the attributes of USR-0 but for `changes`; its registration
/// code is queued. Whether its quota fits is asked afterwards (`checkQuotas`): several may be made in one transaction.
/// The Organization must be locked. `already-exists` when the e-mail is another account's.
Result<NewUser::Response> addUser(Context& context, const std::string& email, const AttributeChanges& changes);

} // namespace ssprotect::kodiac
