#pragma once

#include "ssprotect/base/clock.h"

#include <string>

namespace ssprotect::session {

/// 20260131T081500Z: for names of files, sorts by time.
std::string compactTime(TimePoint time);

} // namespace ssprotect::session
