#pragma once

#include "kodiac_access.h"

#include <string>

namespace ssprotect::kodiacd {

/// `verify`: prints a line for each kind of fault, `data-damaged` if there is any; else says that it is sound.
Status verify(const Environment& environment, const CommonOptions& options);

/// `migrate`: everything in one database into an empty one. No daemon serves either meanwhile. An option `from` that is
/// empty: the configured database.
Status migrate(const Environment& environment, const CommonOptions& options, const std::string& from,
               const std::string& to);

/// `ca next`: prints the file of the CA that will follow. `ca switch`: prints the file of the one that did.
Status announceAuthority(const Environment& environment, const CommonOptions& options);
Status changeAuthority(const Environment& environment, const CommonOptions& options);

} // namespace ssprotect::kodiacd
