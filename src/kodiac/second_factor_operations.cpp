#include "handlers.h"
#include "host_factor.h"
#include "known_accounts.h"
#include "login_session.h"
#include "ssprotect/kodiac/email.h"
#include "user_row.h"

#include <algorithm>

namespace ssprotect::kodiac {
namespace {

constexpr Duration kPermission = std::chrono::hours(24);
constexpr std::uint32_t kLeastDigits = 6;
constexpr std::uint32_t kMostDigits = 8;
/// Far above what a token counts in its life, far below where a count would wrap.
constexpr std::uint64_t kHighestTokenCounter = std::uint64_t{1} << 53;

// The same for a stranger's e-mail: who asks learns nothing about accounts.
Error notPermitted() {
    return makeError(ErrorCode::refused, "nobody has permitted this account to synchronise its second factor; ask a "
                                         "Privileged User of its Organization for Sync 2Factor");
}

bool isPermitted(Context& context, const AccountId& account) {
    return context.sql
        .one("SELECT 1 FROM accounts WHERE id = $1 AND sync_until > $2 FOR UPDATE", {account, context.now()})
        .has_value();
}

/// Where two consecutive codes leave the host.
struct InStep {
    std::uint64_t next = 0;
    std::uint64_t oathNext = 0;
};

Result<std::optional<InStep>> bringInStep(const HostFactor& factor, const SyncSecondFactor::Request& request) {
    const bool oath = factor.oath();
    const std::uint64_t distance =
        request.counter > factor.next() ? request.counter - factor.next() : factor.next() - request.counter;
    if (!oath && distance > kSyncDistance)
        return makeError(ErrorCode::refused, "host and KODiAC are too far apart; enrol this host's second factor anew");
    auto found = factor.find(oath ? factor.oathNext() : request.counter, oath ? kTokenSyncDistance : 1,
                             {request.code, request.nextCode});
    if (!found)
        return std::move(found).error();
    if (!*found)
        return std::optional<InStep>();
    if (oath)
        return std::optional(InStep{factor.next(), **found + 2});
    // A host that came back from a backup goes on where it was: nothing is accepted a second time.
    return std::optional(InStep{std::max(factor.next(), **found + 2), 0});
}

} // namespace

Result<PermitSync::Response> execute(Context& context, const PermitSync::Request& request) {
    const auto user = userToAdminister(context, request.account);
    if (!user)
        return user.error();
    const auto changed =
        context.sql.execute("UPDATE accounts SET sync_until = $3 WHERE id = $1 AND organization = $2 "
                            "AND state = 'validated'",
                            {request.account, context.caller.organization, context.now() + kPermission});
    if (changed == 0)
        return makeError(ErrorCode::notFound, "the Organization has no Validated account of this id");
    context.sql.execute("UPDATE hosts SET failures = 0, retry_at = 0 WHERE account = $1", {request.account});
    return PermitSync::Response{};
}

// All of it here, before the savepoint: wrong codes count.
Status authenticate(Context& context, const SyncSecondFactor::Request& request) {
    if (auto shaped = checkEmail(request.email); !shaped)
        return shaped;
    const auto account = accountOf(context, emailKey(request.email), request.host);
    if (!account)
        return notPermitted();
    HostFactor factor(context, *account, request.host);
    if (!factor.enrolled() || !isPermitted(context, *account))
        return notPermitted();
    if (auto patient = factor.checkPatience(); !patient)
        return patient;
    auto inStep = bringInStep(factor, request);
    if (!inStep)
        return std::move(inStep).error();
    if (!*inStep)
        return factor.countFailure();
    becomeCaller(context, *account, request.host);
    if (context.caller.disabled)
        return {}; // which the corridor refuses
    factor.accept((*inStep)->next, (*inStep)->oathNext);
    context.sql.execute("UPDATE accounts SET sync_until = 0 WHERE id = $1", {*account});
    return {};
}

Result<SyncSecondFactor::Response> execute(Context& context, const SyncSecondFactor::Request&) {
    return SyncSecondFactor::Response{HostFactor(context, context.caller.account, context.caller.host).next()};
}

Result<UseOathToken::Response> execute(Context& context, const UseOathToken::Request& request) {
    if (request.digits < kLeastDigits || request.digits > kMostDigits || request.firstCounter > kHighestTokenCounter)
        return makeError(ErrorCode::invalidInput,
                         "a token gives codes of 6 to 8 digits, and has counted to 2^53 at most");
    const Caller& caller = context.caller;
    const auto found =
        findCodes(request.secret, static_cast<int>(request.digits), request.firstCounter, kLookAhead, {request.code});
    if (!found)
        return makeError(ErrorCode::secondFactorRefused, "the code is none of the token's next ten; press the token "
                                                         "again, and give its counter if it is not new");
    putOathToken(context, caller.account, caller.host, {request.secret, request.digits, *found + 1});
    return UseOathToken::Response{};
}

} // namespace ssprotect::kodiac
