#pragma once

#include "ssprotect/base/wiped_bytes.h"
#include "ssprotect/container/sealed_body.h"

#include <optional>

namespace ssprotect::container {

/// Random access to a body for readers that want a part. Keeps the chunk it opened last. One thread at a time.
class BodyReader {
public:
    explicit BodyReader(SealedBody body);

    std::uint64_t size() const { return body_.plaintextSize(); }
    /// Fills `to` from `offset`, each chunk verified first; fewer bytes only at the end; a read that reaches
    /// the end verifies the last chunk too, also where it is empty. On `integrity` nothing of the
    /// chunk concerned is in `to`, and what is there is to be thrown away.
    Result<std::size_t> readAt(std::uint64_t offset, MutableByteView to);

private:
    Status load(std::uint64_t chunk);

    SealedBody body_;
    BodyKeys::ChunkCipher cipher_;
    Bytes sealed_;
    WipedBytes plaintext_;
    std::optional<std::uint64_t> loaded_;
};

} // namespace ssprotect::container
