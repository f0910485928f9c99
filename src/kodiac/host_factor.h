#pragma once

#include "context.h"

#include <initializer_list>

namespace ssprotect::kodiac {

/// How far a code may be ahead, of requests and of a token's presses (RFC 4226, section 7.4).
constexpr std::uint64_t kLookAhead = 10;

/// The first of `count` counters from `first` on that these codes, one after another, belong to. 6–8 digits.
std::optional<std::uint64_t> findCodes(const crypto::SecretBytes& secret, int digits, std::uint64_t first,
                                       std::uint64_t count, std::initializer_list<std::string_view> codes);

/// The second factor of one account at one host, as KODiAC keeps it. Reading it locks its row: of two requests of one
/// host, on whatever daemons, the second waits for the first, and then sees what became of it.
class HostFactor {
public:
    HostFactor(Context& context, const AccountId& account, const HostId& host);
    /// For a row that was read, and locked, in this transaction.
    HostFactor(Context& context, const AccountId& account, const HostId& host, HostFactorRow row)
        : context_(context), account_(account), host_(host), row_(std::move(row)) {}

    bool enrolled() const { return row_.sealed.has_value(); }    ///< there is a secret
    bool proven() const { return row_.sealed && row_.next > 0; } ///< and a code of it was seen
    bool oath() const { return row_.oath; }                      ///< of a token (TFA-5)
    std::uint64_t next() const { return row_.next; }             ///< the lowest request counter that is accepted
    std::uint64_t oathNext() const { return row_.oathNext; }     ///< the lowest counter of the token

    /// `second-factor-throttled` while it is too early after wrong codes.
    Status checkPatience() const;
    /// As findCodes, of this host's secret. Needs `enrolled`.
    Result<std::optional<std::uint64_t>> find(std::uint64_t first, std::uint64_t count,
                                              std::initializer_list<std::string_view> codes) const;
    /// Whether it is the code of that counter by the secret that the host keeps for itself beside a token.
    Result<bool> isOfOwnSecret(std::uint64_t counter, std::string_view code) const;
    /// Gives `second-factor-refused`.
    Error countFailure();
    /// Everything below these is used up, and failures are forgotten. Nobody was faster: the row is locked.
    void accept(std::uint64_t next, std::uint64_t oathNext);

private:
    Context& context_;
    const AccountId account_;
    const HostId host_;
    HostFactorRow row_;
};

/// The secret of a token.
struct OathToken {
    const crypto::SecretBytes& secret;
    std::uint32_t digits = 6;
    std::uint64_t next = 0; ///< the lowest counter that is accepted
};
/// Puts it in the place of the host's secret, which the host keeps for what it does with nobody at hand; requests go on
/// being numbered as before.
void putOathToken(Context& context, const AccountId& account, const HostId& host, const OathToken& token);
/// Puts a new secret of KODiAC's making in its place, which starts counting anew.
void putSoftwareSecret(Context& context, const AccountId& account, const HostId& host,
                       const crypto::SecretBytes& secret);

/// As HostFactor::proven, without waiting for anybody.
bool isProven(Context& context, const AccountId& account, const HostId& host);

} // namespace ssprotect::kodiac
