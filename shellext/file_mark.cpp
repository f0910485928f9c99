#include "file_mark.h"

#include "ssprotect/container/identity.h"

namespace ssprotect::shellext {

FileMark markOf(ByteView firstBytes) {
    if (!container::hasContainerMagic(firstBytes))
        return {FileKind::plain, {}, {}};
    const auto identity = container::Identity::parse(firstBytes);
    if (!identity)
        return {FileKind::damaged, {}, {}};
    return {FileKind::sealed, identity->owner, identity->organization};
}

} // namespace ssprotect::shellext
