#include "second_factor.h"

#include "host_factor.h"
#include "operation_table.h"
#include "reply_cache.h"
#include "wire/limits.h"

namespace ssprotect::kodiac {
namespace {

Error refused(std::string why) { return makeError(ErrorCode::secondFactorRefused, std::move(why)); }
Error sessionEnded() { return makeError(ErrorCode::notLoggedIn, "the session has ended; log in again"); }
Error missing() {
    return makeError(ErrorCode::secondFactorMissing, "this host has no second factor; enrol it with the exported keys");
}

/// The check of one call. Its counter numbers the requests of the host; it is also that of the code, unless that comes
/// from a token, which counts by itself.
class CodeCheck {
public:
    CodeCheck(Context& context, HostFactor& factor, bool unattended)
        : context_(context), factor_(factor), unattended_(unattended) {}

    Result<Factor> run(const crypto::Sha256Digest& hash) {
        const std::uint64_t counter = context_.call.counter;
        if (auto patient = factor_.checkPatience(); !patient)
            return std::move(patient).error();
        if (auto window = checkWindow(counter); !window)
            return std::move(window).error();
        if (counter + 1 == factor_.next())
            return repeat(counter, hash);
        if (context_.caller.onlyRepeats)
            return sessionEnded();
        return accept(counter);
    }

private:
    Status checkWindow(std::uint64_t counter) const {
        if (counter + 1 < factor_.next())
            return refused("this counter was used before");
        // Unsigned, so that a counter near the end of its range cannot wrap into the window.
        if (counter >= factor_.next() && counter - factor_.next() >= kLookAhead)
            return refused("this counter is too far ahead; the second factor of this host must be brought back in step "
                           "(Sync 2Factor) or enrolled anew");
        return {};
    }

    // By the code it was accepted with: the secret may be another one since.
    Result<Factor> repeat(std::uint64_t counter, const crypto::Sha256Digest& hash) {
        if (!isSameRequest(context_, counter, hash))
            return refused("this counter was used for another request");
        if (!hasSameCode(context_, hash))
            return factor_.countFailure();
        auto own = isOfOwnSecret(counter);
        if (!own)
            return std::move(own).error();
        context_.unattended = *own;
        return Factor::repeated;
    }

    Result<bool> isOfOwnSecret(std::uint64_t counter) const {
        if (!unattended_ || !factor_.oath())
            return false;
        return factor_.isOfOwnSecret(counter, context_.call.code);
    }

    Result<Factor> accept(std::uint64_t counter) {
        auto own = isOfOwnSecret(counter);
        if (!own)
            return std::move(own).error();
        context_.unattended = *own;
        return *own ? Result<Factor>(take(counter, factor_.oathNext())) : acceptAttended(counter);
    }

    Result<Factor> acceptAttended(std::uint64_t counter) {
        auto found = factor_.oath() ? factor_.find(factor_.oathNext(), kLookAhead, {context_.call.code})
                                    : factor_.find(counter, 1, {context_.call.code});
        if (!found)
            return std::move(found).error();
        if (!*found)
            return factor_.countFailure();
        return take(counter, factor_.oath() ? **found + 1 : 0);
    }

    Factor take(std::uint64_t counter, std::uint64_t oathNext) {
        factor_.accept(counter + 1, oathNext);
        return Factor::accepted;
    }

    Context& context_;
    HostFactor& factor_;
    const bool unattended_; ///< the operation is done with nobody at hand
};

} // namespace

Result<Factor> checkSecondFactor(Context& context, const Operation& operation, const crypto::Sha256Digest& hash) {
    const Caller& caller = context.caller;
    if (operation.code == CodeRule::never) {
        // A password alone opens no door that needs no code.
        if (operation.session && !isProven(context, caller.account, caller.host))
            return missing();
        return Factor::none;
    }
    HostFactor factor = context.hostFactor ? HostFactor(context, caller.account, caller.host, *context.hostFactor)
                                           : HostFactor(context, caller.account, caller.host);
    const bool given = !context.call.code.empty() && factor.enrolled();
    if (given)
        return CodeCheck(context, factor, operation.unattended).run(hash);
    // A secret that no code has proved may never have reached its host: it is not held against it.
    if (operation.beforeEnrolment && !factor.proven() && !caller.secondFactorAtLogin && !caller.onlyRepeats)
        return Factor::none;
    if (caller.onlyRepeats)
        return sessionEnded();
    if (factor.enrolled())
        return makeError(ErrorCode::secondFactorMissing, "this operation needs a code of the second factor");
    return missing();
}

crypto::SecretBytes enrolSecondFactor(Context& context, const AccountId& account, const HostId& host) {
    auto secret = drawSecret(context, wire::kHotpSecretSize);
    putSoftwareSecret(context, account, host, secret);
    return secret;
}

bool hasProvenSecondFactor(Context& context, const AccountId& account, const HostId& host) {
    return isProven(context, account, host);
}

} // namespace ssprotect::kodiac
