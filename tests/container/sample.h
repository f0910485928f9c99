#pragma once

#include "ssprotect/container/container.h"
#include "support/memory_file.h"

namespace ssprotect::container::test {

/// Plaintext by a rule, so that every part of it can be named: byte i is (7·i + 13·(i>>8) + 1) mod 256.
Bytes patterned(std::size_t size);

/// Everything that a container is made of, fixed; a test changes what it is about.
struct Inputs {
    Identity identity;
    Bytes share = Bytes(32, 0x52);
    Bytes contentKey = Bytes(32, 0x4b);
    Bytes dataKey = Bytes(32, 0xde);
    Bytes bodySalt = Bytes(24, 0x5a);
    Bytes creatorSeed = Bytes(32, 0xc7);

    Inputs();
    VersionKeys keys() const { return {share, contentKey}; }
    crypto::SigningKey creator() const { return crypto::SigningKey::fromPrivate(creatorSeed).value(); }
};

struct Sample {
    Bytes container;
    Stored stored;
};

/// By `container::encrypt`; a failure ends the test program.
Sample encrypted(const Inputs& inputs, const Bytes& plaintext, unsigned threads = 1);

/// By a second writer, the format step by step with everything in memory: for header lengths that the product reads but
/// does not write, and to hold the real one against. `extra` are the bytes that a longer header adds.
Sample writtenPlainly(const Inputs& inputs, const Bytes& plaintext, const Bytes& extra = {});

/// `container::decrypt` of these bytes; `published` gets what the plaintext file holds afterwards.
Status decrypted(const Bytes& container, const Inputs& inputs, const crypto::Sha256Digest& digest, Bytes& published,
                 unsigned threads = 1);
Status verified(const Bytes& container, const Inputs& inputs, const crypto::Sha256Digest& digest, unsigned threads = 1);

/// The encrypted chunk `index` of a body of a container with a header of 256 bytes: where it starts in the file.
std::size_t chunkAt(std::size_t index);

} // namespace ssprotect::container::test
