#include "ssprotect/platform/code_signature.h"

namespace ssprotect::platform {

bool signaturesChecked() { return false; }

Result<CodeSignature> signatureOf(const Path&) {
    return makeError(ErrorCode::unsupportedFile, "this system does not sign programs");
}

} // namespace ssprotect::platform
