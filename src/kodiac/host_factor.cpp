#include "host_factor.h"

#include "ssprotect/twofactor/hotp.h"

#include <algorithm>

namespace ssprotect::kodiac {
namespace {

constexpr std::string_view kSecretKind = "hotp";
constexpr int kSoftwareDigits = 8;
constexpr int kLeastDigits = 6;
constexpr int kMostDigits = 8;
constexpr std::int64_t kFailuresBeforeThrottling = 10;
constexpr Duration kFirstWait = std::chrono::seconds(30);
constexpr Duration kLongestWait = std::chrono::hours(1);

Bytes whose(const AccountId& account, const HostId& host) {
    Bytes bytes = copyOf(account.bytes());
    append(bytes, host.bytes());
    return bytes;
}

Duration waitAfter(std::int64_t failures) {
    const auto doublings = std::clamp<std::int64_t>(failures - kFailuresBeforeThrottling, 0, 16);
    return std::min(kFirstWait * (std::int64_t{1} << doublings), kLongestWait);
}

} // namespace

std::optional<std::uint64_t> findCodes(const crypto::SecretBytes& secret, int digits, std::uint64_t first,
                                       std::uint64_t count, std::initializer_list<std::string_view> codes) {
    const auto fits = [&](std::uint64_t counter) {
        return std::all_of(codes.begin(), codes.end(), [&](std::string_view code) {
            return crypto::equalSecrets(viewOf(twofactor::hotpCode(secret, counter++, digits)), viewOf(code));
        });
    };
    for (std::uint64_t counter = first; counter - first < count; ++counter)
        if (fits(counter))
            return counter;
    return std::nullopt;
}

HostFactor::HostFactor(Context& context, const AccountId& account, const HostId& host)
    : context_(context), account_(account), host_(host) {
    const auto row = context.sql.one("SELECT sealed, next_counter, failures, retry_at, oath, digits, oath_next, "
                                     "own_sealed "
                                     "FROM hosts WHERE account = $1 AND host = $2 FOR UPDATE",
                                     {account, host});
    if (!row)
        return;
    sealed_ = row->get<std::optional<Bytes>>(0);
    next_ = row->get<std::uint64_t>(1);
    failures_ = row->get<std::int64_t>(2);
    retryAt_ = row->get<TimePoint>(3);
    oath_ = row->get<bool>(4);
    digits_ = row->get<int>(5);
    oathNext_ = row->get<std::uint64_t>(6);
    ownSealed_ = row->get<std::optional<Bytes>>(7);
}

Status HostFactor::checkPatience() const {
    if (failures_ < kFailuresBeforeThrottling || context_.now() >= retryAt_)
        return {};
    const auto seconds = std::chrono::ceil<std::chrono::seconds>(retryAt_ - context_.now()).count();
    return makeError(ErrorCode::secondFactorThrottled,
                     "too many wrong codes; try again in " + std::to_string(seconds) + " seconds");
}

Result<std::optional<std::uint64_t>> HostFactor::find(std::uint64_t first, std::uint64_t count,
                                                      std::initializer_list<std::string_view> codes) const {
    // Nothing was read of a host when the database fails on the way.
    auto secret = context_.services.atRest.open(kSecretKind, whose(account_, host_), sealed_.value_or(Bytes()));
    if (!secret)
        return std::move(secret).error();
    if (digits_ < kLeastDigits || digits_ > kMostDigits)
        return makeError(ErrorCode::dataDamaged, "a second factor in KODiAC's database is damaged");
    return findCodes(*secret, digits_, first, count, codes);
}

Result<bool> HostFactor::isOfOwnSecret(std::uint64_t counter, std::string_view code) const {
    if (!ownSealed_)
        return false;
    auto secret = context_.services.atRest.open(kSecretKind, whose(account_, host_), *ownSealed_);
    if (!secret)
        return std::move(secret).error();
    return findCodes(*secret, kSoftwareDigits, counter, 1, {code}).has_value();
}

Error HostFactor::countFailure() {
    ++failures_;
    context_.sql.post("UPDATE hosts SET failures = $3, retry_at = $4 WHERE account = $1 AND host = $2",
                      {account_, host_, failures_, context_.now() + waitAfter(failures_)});
    return makeError(ErrorCode::secondFactorRefused, "the code of the second factor is wrong");
}

bool HostFactor::accept(std::uint64_t next, std::uint64_t oathNext) {
    // The condition decides: of two requests with one counter, one changes the row.
    return context_.sql.execute("UPDATE hosts SET next_counter = $4, oath_next = $6, failures = 0, retry_at = 0 "
                                "WHERE account = $1 AND host = $2 AND next_counter = $3 AND oath_next = $5",
                                {account_, host_, next_, next, oathNext_, oathNext}) > 0;
}

void putOathToken(Context& context, const AccountId& account, const HostId& host, const OathToken& token) {
    context.sql.execute("UPDATE hosts SET own_sealed = CASE WHEN oath = 0 THEN sealed ELSE own_sealed END, "
                        "sealed = $3, oath = 1, digits = $4, oath_next = $5, failures = 0, retry_at = 0 WHERE account "
                        "= $1 AND host = $2",
                        {account, host, context.services.atRest.seal(kSecretKind, whose(account, host), token.secret),
                         token.digits, token.next});
}

void putSoftwareSecret(Context& context, const AccountId& account, const HostId& host,
                       const crypto::SecretBytes& secret) {
    context.sql.execute(
        "UPDATE hosts SET sealed = $3, own_sealed = NULL, next_counter = 0, failures = 0, retry_at = 0, oath = 0, "
        "digits = $4, oath_next = 0, removed = NULL WHERE account = $1 AND host = $2",
        {account, host, context.services.atRest.seal(kSecretKind, whose(account, host), secret), kSoftwareDigits});
}

bool isProven(Context& context, const AccountId& account, const HostId& host) {
    return context.sql
        .one("SELECT 1 FROM hosts WHERE account = $1 AND host = $2 AND sealed IS NOT NULL AND next_counter > 0",
             {account, host})
        .has_value();
}

} // namespace ssprotect::kodiac
