#pragma once

#include "handle.h"
#include "ssprotect/platform/code_signature.h"

#include <wincrypt.h>

namespace ssprotect::platform {

/// What an answer of WinVerifyTrust means. Whatever is not plainly good is not trusted.
CodeSignature::State stateOf(LONG outcome);

} // namespace ssprotect::platform
