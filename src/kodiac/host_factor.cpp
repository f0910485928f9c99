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

HostFactorRow hostFactorOf(const store::Row& row, std::size_t column) {
    HostFactorRow factor;
    factor.sealed = row.get<std::optional<Bytes>>(column);
    factor.next = row.get<std::uint64_t>(column + 1);
    factor.failures = row.get<std::int64_t>(column + 2);
    factor.retryAt = row.get<TimePoint>(column + 3);
    factor.oath = row.get<bool>(column + 4);
    factor.digits = row.get<int>(column + 5);
    factor.oathNext = row.get<std::uint64_t>(column + 6);
    factor.ownSealed = row.get<std::optional<Bytes>>(column + 7);
    return factor;
}

HostFactor::HostFactor(Context& context, const AccountId& account, const HostId& host)
    : context_(context), account_(account), host_(host) {
    static const std::string kSelect =
        "SELECT " + std::string(kHostFactorColumns) + " FROM hosts h WHERE h.account = $1 AND h.host = $2 FOR UPDATE";
    if (const auto row = context.sql.one(kSelect, {account, host}))
        row_ = hostFactorOf(*row, 0);
}

Status HostFactor::checkPatience() const {
    if (row_.failures < kFailuresBeforeThrottling || context_.now() >= row_.retryAt)
        return {};
    const auto seconds = std::chrono::ceil<std::chrono::seconds>(row_.retryAt - context_.now()).count();
    return makeError(ErrorCode::secondFactorThrottled,
                     "too many wrong codes; try again in " + std::to_string(seconds) + " seconds");
}

Result<std::optional<std::uint64_t>> HostFactor::find(std::uint64_t first, std::uint64_t count,
                                                      std::initializer_list<std::string_view> codes) const {
    // Nothing was read of a host when the database fails on the way.
    auto secret = context_.services.atRest.open(kSecretKind, whose(account_, host_), row_.sealed.value_or(Bytes()));
    if (!secret)
        return std::move(secret).error();
    if (row_.digits < kLeastDigits || row_.digits > kMostDigits)
        return makeError(ErrorCode::dataDamaged, "a second factor in KODiAC's database is damaged");
    return findCodes(*secret, row_.digits, first, count, codes);
}

Result<bool> HostFactor::isOfOwnSecret(std::uint64_t counter, std::string_view code) const {
    if (!row_.ownSealed)
        return false;
    auto secret = context_.services.atRest.open(kSecretKind, whose(account_, host_), *row_.ownSealed);
    if (!secret)
        return std::move(secret).error();
    return findCodes(*secret, kSoftwareDigits, counter, 1, {code}).has_value();
}

Error HostFactor::countFailure() {
    ++row_.failures;
    context_.sql.post("UPDATE hosts SET failures = $3, retry_at = $4 WHERE account = $1 AND host = $2",
                      {account_, host_, row_.failures, context_.now() + waitAfter(row_.failures)});
    return makeError(ErrorCode::secondFactorRefused, "the code of the second factor is wrong");
}

void HostFactor::accept(std::uint64_t next, std::uint64_t oathNext) {
    context_.sql.post("UPDATE hosts SET next_counter = $4, oath_next = $6, failures = 0, retry_at = 0 "
                      "WHERE account = $1 AND host = $2 AND next_counter = $3 AND oath_next = $5",
                      {account_, host_, row_.next, next, row_.oathNext, oathNext});
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
