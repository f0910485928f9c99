#pragma once

#include "ssprotect/base/json.h"
#include "ssprotect/base/result.h"

#include <string>
#include <vector>

namespace ssprotect::cli {

/// One KODiAC as a person names it; no address: the embedded one.
struct ServerOptions {
    std::vector<std::string> urls;    ///< https://HOST[:PORT]
    std::vector<std::string> caFiles; ///< PEM
};

/// Adds `servers` and `pins` (the certificates themselves) to the parameters of a call. `usage` when one is given
/// without the other, `not-found` for a file that is not there.
Status addServer(Json& params, const ServerOptions& server);

} // namespace ssprotect::cli
