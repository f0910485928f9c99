#include "path_record.h"

namespace ssprotect::session {

Bytes pathBytes(const platform::Path& path) {
    const std::u8string text = path.lexically_normal().generic_u8string();
    return Bytes(text.begin(), text.end());
}

platform::Path pathOf(ByteView bytes) {
    return platform::Path(std::u8string(bytes.begin(), bytes.end())).make_preferred();
}

} // namespace ssprotect::session
