#include "access_rights.h"

namespace ssprotect::platform {
namespace {

// linux/posix_acl_xattr.h: a version word, then entries of tag, permissions and id, little-endian.
constexpr std::size_t kHeaderSize = 4;
constexpr std::size_t kEntrySize = 8;
constexpr std::size_t kPermissionsAt = 2;
constexpr unsigned kVersion = 2;
constexpr unsigned kGroupTag = 0x04; // ACL_GROUP_OBJ
constexpr unsigned kOtherTag = 0x20; // ACL_OTHER

unsigned loadLittle16(ByteView from) { return from[0] | static_cast<unsigned>(from[1]) << 8; }

bool isWellFormed(ByteView list) {
    return list.size() >= kHeaderSize && (list.size() - kHeaderSize) % kEntrySize == 0 &&
           loadLittle16(list) == kVersion && loadLittle16(list.subspan(2)) == 0;
}

MutableByteView entryOf(Bytes& list, unsigned tag) {
    for (std::size_t at = kHeaderSize; at < list.size(); at += kEntrySize)
        if (const MutableByteView entry(list.data() + at, kEntrySize); loadLittle16(entry) == tag)
            return entry;
    return {};
}

mode_t narrowedMode(mode_t mode) {
    const mode_t both = ((mode & S_IRWXG) >> 3) & mode & S_IRWXO;
    return (mode & ~static_cast<mode_t>(S_IRWXG | S_IRWXO)) | both << 3 | both;
}

/// Gives the owning group and the others what both had; false if the list is none that we know.
bool narrow(Bytes& list) {
    if (!isWellFormed(list))
        return false;
    const auto group = entryOf(list, kGroupTag);
    const auto other = entryOf(list, kOtherTag);
    if (group.empty() || other.empty())
        return false;
    // Permissions are three bits; the upper byte is always zero.
    const Byte both = group[kPermissionsAt] & other[kPermissionsAt];
    group[kPermissionsAt] = both;
    other[kPermissionsAt] = both;
    return true;
}

} // namespace

AccessRights withoutWidening(AccessRights rights, KeptOwnership kept) {
    if (!kept.owner || !kept.group)
        rights.mode &= ~static_cast<mode_t>(S_ISUID | S_ISGID);
    if (kept.group)
        return rights;
    if (!rights.accessList) {
        rights.mode = narrowedMode(rights.mode);
    } else if (!narrow(*rights.accessList)) {
        rights.accessList.reset();
        rights.mode = ownerOnly(rights.mode);
    }
    return rights;
}

} // namespace ssprotect::platform
