#pragma once

#include "ssprotect/session/environment.h"

#include <array>
#include <string_view>

namespace ssprotect::session {

/// What lies in the folder of the embedded KODiAC, and in a backup of it.
constexpr std::string_view kKodiacDatabase = "kodiac.db";
constexpr std::string_view kMasterKey = "master.key"; ///< a secret file
constexpr std::uint64_t kMasterKeyFileLimit = 32;

/// A restore builds the new folder under the first name and gives it the second once it is whole.
inline platform::Path restoringFolder(const HomeLayout& layout) { return layout.home / "kodiac.restoring"; }
inline platform::Path restoredFolder(const HomeLayout& layout) { return layout.home / "kodiac.restored"; }

/// Puts a whole restored folder in its place and takes a half one away; after a crash the same. Gives where the KODiAC
/// that was there before lies now, if it was moved by this call.
Result<std::optional<platform::Path>> settleRestore(const Environment& environment, const HomeLayout& layout);

} // namespace ssprotect::session
