#include "fault_file_system.h"

#include "ssprotect/platform/narrow_path.h"
#include "ssprotect/platform/sibling_name.h"
#include "support/fault_file.h"
#include "support/fault_operation.h"

namespace ssprotect::support {

using platform::Access;
using platform::DirectoryEntry;
using platform::File;
using platform::FileInfo;
using platform::FileKind;

namespace {

constexpr unsigned kOwnerRead = 0400;
constexpr unsigned kOwnerWrite = 0200;
constexpr std::uint64_t kEndless = std::uint64_t{1} << 40;

} // namespace

FaultFileSystem::FaultFileSystem(ReplaceStyle style) : style_(style) {}
FaultFileSystem::FaultFileSystem(ReplaceStyle style, ModelDisk disk) : style_(style), disk_(std::move(disk)) {}
FaultFileSystem::~FaultFileSystem() = default;

Result<std::unique_ptr<File>> FaultFileSystem::open(const Path& path, Access access, platform::Sharing) {
    const std::lock_guard lock(mutex_);
    if (auto power = powered(); !power)
        return std::move(power).error();
    auto node = requireFile(path, access == Access::read ? kOwnerRead : kOwnerRead | kOwnerWrite);
    if (!node)
        return std::move(node).error();
    return std::unique_ptr<File>(std::make_unique<FaultFile>(*this, std::move(*node), path, access));
}

Result<std::unique_ptr<File>> FaultFileSystem::create(const Path& path) {
    const std::lock_guard lock(mutex_);
    NodePtr node;
    auto done = perform(OperationKind::create, "create " + path.string(), [&]() -> Status {
        auto at = writablePlace(path, "create");
        if (!at)
            return std::move(at).error();
        if (at->node)
            return failure(ErrorCode::alreadyExists, "create", path);
        node = disk_.makeNode(FileKind::regular);
        node->live.attributes.modifiedNanos = node->live.attributes.changedNanos = tick();
        disk_.change(NameChange{{{at->directory, at->name, node}}});
        return {};
    });
    if (!done)
        return std::move(done).error();
    return std::unique_ptr<File>(std::make_unique<FaultFile>(*this, std::move(node), path, Access::readWrite));
}

Result<FileInfo> FaultFileSystem::info(const Path& path) {
    const std::lock_guard lock(mutex_);
    if (auto power = powered(); !power)
        return std::move(power).error();
    auto node = require(path, "examine");
    if (!node)
        return std::move(node).error();
    return infoOf(**node);
}

Status FaultFileSystem::copyAttributes(const Path& from, const Path& to) {
    const std::lock_guard lock(mutex_);
    return perform(OperationKind::copyAttributes, "copy attributes " + from.string() + " -> " + to.string(),
                   [&]() -> Status {
                       auto source = requireFile(from, kOwnerRead);
                       if (!source)
                           return std::move(source).error();
                       auto target = requireFile(to, kOwnerRead);
                       if (!target)
                           return std::move(target).error();
                       Attributes after = (*source)->live.attributes;
                       after.changedNanos = tick();
                       disk_.change(AttributeChange{*target, std::move(after)});
                       return {};
                   });
}

Status FaultFileSystem::setModified(const Path& path, std::int64_t nanos) {
    const std::lock_guard lock(mutex_);
    return perform(OperationKind::setModified, "set time " + path.string(), [&]() -> Status {
        auto node = require(path, "set the time of");
        if (!node)
            return std::move(node).error();
        Attributes after = (*node)->live.attributes;
        after.modifiedNanos = nanos;
        after.changedNanos = tick();
        disk_.change(AttributeChange{*node, std::move(after)});
        return {};
    });
}

Result<Path> FaultFileSystem::replace(const Path& target, const Path& replacement) {
    if (style_ == ReplaceStyle::renames)
        return platform::replaceByRenames(*this, target, replacement);
    if (style_ == ReplaceStyle::backupByRenames)
        return platform::replaceByTwoRenames(*this, target, replacement);
    const std::lock_guard lock(mutex_);
    auto done =
        perform(OperationKind::replace, "replace " + target.string() + " by " + replacement.string(), [&]() -> Status {
            auto into = writablePlace(target, "replace");
            auto from = writablePlace(replacement, "replace");
            if (!into || !from)
                return into ? std::move(from).error() : std::move(into).error();
            if (!into->node || !from->node)
                return failure(ErrorCode::notFound, "replace", into->node ? replacement : target);
            const NodePtr old = into->node;
            NameChange change{{{into->directory, into->name, from->node}}};
            if (style_ == ReplaceStyle::exchange) {
                change.edits.push_back({from->directory, from->name, old});
            } else {
                change.edits.push_back({from->directory, from->name, nullptr});
                change.edits.push_back(
                    {from->directory, platform::narrowPath(displacedName(target, replacement).filename()), old});
            }
            disk_.change(std::move(change));
            return {};
        });
    if (!done)
        return std::move(done).error();
    return displacedName(target, replacement);
}

Path FaultFileSystem::displacedName(const Path&, const Path& replacement) const {
    const bool keepsBackup = style_ == ReplaceStyle::backup || style_ == ReplaceStyle::backupByRenames;
    return keepsBackup ? platform::parkedName(replacement) : replacement;
}

Status FaultFileSystem::rename(const Path& from, const Path& to) { return checkedRename(from, to, true); }

Status FaultFileSystem::renameNew(const Path& from, const Path& to) { return checkedRename(from, to, false); }

Status FaultFileSystem::checkedRename(const Path& from, const Path& to, bool overwrite) {
    const std::lock_guard lock(mutex_);
    return perform(OperationKind::rename, "rename " + from.string() + " -> " + to.string(), [&]() -> Status {
        auto source = writablePlace(from, "rename");
        if (!source)
            return std::move(source).error();
        if (!source->node)
            return failure(ErrorCode::notFound, "rename", from);
        auto target = writablePlace(to, "rename");
        if (!target)
            return std::move(target).error();
        if (liesBelow(to, from))
            return failure(ErrorCode::ioError, "rename into itself", from);
        if (target->node && !overwrite)
            return failure(ErrorCode::alreadyExists, "rename", to);
        if (target->node == source->node)
            return {};
        if (auto may = mayReplace(*source->node, target->node.get(), to); !may)
            return may;
        source->node->live.attributes.changedNanos = tick();
        disk_.change(
            NameChange{{{source->directory, source->name, nullptr}, {target->directory, target->name, source->node}}});
        return {};
    });
}

Status FaultFileSystem::remove(const Path& path) {
    const std::lock_guard lock(mutex_);
    return perform(OperationKind::remove, "remove " + path.string(), [&] { return removeNow(path); });
}

Status FaultFileSystem::removeNow(const Path& path) {
    if (!find(path))
        return {};
    auto at = writablePlace(path, "remove");
    if (!at)
        return std::move(at).error();
    if (!at->node->live.entries.empty())
        return failure(ErrorCode::ioError, "remove the folder that is not empty", path);
    disk_.change(NameChange{{{at->directory, at->name, nullptr}}});
    return {};
}

Status FaultFileSystem::createDirectories(const Path& path) {
    const std::lock_guard lock(mutex_);
    Path made = "/";
    for (const auto& name : namesOf(path)) {
        made /= platform::pathOfNarrow(name);
        if (auto done = makeDirectory(made); !done)
            return done;
    }
    return powered();
}

Status FaultFileSystem::makeDirectory(const Path& path) {
    if (const auto existing = find(path))
        return existing->kind == FileKind::directory ? powered()
                                                     : failure(ErrorCode::alreadyExists, "create the folder", path);
    return perform(OperationKind::createDirectory, "create folder " + path.string(), [&]() -> Status {
        auto at = writablePlace(path, "create the folder");
        if (!at)
            return std::move(at).error();
        const auto node = disk_.makeNode(FileKind::directory);
        node->live.attributes.modifiedNanos = node->live.attributes.changedNanos = tick();
        disk_.change(NameChange{{{at->directory, at->name, node}}});
        return {};
    });
}

Result<std::vector<DirectoryEntry>> FaultFileSystem::list(const Path& directory) {
    const std::lock_guard lock(mutex_);
    if (auto power = powered(); !power)
        return std::move(power).error();
    auto node = require(directory, "list");
    if (!node)
        return std::move(node).error();
    if ((*node)->kind != FileKind::directory)
        return failure(ErrorCode::notFound, "list", directory);
    std::vector<DirectoryEntry> entries;
    for (const auto& [name, child] : (*node)->live.entries)
        entries.push_back({platform::pathOfNarrow(name), child->kind});
    return entries;
}

Status FaultFileSystem::syncDirectory(const Path& directory) {
    const std::lock_guard lock(mutex_);
    const NodePtr node = find(directory);
    auto done = perform(OperationKind::syncDirectory, "sync folder " + directory.string(), [&]() -> Status {
        if (!node || node->kind != FileKind::directory)
            return failure(ErrorCode::notFound, "save the folder", directory);
        disk_.syncNames(node);
        return {};
    });
    if (!done && node)
        disk_.loseTrackOfNames(node);
    return done;
}

Result<std::uint64_t> FaultFileSystem::freeBytes(const Path& at) {
    const std::lock_guard lock(mutex_);
    if (auto power = powered(); !power)
        return std::move(power).error();
    if (auto node = require(at, "measure the free space at"); !node)
        return std::move(node).error();
    if (!capacity_)
        return kEndless;
    return *capacity_ - std::min(*capacity_, usedBytes());
}

} // namespace ssprotect::support
