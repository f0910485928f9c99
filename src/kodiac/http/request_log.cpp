#include "request_log.h"

#include <spdlog/logger.h>

namespace ssprotect::kodiac::http {

void logRequest(Log& log, const RequestLine& line) {
    log.info("request operation={} result={} status={} ms={} in={} out={}", line.operation, line.result, line.status,
             line.took.count(), line.bytesIn, line.bytesOut);
    log.debug("request operation={} from={}", line.operation, line.address);
}

void logConnectionRefused(Log& log, const std::string& address) {
    log.warn("connection refused: too many");
    log.debug("connection refused: too many, from={}", address);
}

void logStopped(Log& log, bool inTime) {
    if (inTime)
        log.info("server stopped");
    else
        log.warn("server stopped before all requests were answered");
}

} // namespace ssprotect::kodiac::http
