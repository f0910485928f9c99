#include "ssprotect/platform/code_signature.h"

#include "ssprotect/platform/shown_path.h"

#include <algorithm>

namespace ssprotect::platform {
namespace {

std::string reasonAgainst(const CodeSignature& signature) {
    switch (signature.state) {
    case CodeSignature::State::none:
        return "is not signed";
    case CodeSignature::State::damaged:
        return "was changed after it was signed";
    default:
        return "is signed by '" + shownText(signature.signer) + "', whom this machine does not trust";
    }
}

} // namespace

Status mayGetPlaintext(const CodeSignature& signature, const Path& program, bool unsignedAppsAllowed) {
    if (signature.state == CodeSignature::State::trusted)
        return {};
    // A broken signature is worse than none: somebody tampered with that program.
    if (unsignedAppsAllowed && signature.state != CodeSignature::State::damaged)
        return {};
    return makeError(ErrorCode::refused, "'" + shownPath(program) + "' " + reasonAgainst(signature) +
                                             ", and only signed programs may open protected files; choose another "
                                             "program, or have 'Unsigned Apps' allowed for your account");
}

Status checkProgram(const Path& program, bool unsignedAppsAllowed) {
    if (!signaturesChecked())
        return {};
    auto signature = signatureOf(program);
    if (!signature)
        return std::move(signature).error();
    return mayGetPlaintext(*signature, program, unsignedAppsAllowed);
}

bool isSignedWith(const CodeSignature& signature, ByteView pinnedKey) {
    const bool whole =
        signature.state == CodeSignature::State::trusted || signature.state == CodeSignature::State::untrusted;
    return whole && !pinnedKey.empty() &&
           std::equal(pinnedKey.begin(), pinnedKey.end(), signature.signerKey.begin(), signature.signerKey.end());
}

} // namespace ssprotect::platform
