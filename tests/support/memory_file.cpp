#include "support/memory_file.h"

#include <algorithm>

namespace ssprotect::test {

Result<std::size_t> MemoryFile::readAt(std::uint64_t offset, MutableByteView to) {
    const std::scoped_lock lock(mutex_);
    if (offset >= content_.size())
        return std::size_t{0};
    const std::size_t count = std::min<std::uint64_t>(to.size(), content_.size() - offset);
    std::copy_n(content_.begin() + static_cast<std::ptrdiff_t>(offset), count, to.begin());
    return count;
}

Status MemoryFile::writeAt(std::uint64_t offset, ByteView from) {
    const std::scoped_lock lock(mutex_);
    if (offset + from.size() > content_.size())
        content_.resize(offset + from.size());
    std::copy(from.begin(), from.end(), content_.begin() + static_cast<std::ptrdiff_t>(offset));
    return {};
}

Status MemoryFile::resize(std::uint64_t size) {
    const std::scoped_lock lock(mutex_);
    content_.resize(size);
    return {};
}

Result<platform::FileInfo> MemoryFile::info() {
    const std::scoped_lock lock(mutex_);
    platform::FileInfo info;
    info.kind = platform::FileKind::regular;
    info.size = content_.size();
    return info;
}

} // namespace ssprotect::test
