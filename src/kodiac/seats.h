#pragma once

#include "context.h"

namespace ssprotect::kodiac {

/// What is true of an account, under the alias s, that has a seat.
constexpr std::string_view kHasSeat =
    "s.validated IS NOT NULL AND s.state IN ('provisioned', 'registered', 'validated')";

/// ACC-4, LIC-1: a seat is taken at Validation and free again when the account is dismissed or removed. An account
/// whose password was reset keeps it while it registers anew.
std::uint32_t seatsUsed(Context& context, const OrganizationId& organization);

/// `no-seat` when all are taken. The Organization must be locked.
Status checkSeatFree(Context& context, const OrganizationId& organization);

} // namespace ssprotect::kodiac
