#pragma once

#include "ssprotect/store/database.h"

namespace ssprotect::session {

/// The column `status` of the table `chains`.
enum class ChainStatus { seen = 0, listed = 1, released = 2 };

/// host.db. Paths are BLOBs: names of files need not be UTF-8.
store::Schema hostSchema();

} // namespace ssprotect::session
