#pragma once

#include "ssprotect/base/bytes.h"

#include <optional>
#include <sys/stat.h>

namespace ssprotect::platform {

/// Who may use a file: mode bits and, where there is one, the POSIX ACL in its xattr form
/// (`system.posix_acl_access`; with it the mode's group bits are the ACL's mask).
struct AccessRights {
    mode_t mode = 0;
    std::optional<Bytes> accessList;
};

/// What of the rights' frame of reference came along to the new file.
struct KeptOwnership {
    bool owner = false;
    bool group = false;
};

/// The widest rights that let nobody use the file who could not before: with another group, both its
/// members and the old group's (now "others") get only what both classes had; set-id bits
/// go unless owner and group stayed. An ACL that cannot be read leaves it to the owner.
AccessRights withoutWidening(AccessRights rights, KeptOwnership kept);

/// For the owner alone.
inline mode_t ownerOnly(mode_t mode) { return mode & S_IRWXU; }

} // namespace ssprotect::platform
