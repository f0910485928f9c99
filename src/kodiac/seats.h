#pragma once

#include "context.h"

namespace ssprotect::kodiac {

/// ACC-4, LIC-1: a seat is taken at Validation and free again when the account is dismissed or removed. An account
/// whose password was reset keeps it while it registers anew.
std::uint32_t seatsUsed(Context& context, const OrganizationId& organization);

/// `no-seat` when all are taken. The Organization must be locked.
Status checkSeatFree(Context& context, const OrganizationId& organization);

} // namespace ssprotect::kodiac
