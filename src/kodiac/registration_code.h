#pragma once

#include "context.h"

namespace ssprotect::kodiac {

/// Whose mailed code this is (provisioning.h draws it).
struct CodeHolder {
    AccountId account;
    OrganizationId organization;
    bool used = false;
};

/// `not-found`; `expired`, unless it was used before; `refused` for a code that was mailed to another address.
Result<CodeHolder> holderOfCode(Context& context, std::string_view email, ByteView code);

Error codeWasUsed();

/// The condition decides: of two uses, one gets true.
bool useCodeOf(Context& context, const AccountId& account);

void voidCodeOf(Context& context, const AccountId& account);

} // namespace ssprotect::kodiac
