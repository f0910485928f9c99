#include "path_record.h"

#include <algorithm>

namespace ssprotect::session {
namespace {

Bytes bytesOf(const platform::Path& path) {
    const std::u8string text = path.u8string();
    return Bytes(text.begin(), text.end());
}

} // namespace

Bytes pathBytes(const platform::Path& path) { return bytesOf(path.lexically_normal()); }

platform::Path pathOf(ByteView bytes) { return platform::Path(std::u8string(bytes.begin(), bytes.end())); }

Bytes foldAscii(ByteView text) {
    Bytes folded(text.begin(), text.end());
    std::transform(folded.begin(), folded.end(), folded.begin(),
                   [](Byte c) { return c >= 'A' && c <= 'Z' ? static_cast<Byte>(c - 'A' + 'a') : c; });
    return folded;
}

PathRecord recordOf(const platform::Path& path) {
    PathRecord record{pathBytes(path), {}, {}};
    record.foldedPath = foldAscii(record.path);
    record.foldedName = foldAscii(bytesOf(path.filename()));
    return record;
}

} // namespace ssprotect::session
