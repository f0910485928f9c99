#pragma once

#include "data_folder.h"

#include <string>
#include <vector>

/// What a backup holds, as names in its archive.
namespace ssprotect::kodiacd::backup {

constexpr const char* kDatabase = "kodiac.db"; ///< a snapshot, SQLite whatever the engine is
constexpr const char* kMasterKey = "master.key";

/// The files of a data folder that it takes as they are, under their own names; some need not be there.
inline std::vector<platform::Path> ownFiles(const DataFolder& folder) {
    return {folder.configuration(),    folder.caCertificate(),     folder.caKey(),           folder.serverKey(),
            folder.databasePassword(), folder.nextCaCertificate(), folder.nextCaSignature(), folder.nextCaKey()};
}

} // namespace ssprotect::kodiacd::backup
