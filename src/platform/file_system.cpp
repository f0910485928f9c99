#include "ssprotect/platform/file_system.h"

#include "numbered_sibling.h"
#include "ssprotect/platform/shown_path.h"
#include "ssprotect/platform/sibling_name.h"

namespace ssprotect::platform {
namespace {

/// More names than threads will ever write one small file at once, plus leftovers of crashes.
constexpr unsigned kSiblingAttempts = 64;

struct Temporary {
    Path path;
    std::unique_ptr<File> file;
};

Result<Temporary> createSibling(FileSystem& files, const Path& target) {
    for (unsigned number = 0;; ++number) {
        const Path path = numberedSibling(target, number);
        auto file = files.create(path);
        if (file)
            return Temporary{path, std::move(*file)};
        if (file.error().code != ErrorCode::alreadyExists || number + 1 == kSiblingAttempts)
            return std::move(file).error();
    }
}

Status fill(File& file, ByteView content) {
    if (auto written = file.writeAt(0, content); !written)
        return written;
    return file.sync();
}

/// The folder to sync or list: a bare file name lies in the working directory.
Path folderOf(const Path& path) {
    const Path parent = path.parent_path();
    return parent.empty() ? Path(".") : parent;
}

bool exists(FileSystem& files, const Path& path) { return files.info(path).ok(); }

/// One rename that is durable before the next step is taken.
Status durableRename(FileSystem& files, const Path& from, const Path& to) {
    if (auto renamed = files.renameNew(from, to); !renamed)
        return renamed;
    return files.syncDirectory(folderOf(to));
}

} // namespace

Result<Bytes> readWhole(FileSystem& files, const Path& path, std::uint64_t limit) {
    auto file = files.open(path, Access::read);
    if (!file)
        return std::move(file).error();
    auto info = (*file)->info();
    if (!info)
        return std::move(info).error();
    if (info->size > limit)
        return makeError(ErrorCode::dataDamaged, "'" + shownPath(path) + "' has " + std::to_string(info->size) +
                                                     " bytes; at most " + std::to_string(limit) +
                                                     " can be right. Restore it from a backup or remove it");
    Bytes content(info->size);
    auto got = (*file)->readAt(0, content);
    if (!got)
        return std::move(got).error();
    content.resize(*got);
    return content;
}

Status writeWhole(FileSystem& files, const Path& path, ByteView content) {
    auto temporary = createSibling(files, path);
    if (!temporary)
        return std::move(temporary).error();
    auto done = fill(*temporary->file, content);
    temporary->file.reset();
    if (done)
        done = files.rename(temporary->path, path);
    if (!done) {
        static_cast<void>(files.remove(temporary->path));
        return done;
    }
    return files.syncDirectory(folderOf(path));
}

Status writeNew(FileSystem& files, const Path& path, ByteView content, Random& random) {
    if (files.info(path))
        return makeError(ErrorCode::alreadyExists, shownPath(path) + " exists already; choose another name");
    const Path temporary = siblingName(path, random);
    Status written = writeWhole(files, temporary, content);
    if (written)
        written = files.renameNew(temporary, path);
    if (written)
        return files.syncDirectory(path.parent_path());
    static_cast<void>(files.remove(temporary));
    return written;
}

Status removeTree(FileSystem& files, const Path& path) {
    auto info = files.info(path);
    if (!info)
        return info.error().code == ErrorCode::notFound ? Status{} : Status{std::move(info).error()};
    if (info->kind == FileKind::directory) {
        auto entries = files.list(path);
        if (!entries)
            return std::move(entries).error();
        for (const auto& entry : *entries) {
            const Path below = path / entry.name;
            auto removed = entry.kind == FileKind::directory ? removeTree(files, below) : files.remove(below);
            if (!removed)
                return removed;
        }
    }
    return files.remove(path);
}

Status removeSiblings(FileSystem& files, const Path& directory) {
    auto entries = files.list(directory);
    if (!entries)
        return std::move(entries).error();
    Status all;
    for (const auto& entry : *entries) {
        if (entry.kind != FileKind::regular || !isSiblingName(entry.name))
            continue;
        if (auto removed = files.remove(directory / entry.name); !removed && all)
            all = std::move(removed);
    }
    return all;
}

Result<Path> replaceByTwoRenames(FileSystem& files, const Path& target, const Path& replacement) {
    const Path parked = parkedName(replacement);
    if (auto there = files.info(replacement); !there)
        return std::move(there).error();
    // Without an order on disk a crash could keep only the step that empties the target's name
    // together with one that loses the parked file; so each step is durable before the next.
    if (auto done = durableRename(files, target, parked); !done)
        return std::move(done).error();
    if (auto done = durableRename(files, replacement, target); !done) {
        static_cast<void>(durableRename(files, parked, target));
        return std::move(done).error();
    }
    return parked;
}

Result<Path> replaceByRenames(FileSystem& files, const Path& target, const Path& replacement) {
    auto parked = replaceByTwoRenames(files, target, replacement);
    if (!parked)
        return std::move(parked).error();
    if (auto done = durableRename(files, *parked, replacement); !done)
        return std::move(done).error();
    return replacement;
}

Status settleReplace(FileSystem& files, const Path& target, const Path& replacement) {
    const Path parked = parkedName(replacement);
    auto old = files.info(parked);
    if (!old)
        return old.error().code == ErrorCode::notFound ? Status{} : Status{std::move(old).error()};
    if (!exists(files, target))
        return durableRename(files, parked, target);
    if (!exists(files, replacement))
        return durableRename(files, parked, replacement);
    auto standing = files.info(target);
    if (!standing)
        return std::move(standing).error();
    // All three names: the old file was linked to its parking place and nothing more was done.
    if (standing->device == old->device && standing->inode == old->inode) {
        if (auto removed = files.remove(parked); !removed)
            return removed;
        return files.syncDirectory(folderOf(parked));
    }
    return makeError(ErrorCode::conflict, "'" + shownPath(target) + "' was written anew while '" + shownPath(parked) +
                                              "' kept its former content; keep the one you need under the first name "
                                              "and remove the other");
}

} // namespace ssprotect::platform
