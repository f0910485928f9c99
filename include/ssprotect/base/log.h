#pragma once

#include <filesystem>
#include <memory>

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
/// Writes nothing.
std::shared_ptr<Log> makeNullLog();

} // namespace ssprotect
