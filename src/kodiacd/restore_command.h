#pragma once

#include "kodiac_access.h"

#include <string>

namespace ssprotect::kodiacd {

/// `restore`: a data folder and a database as a backup has them. Neither may hold anything yet; the database lies where
/// the backup's configuration or `--database` says. Share epochs rise, sessions end and hosts enrol anew
/// (Authority::afterRestore). Prints the CA's file.
Status restoreBackup(const Environment& environment, const CommonOptions& options, const std::string& file);

} // namespace ssprotect::kodiacd
