#include "second_factor.h"

#include "operation_table.h"
#include "reply_cache.h"
#include "ssprotect/twofactor/hotp.h"
#include "wire_limits.h"

#include <algorithm>
#include <limits>

namespace ssprotect::kodiac {
namespace {

constexpr std::string_view kSecretKind = "hotp";
constexpr int kDigits = 8;
constexpr std::uint64_t kLookAhead = 10;
constexpr std::int64_t kFailuresBeforeThrottling = 10;
constexpr Duration kFirstWait = std::chrono::seconds(30);
constexpr Duration kLongestWait = std::chrono::hours(1);

struct HostRow {
    std::optional<Bytes> sealed;
    std::uint64_t next = 0; ///< the lowest counter that is accepted; 0: no code was ever seen
    std::int64_t failures = 0;
    TimePoint retryAt{};

    bool proven() const { return sealed && next > 0; }
};

constexpr std::string_view kHostRow =
    "SELECT sealed, next_counter, failures, retry_at FROM hosts WHERE account = $1 AND host = $2";
// Until the operation ends, so that of one request sent twice the second finds the reply to the first.
constexpr std::string_view kLockedHostRow =
    "SELECT sealed, next_counter, failures, retry_at FROM hosts WHERE account = $1 AND host = $2 FOR UPDATE";

HostRow hostRow(Context& context, std::string_view sql, const AccountId& account, const HostId& host) {
    const auto row = context.sql.one(sql, {account, host});
    if (!row)
        return {};
    return {row->get<std::optional<Bytes>>(0), row->get<std::uint64_t>(1), row->get<std::int64_t>(2),
            row->get<TimePoint>(3)};
}

Bytes whose(const AccountId& account, const HostId& host) {
    Bytes bytes = copyOf(account.bytes());
    append(bytes, host.bytes());
    return bytes;
}

Error refused(std::string why) { return makeError(ErrorCode::secondFactorRefused, std::move(why)); }

Error throttled(Duration wait) {
    const auto seconds = std::chrono::ceil<std::chrono::seconds>(wait).count();
    return makeError(ErrorCode::secondFactorThrottled,
                     "too many wrong codes; try again in " + std::to_string(seconds) + " seconds");
}

Duration waitAfter(std::int64_t failures) {
    const auto doublings = std::clamp<std::int64_t>(failures - kFailuresBeforeThrottling, 0, 16);
    return std::min(kFirstWait * (std::int64_t{1} << doublings), kLongestWait);
}

/// The HOTP check of one call; the code belongs to `caller`'s host.
class HotpCheck {
public:
    HotpCheck(Context& context, HostRow row) : context_(context), row_(std::move(row)) {}

    Result<Factor> run(const crypto::Sha256Digest& hash) {
        const std::uint64_t counter = context_.call.counter;
        if (row_.failures >= kFailuresBeforeThrottling && context_.now() < row_.retryAt)
            return throttled(row_.retryAt - context_.now());
        if (auto window = checkWindow(counter); !window)
            return std::move(window).error();
        const bool again = counter + 1 == row_.next;
        if (again && !isSameRequest(context_, counter, hash))
            return refused("this counter was used for another request");
        if (!again && context_.caller.onlyRepeats)
            return makeError(ErrorCode::notLoggedIn, "the session has ended; log in again");

        auto good = codeIsGood(counter);
        if (!good)
            return std::move(good).error();
        if (!*good)
            return countFailure();
        if (again)
            return Factor::repeated;
        return accept(counter);
    }

private:
    Status checkWindow(std::uint64_t counter) const {
        if (counter + 1 < row_.next)
            return refused("this counter was used before");
        // Unsigned, so that a counter near the end of its range cannot wrap into the window.
        if (counter >= row_.next && counter - row_.next >= kLookAhead)
            return refused("this counter is too far ahead; the second factor of this host must be enrolled anew");
        return {};
    }

    Result<bool> codeIsGood(std::uint64_t counter) const {
        const auto& caller = context_.caller;
        auto secret = context_.services.atRest.open(kSecretKind, whose(caller.account, caller.host), *row_.sealed);
        if (!secret)
            return std::move(secret).error();
        const std::string expected = twofactor::hotpCode(*secret, counter, kDigits);
        return crypto::equalSecrets(viewOf(expected), viewOf(context_.call.code));
    }

    Error countFailure() {
        const auto failures = row_.failures + 1;
        context_.sql.post(
            "UPDATE hosts SET failures = $3, retry_at = $4 WHERE account = $1 AND host = $2",
            {context_.caller.account, context_.caller.host, failures, context_.now() + waitAfter(failures)});
        return refused("the code of the second factor is wrong");
    }

    Result<Factor> accept(std::uint64_t counter) {
        // The condition decides: of two requests with one counter, one changes the row.
        const auto changed =
            context_.sql.execute("UPDATE hosts SET next_counter = $4, failures = 0 "
                                 "WHERE account = $1 AND host = $2 AND next_counter = $3",
                                 {context_.caller.account, context_.caller.host, row_.next, counter + 1});
        if (changed == 0)
            return refused("this counter was used before");
        return Factor::accepted;
    }

    Context& context_;
    HostRow row_;
};

} // namespace

Result<Factor> checkSecondFactor(Context& context, const Operation& operation, const crypto::Sha256Digest& hash) {
    const Caller& caller = context.caller;
    if (operation.code == CodeRule::never)
        return Factor::none;
    HostRow row = hostRow(context, kLockedHostRow, caller.account, caller.host);
    const bool given = !context.call.code.empty() && row.sealed;
    if (given)
        return HotpCheck(context, std::move(row)).run(hash);
    // A secret that no code has proved may never have reached its host: it is not held against it.
    if (operation.beforeEnrolment && !row.proven() && !caller.secondFactorAtLogin && !caller.onlyRepeats)
        return Factor::none;
    if (caller.onlyRepeats)
        return makeError(ErrorCode::notLoggedIn, "the session has ended; log in again");
    if (row.sealed)
        return makeError(ErrorCode::secondFactorMissing, "this operation needs a code of the second factor");
    return makeError(ErrorCode::secondFactorMissing, "this host has no second factor; enrol it with the exported keys");
}

crypto::SecretBytes enrolSecondFactor(Context& context, const AccountId& account, const HostId& host) {
    auto secret = drawSecret(context, wire::kHotpSecretSize);
    context.sql.execute("UPDATE hosts SET sealed = $3, next_counter = 0, failures = 0, retry_at = 0 "
                        "WHERE account = $1 AND host = $2",
                        {account, host, context.services.atRest.seal(kSecretKind, whose(account, host), secret)});
    return secret;
}

void voidSecondFactors(Context& context, const AccountId& account) {
    context.sql.execute("UPDATE hosts SET sealed = NULL, next_counter = 0, failures = 0, retry_at = 0 "
                        "WHERE account = $1",
                        {account});
    context.sql.execute("DELETE FROM replies WHERE account = $1", {account});
}

bool hasProvenSecondFactor(Context& context, const AccountId& account, const HostId& host) {
    return hostRow(context, kHostRow, account, host).proven();
}

} // namespace ssprotect::kodiac
