#pragma once

#include "context.h"
#include "ssprotect/kodiac/user_operations.h"

#include <span>

namespace ssprotect::kodiac {

struct AddedUsers {
    std::vector<NewUser::Response> made;
    std::optional<Error> refusal{}; ///< of the one behind those made; nothing must be committed then
};

/// Provisioned accounts of the caller's Organization, one behind the other, each with the attributes of USR-0 but for
/// its changes; their registration codes are queued. Whether their quotas fit is asked afterwards (`checkQuotas`).
/// The Organization must be locked. Refused are also `already-exists`: the e-mail is another account's.
AddedUsers addUsers(Context& context, std::span<const EditUsers::Added> wanted);

} // namespace ssprotect::kodiac
