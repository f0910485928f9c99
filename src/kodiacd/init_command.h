#pragma once

#include "kodiac_access.h"

#include <string>
#include <vector>

namespace ssprotect::kodiacd {

struct InitOptions {
    CommonOptions common;
    std::vector<std::string> hosts; ///< names and addresses of this server
    std::optional<std::string> masterKey;
    std::optional<std::string> listen;
    bool individuals = false;      ///< anybody may make an Individual Account here
    bool renewCertificate = false; ///< only a new server certificate, in a folder that is there
};

/// `init`: data folder, CA, server certificate, master key, database, configuration. Prints the CA's file. A folder
/// with a KODiAC is `already-exists`; what an interrupted init left is completed.
Status initialize(const Environment& environment, const InitOptions& options);

} // namespace ssprotect::kodiacd
