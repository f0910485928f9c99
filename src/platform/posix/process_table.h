#pragma once

#include "ssprotect/platform/process.h"

#include <optional>
#include <string>
#include <string_view>
#include <sys/types.h>
#include <vector>

/// What /proc says of other processes. A process may be gone at any moment: then there is no answer.
namespace ssprotect::platform {

struct ProcessRow {
    pid_t id = 0;
    pid_t parent = 0;
    pid_t session = 0;
    std::uint64_t startedAt = 0;
    bool dead = false; ///< ended, but not yet collected by its parent

    ProcessIdentity identity() const { return {static_cast<std::uint64_t>(id), startedAt}; }
};

/// An Error when the system does not show its processes.
Result<std::vector<pid_t>> processIds();
std::optional<ProcessRow> processRow(pid_t id);
/// `/proc/<id>/<name>`
std::string processPath(pid_t id, std::string_view name);
/// Whether we may look into it: it is this user's and not hidden from its own user.
bool belongsToUs(pid_t id);
/// The first `limit` bytes.
std::optional<std::string> readProcessFile(const std::string& path, std::size_t limit = std::size_t{4} << 20);
/// Where a link of /proc points; empty when it cannot be read.
std::string linkTarget(const std::string& path);
/// Whether the process was started with exactly this NAME=value.
bool hasEnvironment(pid_t id, std::string_view assignment);

} // namespace ssprotect::platform
