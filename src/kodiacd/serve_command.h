#pragma once

#include "kodiac_access.h"

namespace ssprotect::kodiacd {

struct ServeOptions {
    CommonOptions common;
    // In the place of what is configured:
    std::optional<std::string> listen;
    std::optional<std::string> mailFolder;
    std::optional<std::string> smtp;
    std::optional<std::string> logLevel;
    std::optional<std::string> portFile; ///< gets the number of the port once the daemon serves
};

/// `serve`: until SIGTERM or SIGINT. SIGHUP reads certificates and log level again. No other thread may run yet.
Status serve(const Environment& environment, const ServeOptions& options);

} // namespace ssprotect::kodiacd
