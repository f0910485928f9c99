#include "workspace.h"

#include "ssprotect/crypto/hash.h"
#include "ssprotect/platform/narrow_path.h"

#include <algorithm>
#include <vector>

namespace ssprotect::managed {
namespace {

using platform::FileKind;
using platform::Path;

constexpr std::size_t kWipePiece = 1u << 20;

/// Two homes are two clients, workspace included.
std::string homeTag(const Path& home) {
    const auto digest = crypto::sha256({viewOf(platform::narrowPath(home.lexically_normal()))});
    return toHex(ByteView{digest}.first(8));
}

Status overwrite(platform::FileSystem& files, const Path& path) {
    auto file = files.open(path, platform::Access::readWrite);
    if (!file)
        return std::move(file).error();
    auto info = (*file)->info();
    if (!info)
        return std::move(info).error();
    const Bytes zeros(static_cast<std::size_t>(std::min<std::uint64_t>(kWipePiece, info->size)));
    for (std::uint64_t done = 0; done < info->size; done += zeros.size()) {
        const auto length = std::min<std::uint64_t>(zeros.size(), info->size - done);
        if (auto written = (*file)->writeAt(done, ByteView{zeros}.first(static_cast<std::size_t>(length))); !written)
            return written;
    }
    return (*file)->sync();
}

Status collect(platform::FileSystem& files, const Path& folder, const Path& below, std::vector<Path>& found) {
    auto entries = files.list(folder / below);
    if (!entries)
        return std::move(entries).error();
    for (const auto& entry : *entries) {
        const Path name = below / entry.name;
        if (entry.kind == FileKind::regular)
            found.push_back(name);
        else if (entry.kind == FileKind::directory)
            if (auto deeper = collect(files, folder, name, found); !deeper)
                return deeper;
    }
    return {};
}

} // namespace

Workspaces::Workspaces(platform::FileSystem& files, const Settings& settings)
    : files_(files), onDisk_(settings.home / "workspace"), mostInMemory_(settings.mostInMemory) {
    if (!settings.runtimeFolder.empty())
        inMemory_ = settings.runtimeFolder / ("ssprotect-" + homeTag(settings.home));
}

Path Workspaces::choose(const std::string& name, std::uint64_t size) const {
    if (inMemory_.empty() || size > mostInMemory_)
        return onDisk_ / name;
    auto room = files_.freeBytes(inMemory_.parent_path());
    return room && size <= *room / 2 ? inMemory_ / name : onDisk_ / name;
}

bool Workspaces::inMemory(const Path& workspace) const {
    return !inMemory_.empty() && workspace.parent_path() == inMemory_;
}

Status Workspaces::create(const Path& workspace) { return files_.createDirectories(workspace); }

Status Workspaces::wipeFile(const Path& file) {
    // A file that refuses to be overwritten (no write permission, disk full) must go all the more.
    static_cast<void>(overwrite(files_, file));
    return files_.remove(file);
}

Status Workspaces::wipe(const Path& workspace) {
    auto wiped = wipeWhole(workspace);
    const std::lock_guard lock(leftMutex_);
    if (wiped)
        left_.erase(workspace);
    else
        left_.insert(workspace);
    return wiped;
}

bool Workspaces::anyLeft() const {
    const std::lock_guard lock(leftMutex_);
    return !left_.empty();
}

void Workspaces::wipeLeft() {
    std::set<Path> left;
    {
        const std::lock_guard lock(leftMutex_);
        left = left_;
    }
    for (const Path& workspace : left)
        static_cast<void>(wipe(workspace));
}

Status Workspaces::wipeWhole(const Path& workspace) {
    auto found = filesBelow(files_, workspace);
    if (!found && found.error().code == ErrorCode::notFound)
        return {};
    if (found)
        for (const Path& name : *found)
            static_cast<void>(overwrite(files_, workspace / name));
    return platform::removeTree(files_, workspace);
}

std::vector<Path> Workspaces::all() const {
    std::vector<Path> found;
    for (const Path& root : {inMemory_, onDisk_}) {
        if (root.empty())
            continue;
        if (auto entries = files_.list(root))
            for (const auto& entry : *entries)
                found.push_back(root / entry.name);
    }
    return found;
}

Result<std::vector<Path>> filesBelow(platform::FileSystem& files, const Path& folder) {
    std::vector<Path> found;
    if (auto collected = collect(files, folder, {}, found); !collected)
        return std::move(collected).error();
    return found;
}

} // namespace ssprotect::managed
