#pragma once

#include "ssprotect/store/row.h"

#include <cstdint>
#include <optional>

namespace ssprotect::kodiac {

/// The second factor of one account at one host as it lies in the database.
struct HostFactorRow {
    std::optional<Bytes> sealed; ///< the secret
    std::uint64_t next = 0;      ///< the lowest request counter that is accepted
    std::int64_t failures = 0;
    TimePoint retryAt{};
    bool oath = false; ///< the secret is a token's
    int digits = 0;
    std::uint64_t oathNext = 0;     ///< the lowest counter of the token
    std::optional<Bytes> ownSealed; ///< the secret that the host keeps for itself beside a token
};
/// Of the alias h.
constexpr std::string_view kHostFactorColumns =
    "h.sealed, h.next_counter, h.failures, h.retry_at, h.oath, h.digits, h.oath_next, h.own_sealed";
/// From these columns, the first of them at `column`.
HostFactorRow hostFactorOf(const store::Row& row, std::size_t column);

} // namespace ssprotect::kodiac
