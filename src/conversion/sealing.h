#pragma once

#include "store_corridor.h"

namespace ssprotect::conversion {

/// How one file is worked on.
struct Work {
    const Services& services;
    const Control& control;
    unsigned threads = 1;
};

/// Makes the item's temporary: the plaintext under a fresh key, with attributes and time, durable, read
/// back and verified, its source unchanged meanwhile; three attempts, then `changed-meanwhile`.
Status seal(const Work& work, const crypto::SigningKey& creator, StoreItem& item);

/// The temporary of a target, for the owner only; an error names the target rather than the temporary.
Result<std::unique_ptr<platform::File>> createTemporary(platform::FileSystem& files, const Placing& placing,
                                                        std::uint64_t size);

/// Half of the bytes of each of two passes over a file, so that both together make its size.
Control halved(const Control& control);

/// Makes a file durable while `check` reads it back: on big files the disk and the processor work at once.
Status syncWhile(platform::File& file, std::uint64_t size, const std::function<Status()>& check);

} // namespace ssprotect::conversion
