#include "file_holders.h"

#include "process_table.h"
#include "system_error.h"

#include <cstdlib>
#include <dirent.h>
#include <set>
#include <sstream>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

namespace ssprotect::platform {
namespace {

using Folder = std::unique_ptr<DIR, decltype([](DIR* folder) { ::closedir(folder); })>;
using Inode = std::pair<std::uint64_t, std::uint64_t>;

/// The device number as /proc prints it in hex.
std::uint64_t kernelDevice(dev_t device) { return static_cast<std::uint64_t>(major(device)) << 20 | minor(device); }

/// The folder and what lies below it, by path and by inode: a sandboxed program has another view of paths.
class Territory {
public:
    static Result<Territory> of(const Path& folder) {
        const std::unique_ptr<char, decltype([](char* text) { std::free(text); })> real(
            ::realpath(systemName(folder), nullptr));
        if (!real)
            return fileError(errno, "see who uses", folder);
        Territory territory(real.get());
        territory.add(real.get());
        return territory;
    }

    /// A path as a link of /proc shows it; of a removed file " (deleted)" follows.
    bool hasPath(std::string_view path) const { return path == root_ || path.starts_with(below_); }

    bool hasName(std::string_view path) const {
        return names_.contains(std::string(path.substr(path.find_last_of('/') + 1)));
    }

    bool hasInode(std::uint64_t device, std::uint64_t number) const { return inodes_.contains({device, number}); }

    /// The list of a process's mappings; they show a line end in a name as \012.
    bool isMappedIn(std::string_view mappings) const { return mappings.find(escaped_) != std::string_view::npos; }

private:
    explicit Territory(std::string root) : root_(std::move(root)), below_(root_ == "/" ? root_ : root_ + "/") {
        for (const char c : below_)
            escaped_ += c == '\n' ? "\\012" : std::string(1, c);
    }

    void add(const std::string& path) {
        struct stat status {};
        if (::lstat(path.c_str(), &status) != 0 || S_ISLNK(status.st_mode))
            return;
        inodes_.emplace(kernelDevice(status.st_dev), status.st_ino);
        const Folder folder(S_ISDIR(status.st_mode) ? ::opendir(path.c_str()) : nullptr);
        if (!folder)
            return;
        while (const struct dirent* entry = ::readdir(folder.get())) {
            const std::string name = entry->d_name;
            if (name == "." || name == "..")
                continue;
            names_.insert(name);
            add(path + "/" + name);
        }
    }

    std::string root_;
    std::string below_;
    std::string escaped_;
    std::set<std::string> names_;
    std::set<Inode> inodes_;
};

/// "inotify wd:1 ino:9e7e sdev:800013 …", a line for each watch.
bool watches(const std::string& descriptorInfo, const Territory& territory) {
    std::istringstream lines(descriptorInfo);
    for (std::string line; std::getline(lines, line);) {
        const auto inodeAt = line.find(" ino:");
        const auto deviceAt = line.find(" sdev:");
        if (!line.starts_with("inotify ") || inodeAt == std::string::npos || deviceAt == std::string::npos)
            continue;
        constexpr int kHex = 16;
        const auto inode = std::strtoull(line.c_str() + inodeAt + 5, nullptr, kHex);
        const auto device = std::strtoull(line.c_str() + deviceAt + 6, nullptr, kHex);
        if (territory.hasInode(device, inode))
            return true;
    }
    return false;
}

bool isHeldBy(const std::string& link, const std::string& info, const Territory& territory) {
    const std::string target = linkTarget(link);
    if (target == "anon_inode:inotify") {
        const auto details = readProcessFile(info);
        return details && watches(*details, territory);
    }
    if (!target.starts_with('/'))
        return false;
    if (territory.hasPath(target))
        return true;
    // Another path to the same file (a bind mount, a sandbox): asked only for equal names, because
    // stat() of everything that is open may wait for dead network shares.
    struct stat status {};
    return territory.hasName(target) && ::stat(link.c_str(), &status) == 0 &&
           territory.hasInode(kernelDevice(status.st_dev), status.st_ino);
}

bool holds(pid_t process, const Territory& territory) {
    if (territory.hasPath(linkTarget(processPath(process, "cwd"))))
        return true;
    const std::string descriptors = processPath(process, "fd");
    if (const Folder folder(::opendir(descriptors.c_str())); folder)
        while (const struct dirent* entry = ::readdir(folder.get()))
            if (entry->d_name[0] != '.' &&
                isHeldBy(descriptors + "/" + entry->d_name,
                         processPath(process, std::string("fdinfo/") + entry->d_name), territory))
                return true;
    const auto mappings = readProcessFile(processPath(process, "maps"));
    return mappings && territory.isMappedIn(*mappings);
}

} // namespace

Result<std::vector<ProcessIdentity>> fileHoldersBelow(const Path& folder) {
    auto territory = Territory::of(folder);
    if (!territory)
        return std::move(territory).error();
    auto ids = processIds();
    if (!ids)
        return std::move(ids).error();
    std::vector<ProcessIdentity> holders;
    for (const pid_t id : *ids) {
        if (id == ::getpid() || !belongsToUs(id) || !holds(id, *territory))
            continue;
        if (const auto row = processRow(id); row && !row->dead)
            holders.push_back(row->identity());
    }
    return holders;
}

} // namespace ssprotect::platform
