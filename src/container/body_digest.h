#pragma once

#include "ssprotect/crypto/hash.h"

#include <cstdint>
#include <map>
#include <mutex>

namespace ssprotect::container {

/// D, the SHA-256 over the SHA-256s of the body's pieces, which come in any order. Keeps only those that wait for an
/// earlier one. Any thread.
class BodyDigest {
public:
    /// How many pieces from the first on are in without a gap.
    std::uint64_t add(std::uint64_t piece, const crypto::Sha256Digest& digest);
    /// Once all are in.
    crypto::Sha256Digest finish();

private:
    std::mutex mutex_;
    crypto::Sha256 hash_;
    std::uint64_t next_ = 0;
    std::map<std::uint64_t, crypto::Sha256Digest> waiting_;
};

} // namespace ssprotect::container
