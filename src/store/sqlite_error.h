#pragma once

#include "ssprotect/base/error.h"

#include <string_view>

namespace ssprotect::store {

/// A result code of SQLite as our word and what to do about it; `label` is how messages call the database.
Error sqliteError(int code, std::string_view label, std::string_view detail);

} // namespace ssprotect::store
