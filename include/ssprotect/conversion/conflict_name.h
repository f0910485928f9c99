#pragma once

#include "ssprotect/base/clock.h"
#include "ssprotect/platform/file_system.h"

#include <string_view>

namespace ssprotect::conversion {

/// PROT-7: `name (conflict, account, date).ext` beside `target`; with `number` > 1 the date is followed by it. The
/// stem is shortened at a character's end where the name would pass 255 bytes; characters that no
/// file name may have on one of our systems become '_'.
platform::Path conflictName(const platform::Path& target, std::string_view account, TimePoint at, unsigned number = 1);

/// Gives `from` the first free conflict name of `target`, without overwriting anything. The caller
/// syncs the folder.
Result<platform::Path> moveToConflictName(platform::FileSystem& files, const platform::Path& from,
                                          const platform::Path& target, std::string_view account, TimePoint at);

} // namespace ssprotect::conversion
