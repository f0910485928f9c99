#include "fault_file.h"

#include <algorithm>

namespace ssprotect::support {

Status FaultFile::writable() const {
    if (access_ == platform::Access::read)
        return makeError(ErrorCode::ioError, "'" + path_.string() + "' was opened for reading only");
    return {};
}

Result<std::size_t> FaultFile::readAt(std::uint64_t offset, MutableByteView to) {
    const std::lock_guard lock(files_.mutex_);
    return files_.readFrom(*node_, offset, to);
}

Status FaultFile::writeAt(std::uint64_t offset, ByteView from) {
    const std::lock_guard lock(files_.mutex_);
    if (auto may = writable(); !may)
        return may;
    return files_.writeTo(node_, path_, offset, from);
}

Status FaultFile::resize(std::uint64_t size) {
    const std::lock_guard lock(files_.mutex_);
    if (auto may = writable(); !may)
        return may;
    return files_.resizeTo(node_, path_, size);
}

Status FaultFile::sync() {
    const std::lock_guard lock(files_.mutex_);
    return files_.syncFile(node_, path_);
}

Result<platform::FileInfo> FaultFile::info() {
    const std::lock_guard lock(files_.mutex_);
    if (auto power = files_.powered(); !power)
        return std::move(power).error();
    return files_.infoOf(*node_);
}

} // namespace ssprotect::support
