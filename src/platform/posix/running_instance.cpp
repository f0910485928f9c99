#include "running_instance.h"

#include "process_table.h"
#include "program_launch.h"

#include <algorithm>
#include <array>
#include <dirent.h>
#include <fstream>
#include <sys/stat.h>
#include <unistd.h>

namespace ssprotect::platform {
namespace {

/// How a process of the same program looks: its executable, or for scripts what they run.
struct Likeness {
    Path executable; ///< links resolved; empty if only the script counts
    Path script;     ///< what an interpreter runs; empty for others
    Path ownFolder;  ///< where only this program's parts lie; empty for a folder of all programs
};

/// Many programs run as these; which one, their first argument that is no option says.
bool isInterpreter(const Path& executable) {
    constexpr std::array<std::string_view, 11> kNames{"sh",   "dash", "bash", "env",  "python", "perl",
                                                      "ruby", "node", "java", "snap", "flatpak"};
    const std::string name = executable.filename();
    return std::any_of(kNames.begin(), kNames.end(), [&](std::string_view known) {
        return name.starts_with(known) && name.find_first_not_of("0123456789.", known.size()) == std::string::npos;
    });
}

Path scriptOf(const std::vector<std::string>& command) {
    const auto script = std::find_if(command.begin() + 1, command.end(),
                                     [](const std::string& argument) { return !argument.starts_with('-'); });
    std::error_code fault;
    return script == command.end() ? Path() : std::filesystem::canonical(*script, fault);
}

bool isSharedFolder(const Path& folder) {
    constexpr std::array<std::string_view, 8> kShared{"/bin",      "/usr/bin",        "/usr/local/bin", "/sbin",
                                                      "/usr/sbin", "/usr/local/sbin", "/usr/games",     "/opt/bin"};
    return std::find(kShared.begin(), kShared.end(), folder.native()) != kShared.end() || folder.filename() == "bin";
}

bool startsWithHashBang(const Path& file) {
    std::ifstream stream(file, std::ios::binary);
    std::array<char, 2> start{};
    return stream.read(start.data(), start.size()) && start[0] == '#' && start[1] == '!';
}

std::optional<Likeness> likenessOf(const std::vector<std::string>& command) {
    if (command.empty())
        return std::nullopt;
    const auto program = programFile(command.front());
    if (!program)
        return std::nullopt;
    std::error_code fault;
    const Path executable = std::filesystem::canonical(*program, fault);
    if (fault)
        return std::nullopt;
    if (isInterpreter(executable)) {
        const Path script = scriptOf(command);
        return script.empty() ? std::nullopt : std::optional<Likeness>({{}, script, {}});
    }
    const Path folder = executable.parent_path();
    return Likeness{executable, startsWithHashBang(executable) ? executable : Path(),
                    isSharedFolder(folder) ? Path() : folder};
}

/// Whether both names lead to one file. One system call a name: this is asked for every argument of every process.
bool sameFile(const std::string& name, const struct stat& file) {
    struct stat other {};
    return ::stat(name.c_str(), &other) == 0 && other.st_dev == file.st_dev && other.st_ino == file.st_ino;
}

/// An interpreter shows the script among its first arguments.
bool interprets(pid_t process, const Path& script) {
    struct stat file {};
    if (::stat(script.c_str(), &file) != 0)
        return false;
    const auto arguments = readProcessFile(processPath(process, "cmdline"));
    constexpr int kInterpreterArguments = 4;
    std::string_view rest = arguments ? std::string_view(*arguments) : std::string_view();
    for (int i = 0; i < kInterpreterArguments && !rest.empty(); ++i) {
        const std::string_view argument = rest.substr(0, rest.find('\0'));
        if (argument.starts_with('/') && sameFile(std::string(argument), file))
            return true;
        rest.remove_prefix(std::min(argument.size() + 1, rest.size()));
    }
    return false;
}

bool resembles(pid_t process, const Likeness& likeness) {
    const Path executable = linkTarget(processPath(process, "exe"));
    if (executable.empty())
        return false;
    if (executable == likeness.executable)
        return true;
    // Programs that a script in their folder starts (office suites): the script has ended, they run on.
    if (!likeness.ownFolder.empty() && executable.parent_path() == likeness.ownFolder)
        return true;
    return !likeness.script.empty() && interprets(process, likeness.script);
}

bool talksToOthers(pid_t process) {
    const std::string descriptors = processPath(process, "fd");
    const std::unique_ptr<DIR, decltype([](DIR* folder) { ::closedir(folder); })> folder(
        ::opendir(descriptors.c_str()));
    if (!folder)
        return false;
    while (const struct dirent* entry = ::readdir(folder.get()))
        if (linkTarget(descriptors + "/" + entry->d_name).starts_with("socket:"))
            return true;
    return false;
}

} // namespace

std::optional<ProcessIdentity> oldestInstanceOf(const std::vector<std::string>& command) {
    const auto likeness = likenessOf(command);
    const auto ids = processIds();
    if (!likeness || !ids)
        return std::nullopt;
    std::optional<ProcessIdentity> oldest;
    for (const pid_t id : *ids) {
        if (id == ::getpid() || !belongsToUs(id) || !resembles(id, *likeness) || !talksToOthers(id))
            continue;
        const auto row = processRow(id);
        if (row && !row->dead && (!oldest || row->startedAt < oldest->startedAt))
            oldest = row->identity();
    }
    return oldest;
}

} // namespace ssprotect::platform
