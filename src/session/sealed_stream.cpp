#include "sealed_stream.h"

#include <algorithm>

namespace ssprotect::session {
namespace {

using container::kChunkSize;
using container::kSealedChunkSize;

Error damaged() { return makeError(ErrorCode::dataDamaged, "the backup was altered or cut; take another copy of it"); }

} // namespace

Status SealedWriter::writeChunk(ByteView plaintext) {
    sealed_.resize(plaintext.size() + crypto::kGcmTagSize);
    cipher_.seal(index_++, plaintext, sealed_);
    auto written = file_.writeAt(offset_, sealed_);
    offset_ += sealed_.size();
    return written;
}

Status SealedWriter::write(ByteView bytes) {
    pending_.insert(pending_.end(), bytes.begin(), bytes.end());
    std::size_t done = 0;
    for (; pending_.size() - done >= kChunkSize; done += kChunkSize)
        if (auto written = writeChunk(ByteView(pending_).subspan(done, kChunkSize)); !written)
            return written;
    pending_.erase(pending_.begin(), pending_.begin() + static_cast<std::ptrdiff_t>(done));
    return {};
}

Status SealedWriter::finish() {
    auto written = writeChunk(pending_);
    pending_ = {};
    return written;
}

Status SealedReader::nextChunk() {
    if (last_)
        return damaged();
    const auto size = static_cast<std::size_t>(std::min<std::uint64_t>(kSealedChunkSize, end_ - offset_));
    if (size < crypto::kGcmTagSize)
        return damaged();
    Bytes sealed(size);
    auto read = file_.readAt(offset_, sealed);
    if (!read)
        return std::move(read).error();
    if (*read != size)
        return damaged();
    chunk_.resize(size - crypto::kGcmTagSize);
    if (!cipher_.open(index_++, sealed, chunk_))
        return damaged();
    offset_ += size;
    used_ = 0;
    last_ = size < kSealedChunkSize;
    return {};
}

Status SealedReader::read(MutableByteView to) {
    while (!to.empty()) {
        if (used_ == chunk_.size())
            if (auto next = nextChunk(); !next)
                return next;
        const std::size_t part = std::min(to.size(), chunk_.size() - used_);
        std::copy_n(chunk_.begin() + static_cast<std::ptrdiff_t>(used_), part, to.begin());
        used_ += part;
        to = to.subspan(part);
    }
    return {};
}

Status SealedReader::finish() {
    while (!last_ && used_ == chunk_.size())
        if (auto next = nextChunk(); !next)
            return next;
    if (used_ != chunk_.size() || offset_ != end_)
        return damaged();
    return {};
}

} // namespace ssprotect::session
