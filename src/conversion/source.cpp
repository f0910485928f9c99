#include "source.h"

#include "ssprotect/container/container.h"
#include "ssprotect/platform/shown_path.h"
#include "ssprotect/platform/sibling_name.h"

#include <algorithm>
#include <array>
#include <bit>

namespace ssprotect::conversion {
namespace {

using platform::shownPath;

/// The first bytes of every container (spec, *The container*).
constexpr std::array<Byte, 8> kMagic{0x89, 0x53, 0x53, 0x50, 0x0D, 0x0A, 0x1A, 0x0A};
/// Damage that is told from a plain file. PNG's signature is ten bits away.
constexpr int kMostFlippedBits = 2;
/// A shorter file may start like a container by chance.
constexpr std::size_t kLeastRemnant = 4;

/// A container whose very magic is damaged or cut off would pass for a plain file, and Release would
/// say "not protected" of it.
bool isDamagedMagic(ByteView first) {
    if (first.size() < kMagic.size())
        return first.size() >= kLeastRemnant && std::equal(first.begin(), first.end(), kMagic.begin());
    int flipped = 0;
    for (std::size_t i = 0; i < kMagic.size(); ++i)
        flipped += std::popcount(static_cast<unsigned>(first[i] ^ kMagic[i]));
    return flipped > 0 && flipped <= kMostFlippedBits;
}

Error damagedError(const platform::Path& path, const std::string& why) {
    return makeError(ErrorCode::integrity, "'" + shownPath(path) + "' is a damaged protected file (" + why +
                                               "); restore it from a backup or an older version");
}

Result<std::optional<container::Header>> headerOf(platform::File& file, const platform::Path& path) {
    auto header = container::readHeader(file);
    if (!header) {
        if (header.error().code == ErrorCode::dataDamaged)
            return damagedError(path, header.error().message);
        return header;
    }
    if (*header)
        return header;
    std::array<Byte, 8> first{};
    auto got = file.readAt(0, first);
    if (!got)
        return std::move(got).error();
    if (isDamagedMagic(ByteView(first).first(*got)))
        return damagedError(path, "its first bytes are not as written");
    return header;
}

} // namespace

Status refuseKind(const platform::Path& path, const platform::FileInfo& info) {
    const std::string name = "'" + shownPath(path) + "'";
    switch (info.kind) {
    case platform::FileKind::directory:
        return makeError(ErrorCode::unsupportedFile, name + " is a folder; name its files or ask for subfolders too");
    case platform::FileKind::symbolicLink:
        return makeError(ErrorCode::symbolicLink, name + " is a symbolic link; name the file that it points to");
    case platform::FileKind::other:
        return makeError(ErrorCode::unsupportedFile, name + " is a device, pipe or socket; only files are protected");
    case platform::FileKind::regular:
        break;
    }
    if (platform::isSiblingName(path))
        return makeError(ErrorCode::unsupportedFile, name + " is a temporary file of SSProtect; it goes by itself");
    if (info.linkCount > 1)
        return makeError(ErrorCode::hardLinked, name + " has " + std::to_string(info.linkCount) +
                                                    " names (hard links), and the others would keep the old content; "
                                                    "make it a file of its own first");
    return {};
}

Result<Source> inspect(platform::FileSystem& files, const platform::Path& path) {
    auto info = files.info(path);
    if (!info)
        return std::move(info).error();
    if (auto kind = refuseKind(path, *info); !kind)
        return std::move(kind).error();
    auto file = files.open(path, platform::Access::read);
    if (!file)
        return std::move(file).error();
    auto opened = (*file)->info();
    if (!opened)
        return std::move(opened).error();
    if (!untouched(*info, *opened))
        return changedError(path);
    auto header = headerOf(**file, path);
    if (!header)
        return std::move(header).error();
    return Source{*info, std::move(*header)};
}

Error notProtectedError(const platform::Path& path) {
    return makeError(ErrorCode::notProtected,
                     "'" + shownPath(path) + "' is not protected; there is nothing to release");
}

Error otherStreamsError(const platform::Path& path) {
    return makeError(ErrorCode::unsupportedFile,
                     "'" + shownPath(path) +
                         "' has content in further streams, which would stay readable; copy what you need of it into "
                         "a file of its own");
}

Error changedError(const platform::Path& path) {
    return makeError(ErrorCode::changedMeanwhile,
                     "'" + shownPath(path) +
                         "' changed while it was worked on and was left as it is; close the "
                         "program that writes it and try again");
}

bool untouched(const platform::FileInfo& before, const platform::FileInfo& now) {
    return before.sameContentAs(now) && before.changedNanos == now.changedNanos && before.kind == now.kind;
}

bool isVersion(platform::FileSystem& files, const platform::Path& path, const FileId& file, VersionNumber version) {
    auto opened = files.open(path, platform::Access::read);
    if (!opened)
        return false;
    const auto header = container::readHeader(**opened);
    return header && *header && (*header)->identity.file == file && (*header)->identity.version == version;
}

} // namespace ssprotect::conversion
