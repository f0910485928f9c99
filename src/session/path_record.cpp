#include "path_record.h"

#include "ssprotect/platform/narrow_path.h"

namespace ssprotect::session {

Bytes pathBytes(const platform::Path& path) {
    // With '/' between names on every system.
    const platform::Path generic(path.lexically_normal().generic_string<platform::Path::value_type>());
    return copyOf(viewOf(platform::narrowPath(generic)));
}

platform::Path pathOf(ByteView bytes) { return platform::pathOfNarrow(textOf(bytes)).make_preferred(); }

} // namespace ssprotect::session
