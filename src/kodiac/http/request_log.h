#pragma once

#include "ssprotect/base/clock.h"
#include "ssprotect/base/log.h"

#include <string>
#include <string_view>

namespace ssprotect::kodiac::http {

struct RequestLine {
    std::string_view operation; ///< "-" when there is none
    std::string_view result;    ///< "ok" or a word
    int status = 0;
    Duration took{};
    std::size_t bytesIn = 0;
    std::size_t bytesOut = 0;
    const std::string& address; ///< written at debug level only
};

/// One line for one request.
void logRequest(Log& log, const RequestLine& line);
void logConnectionRefused(Log& log, const std::string& address);
void logStopped(Log& log, bool inTime);

} // namespace ssprotect::kodiac::http
