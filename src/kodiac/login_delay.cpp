#include "login_delay.h"

#include <algorithm>

namespace ssprotect::kodiac {
namespace {

constexpr std::int64_t kFreeFailures = 3;
constexpr Duration kFirstWait = std::chrono::seconds(1);
constexpr Duration kLongestWait = std::chrono::minutes(1);
constexpr Duration kForgotten = std::chrono::hours(24);

Duration waitAfter(std::int64_t failures) {
    if (failures <= kFreeFailures)
        return Duration{0};
    const auto doublings = std::min<std::int64_t>(failures - kFreeFailures - 1, 16);
    return std::min(kFirstWait * (std::int64_t{1} << doublings), kLongestWait);
}

} // namespace

// The e-mail is hashed, so that typing errors of strangers are no list of addresses.
LoginDelay::LoginDelay(Context& context, std::string_view emailKey, const std::optional<HostId>& provenHost)
    : context_(context), who_(crypto::hmac(crypto::HashAlgorithm::sha256, context.services.serverSecret,
                                           {viewOf("ssprotect/kodiac/delay/v1"), provenHost.value_or(HostId{}).bytes(),
                                            viewOf(emailKey)})) {
    // Locked, there or not, until the attempt ends: of many at once each sees what became of those before it.
    context_.sql.post("INSERT INTO login_delays (who, failures, retry_at) VALUES ($1, 0, 0) ON CONFLICT DO NOTHING",
                      {who_});
    const auto row = context_.sql.one("SELECT failures, retry_at FROM login_delays WHERE who = $1 FOR UPDATE", {who_});
    if (row) {
        failures_ = row->get<std::int64_t>(0);
        retryAt_ = row->get<TimePoint>(1);
    }
}

std::int64_t LoginDelay::secondsLeft() const {
    return std::max<std::int64_t>(0, std::chrono::ceil<std::chrono::seconds>(retryAt_ - context_.now()).count());
}

Status LoginDelay::check() const {
    const auto left = secondsLeft();
    if (left == 0)
        return {};
    return makeError(ErrorCode::loginFailed,
                     "too many wrong passwords; try again in " + std::to_string(left) + " seconds");
}

void LoginDelay::countFailure() {
    ++failures_;
    context_.sql.execute("INSERT INTO login_delays (who, failures, retry_at) VALUES ($1, $2, $3) "
                         "ON CONFLICT (who) DO UPDATE SET failures = excluded.failures, retry_at = excluded.retry_at",
                         {who_, failures_, context_.now() + waitAfter(failures_)});
    context_.sql.execute("DELETE FROM login_delays WHERE retry_at < $1", {context_.now() - kForgotten});
}

void LoginDelay::forget() { context_.sql.execute("DELETE FROM login_delays WHERE who = $1", {who_}); }

} // namespace ssprotect::kodiac
