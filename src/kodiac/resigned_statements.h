#pragma once

#include "context.h"
#include "ssprotect/kodiac/operations.h"

namespace ssprotect::kodiac {

/// `signer` is about to lose the right to sign members: hosts would take none of its statements any more, and with
/// them neither the people nor what these stored. So `resigned` takes their place: exactly these statements, signed by
/// the caller; `changed-meanwhile` when one is missing or too many, `invalid-input` for another signature, `refused`
/// when the caller is that signer itself. The Organization must be locked.
Status resignStatements(Context& context, const AccountId& signer, const std::vector<MemberStatement>& resigned);

} // namespace ssprotect::kodiac
