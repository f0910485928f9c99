#include "code_source.h"

#include "ssprotect/twofactor/hotp.h"

#include <algorithm>

namespace ssprotect::session {
namespace {

constexpr int kHotpDigits = 8;

} // namespace

std::string OwnCodes::code(std::uint64_t counter) const { return twofactor::hotpCode(secret_, counter, kHotpDigits); }

Result<std::string> TokenCodes::ask(bool following) const {
    if (!ask_)
        return makeError(ErrorCode::secondFactorMissing,
                         "this host's second factor is a token, and there is nobody to ask for its code");
    auto given = ask_({digits_, following});
    if (!given)
        return given;
    const bool shaped = given->size() == digits_ &&
                        std::all_of(given->begin(), given->end(), [](char c) { return c >= '0' && c <= '9'; });
    if (!shaped)
        return makeError(ErrorCode::secondFactorMissing,
                         "a code of this token has " + std::to_string(digits_) + " digits; nothing was done");
    return given;
}

} // namespace ssprotect::session
