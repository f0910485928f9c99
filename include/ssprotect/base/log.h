#pragma once

#include "ssprotect/base/result.h"

#include <filesystem>
#include <memory>
#include <string_view>

namespace spdlog {
class logger;
}

namespace ssprotect {

/// Handed to constructors by reference; who writes lines includes <spdlog/logger.h> (it is slow to compile).
/// Rule: above debug level no path, file
/// name, key, password or content is written; log an Error by its word.
using Log = spdlog::logger;

/// A rotating file (5 × 1 MiB, mode 0600 on POSIX), flushed at warnings.
std::shared_ptr<Log> makeFileLog(const std::filesystem::path& file, bool debug);
/// For a daemon: stderr, one JSON object (RFC 8259) a line with `time`, `level` and `event`. Of a message like
/// "request operation=file.open ms=3" each word with `=` becomes a member of its own, a number where it is one; the
/// words before it are the event.
std::shared_ptr<Log> makeJsonLog();
/// `debug`, `info`, `warning` or `error`: what is less is not written. `invalid-input` for another word. Any thread.
Status setLogLevel(Log& log, std::string_view level);
/// Writes nothing.
std::shared_ptr<Log> makeNullLog();

} // namespace ssprotect
