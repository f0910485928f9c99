#pragma once

#include "ssprotect/store/database.h"

namespace ssprotect::session {

/// host.db. Paths are BLOBs: names of files need not be UTF-8.
store::Schema hostSchema();

} // namespace ssprotect::session
