#include "ssprotect/container/body_reader.h"

#include "body_layout.h"

namespace ssprotect::container {

BodyReader::BodyReader(SealedBody body) : body_(std::move(body)), cipher_(body_.cipher()) {}

Result<std::size_t> BodyReader::readAt(std::uint64_t offset, MutableByteView to) {
    std::size_t done = 0;
    while (done < to.size() && offset < size()) {
        if (auto loaded = load(offset / kChunkSize); !loaded)
            return std::move(loaded).error();
        const ByteView rest = ByteView(plaintext_).subspan(offset % kChunkSize);
        const std::size_t count = std::min(rest.size(), to.size() - done);
        std::copy_n(rest.begin(), count, to.begin() + static_cast<std::ptrdiff_t>(done));
        done += count;
        offset += count;
    }
    // Only the last chunk proves that the content ends here, also where it is empty.
    if (offset >= size()) {
        if (auto loaded = load(body_.chunkCount() - 1); !loaded)
            return std::move(loaded).error();
    }
    return done;
}

Status BodyReader::load(std::uint64_t chunk) {
    if (loaded_ == chunk)
        return {};
    loaded_.reset();
    sealed_.resize(chunkEnd(chunk, body_.size()) - chunkBegin(chunk));
    plaintext_.resize(sealed_.size() - crypto::kGcmTagSize);
    const auto got = body_.readAt(chunkBegin(chunk), sealed_);
    if (!got)
        return got.error();
    if (*got < sealed_.size())
        return makeError(ErrorCode::dataDamaged, "the encrypted content ends before its last chunk");
    if (auto opened = cipher_.open(chunk, sealed_, plaintext_); !opened)
        return opened;
    loaded_ = chunk;
    return {};
}

} // namespace ssprotect::container
