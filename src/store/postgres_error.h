#pragma once

#include "ssprotect/base/error.h"

#include <string_view>

namespace ssprotect::store {

/// A SQLSTATE as our word and what to do about it; `label` is how messages call the database, `detail` the server's
/// primary message. An empty state stands for a connection that is lost.
Error postgresError(std::string_view state, std::string_view label, std::string_view detail);

} // namespace ssprotect::store
