#include "process_table.h"

#include "descriptor.h"
#include "system_error.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <dirent.h>
#include <fcntl.h>
#include <sstream>
#include <sys/stat.h>

#include <climits>

namespace ssprotect::platform {

Result<std::vector<pid_t>> processIds() {
    const std::unique_ptr<DIR, decltype([](DIR* folder) { ::closedir(folder); })> folder(::opendir("/proc"));
    if (!folder)
        return fileError(errno, "list the processes in", "/proc");
    std::vector<pid_t> ids;
    while (const struct dirent* entry = ::readdir(folder.get())) {
        const std::string_view name = entry->d_name;
        pid_t id = 0;
        const auto [end, fault] = std::from_chars(name.data(), name.data() + name.size(), id);
        if (fault == std::errc{} && end == name.data() + name.size())
            ids.push_back(id);
    }
    if (ids.empty())
        return makeError(ErrorCode::ioError, "/proc shows no processes; mount it");
    return ids;
}

std::string processPath(pid_t id, std::string_view name) {
    return "/proc/" + std::to_string(id) + "/" + std::string(name);
}

std::optional<std::string> readProcessFile(const std::string& path, std::size_t limit) {
    const Descriptor file(uninterrupted([&] { return ::open(path.c_str(), O_RDONLY | O_CLOEXEC); }));
    if (!file)
        return std::nullopt;
    std::string content;
    std::array<char, 16384> part{};
    while (content.size() < limit) {
        const auto got = uninterrupted([&] { return ::read(file.get(), part.data(), part.size()); });
        if (got < 0)
            return std::nullopt;
        if (got == 0)
            break;
        content.append(part.data(), static_cast<std::size_t>(got));
    }
    return content;
}

std::optional<ProcessRow> processRow(pid_t id) {
    const auto stat = readProcessFile(processPath(id, "stat"));
    if (!stat)
        return std::nullopt;
    // "id (name) state parent group session …": the name may hold anything, parentheses too.
    const auto nameEnd = stat->rfind(')');
    if (nameEnd == std::string::npos)
        return std::nullopt;
    std::istringstream fields(stat->substr(nameEnd + 1));
    ProcessRow row;
    char state = 0;
    std::int64_t ignored = 0;
    pid_t group = 0;
    fields >> state >> row.parent >> group >> row.session;
    constexpr int kBetweenSessionAndStart = 15;
    for (int i = 0; i < kBetweenSessionAndStart; ++i)
        fields >> ignored;
    fields >> row.startedAt;
    if (!fields)
        return std::nullopt;
    row.id = id;
    row.dead = state == 'Z' || state == 'X';
    return row;
}

bool belongsToUs(pid_t id) {
    struct stat status {};
    return ::stat(processPath(id, "").c_str(), &status) == 0 && status.st_uid == ::geteuid();
}

std::string linkTarget(const std::string& path) {
    std::array<char, PATH_MAX> target{};
    const auto length = ::readlink(path.c_str(), target.data(), target.size());
    return length < 0 ? std::string() : std::string(target.data(), static_cast<std::size_t>(length));
}

bool hasEnvironment(pid_t id, std::string_view assignment) {
    const auto environment = readProcessFile(processPath(id, "environ"));
    if (!environment)
        return false;
    for (std::string_view rest = *environment; !rest.empty();) {
        const auto end = rest.find('\0');
        if (rest.substr(0, end) == assignment)
            return true;
        if (end == std::string_view::npos)
            break;
        rest.remove_prefix(end + 1);
    }
    return false;
}

} // namespace ssprotect::platform
