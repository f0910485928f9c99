#pragma once

#include "ssprotect/base/clock.h"
#include "ssprotect/kodiac/kodiac.h"

namespace ssprotect::kodiac::http {

/// How long the caller wants to wait for the first row of news; zero for any other call.
Duration patienceOf(const Call& call);

/// Whether the answer holds no row.
bool hasNoNews(const Reply& reply);

} // namespace ssprotect::kodiac::http
