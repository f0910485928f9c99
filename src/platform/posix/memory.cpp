#include "ssprotect/platform/memory.h"

#include "process_table.h"

#include <charconv>
#include <unistd.h>

namespace ssprotect::platform {
namespace {

/// "VmRSS:	    1234 kB"
std::optional<std::uint64_t> kibibytesOf(std::string_view status, std::string_view name) {
    const auto line = status.find(name);
    if (line == std::string_view::npos)
        return std::nullopt;
    std::string_view number = status.substr(line + name.size());
    number.remove_prefix(std::min(number.find_first_of("0123456789"), number.size()));
    std::uint64_t value = 0;
    if (std::from_chars(number.data(), number.data() + number.size(), value).ec != std::errc{})
        return std::nullopt;
    return value;
}

} // namespace

Result<MemoryUse> memoryUse() {
    constexpr std::uint64_t kKibibyte = 1024;
    const auto status = readProcessFile(processPath(::getpid(), "status"));
    const auto resident = status ? kibibytesOf(*status, "VmRSS:") : std::nullopt;
    const auto peak = status ? kibibytesOf(*status, "VmHWM:") : std::nullopt;
    if (!resident || !peak)
        return makeError(ErrorCode::ioError, "/proc does not tell this process's memory; mount it");
    return MemoryUse{*resident * kKibibyte, *peak * kKibibyte};
}

} // namespace ssprotect::platform
