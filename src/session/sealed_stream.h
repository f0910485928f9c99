#pragma once

#include "ssprotect/base/wiped_bytes.h"
#include "ssprotect/container/chunked_encryption.h"
#include "ssprotect/platform/file_system.h"

namespace ssprotect::session {

/// Writes a stream of unknown length as a body of C2SP chunked encryption, behind a header that others write. One
/// thread.
class SealedWriter {
public:
    SealedWriter(platform::File& file, std::uint64_t offset, const container::BodyKeys& keys)
        : file_(file), offset_(offset), cipher_(keys.cipher()) {}

    Status write(ByteView bytes);
    /// The last chunk, which is always shorter, so that truncation shows.
    Status finish();

private:
    Status writeChunk(ByteView plaintext);

    platform::File& file_;
    std::uint64_t offset_;
    std::uint64_t index_ = 0;
    container::BodyKeys::ChunkCipher cipher_;
    WipedBytes pending_; // a master key passes through
    Bytes sealed_;
};

/// Reads it again, each chunk verified before a byte of it is given. One thread.
class SealedReader {
public:
    /// `end`: where the body, and the file, ends.
    SealedReader(platform::File& file, std::uint64_t offset, std::uint64_t end, const container::BodyKeys& keys)
        : file_(file), offset_(offset), end_(end), cipher_(keys.cipher()) {}

    /// Fills all of `to`; `data-damaged` when the stream ends before or a chunk does not authenticate.
    Status read(MutableByteView to);
    /// `data-damaged` when something is left.
    Status finish();

private:
    Status nextChunk();

    platform::File& file_;
    std::uint64_t offset_;
    const std::uint64_t end_;
    std::uint64_t index_ = 0;
    container::BodyKeys::ChunkCipher cipher_;
    WipedBytes chunk_;
    std::size_t used_ = 0;
    bool last_ = false;
};

} // namespace ssprotect::session
