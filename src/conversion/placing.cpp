#include "placing.h"

#include "source.h"
#include "ssprotect/container/container.h"
#include "ssprotect/platform/shown_path.h"

namespace ssprotect::conversion {
namespace {

using platform::Path;

bool sameInode(const platform::FileInfo& a, const platform::FileInfo& b) {
    return a.device == b.device && a.inode == b.inode;
}

/// Replaces; an error after which the new content lies there anyway is none.
Status replaceSurely(platform::FileSystem& files, const Placing& placing) {
    auto replaced = files.replace(placing.target, placing.temporary);
    if (replaced)
        return {};
    // Where a replacement has several steps, the error may have come between two.
    if (auto settled = platform::settleReplace(files, placing.target, placing.temporary); !settled)
        return settled;
    const auto there = isMade(files, placing, placing.target);
    if (there && *there)
        return {};
    return std::move(replaced).error();
}

Result<Placed> placeOnFreeName(platform::FileSystem& files, const Placing& placing) {
    auto moved = files.renameNew(placing.temporary, placing.target);
    if (moved)
        return Placed::done;
    if (moved.error().code == ErrorCode::alreadyExists)
        return Placed::targetChanged;
    const auto there = isMade(files, placing, placing.target);
    if (there && *there)
        return Placed::done;
    return std::move(moved).error();
}

/// What we displaced is not what we worked on: it goes back to its place.
Result<Placed> giveBack(platform::FileSystem& files, const Placing& placing, const Path& displaced) {
    auto replaced = files.replace(placing.target, displaced);
    if (!replaced)
        return std::move(replaced).error();
    auto ours = isMade(files, placing, *replaced);
    if (!ours)
        return std::move(ours).error();
    if (*ours) {
        if (*replaced != placing.temporary)
            if (auto renamed = files.renameNew(*replaced, placing.temporary); !renamed)
                return std::move(renamed).error();
        return Placed::targetChanged;
    }
    // A third writer, within moments: what came last goes back on top; the other stays beside it, for recovery to
    // name.
    static_cast<void>(files.replace(placing.target, *replaced));
    return makeError(ErrorCode::changedMeanwhile,
                     "'" + platform::shownPath(placing.target) +
                         "' is being written over and over; both versions were kept. Close the program that "
                         "writes it and try again");
}

} // namespace

std::vector<Path> tracesOf(platform::FileSystem& files, const Placing& placing) {
    std::vector<Path> names{placing.temporary};
    // What was displaced, and what was displaced when it was given back.
    for (int step = 0; step < 2; ++step) {
        const Path name = files.displacedName(placing.target, names.back());
        if (name == names.back())
            break;
        names.push_back(name);
    }
    return names;
}

Result<bool> isMade(platform::FileSystem& files, const Placing& placing, const Path& path) {
    auto info = files.info(path);
    if (!info) {
        if (info.error().code == ErrorCode::notFound)
            return false;
        return std::move(info).error();
    }
    return sameInode(*info, placing.made) && info->size == placing.made.size;
}

Result<bool> isStanding(platform::FileSystem& files, const Placing& placing, const Path& path) {
    auto info = files.info(path);
    if (!info)
        return std::move(info).error();
    if (placing.standing && info->sameContentAs(*placing.standing))
        return true;
    if (!placing.expected || info->kind != platform::FileKind::regular)
        return false;
    // Tools that synchronise folders write the same content anew.
    auto file = files.open(path, platform::Access::read);
    if (!file)
        return std::move(file).error();
    auto header = container::readHeader(**file);
    if (!header)
        return header.error().code == ErrorCode::dataDamaged ? Result<bool>(false) : std::move(header).error();
    return *header && (*header)->identityBytes == *placing.expected;
}

Status removeSurely(platform::FileSystem& files, const Path& path) {
    auto removed = files.remove(path);
    if (removed)
        return removed;
    if (auto info = files.info(path); !info && info.error().code == ErrorCode::notFound)
        return {};
    return files.remove(path);
}

Result<Placed> settleDisplaced(platform::FileSystem& files, const Placing& placing) {
    // A container that gives way to its next version: KODiAC counts that one as stored, so it may be asked for by nobody
    // else. A power cut that undid the exchange and kept the removal would take it.
    if (placing.expected)
        if (auto synced = files.syncDirectory(placing.target.parent_path()); !synced)
            return std::move(synced).error();
    for (const Path& displaced : tracesOf(files, placing)) {
        auto expected = isStanding(files, placing, displaced);
        if (!expected) {
            if (expected.error().code == ErrorCode::notFound)
                continue;
            return std::move(expected).error();
        }
        if (!*expected)
            return giveBack(files, placing, displaced);
        if (auto removed = removeSurely(files, displaced); !removed)
            return std::move(removed).error();
    }
    return Placed::done;
}

Result<Placed> place(platform::FileSystem& files, const Placing& placing) {
    if (!placing.standing)
        return placeOnFreeName(files, placing);
    if (auto replaced = replaceSurely(files, placing); !replaced)
        return std::move(replaced).error();
    return settleDisplaced(files, placing);
}

} // namespace ssprotect::conversion
