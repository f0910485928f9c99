#pragma once

#include "ssprotect/crypto/secret.h"

#include <array>
#include <initializer_list>
#include <memory>

namespace ssprotect::crypto {

using Sha256Digest = std::array<Byte, 32>;
using Sha512Digest = std::array<Byte, 64>;

/// FIPS 180-4, over the concatenation of the parts.
Sha256Digest sha256(std::initializer_list<ByteView> parts);
Sha512Digest sha512(std::initializer_list<ByteView> parts);

/// SHA-256 of a stream. One thread at a time; reusable after `finish`.
class Sha256 {
public:
    Sha256();
    ~Sha256();
    Sha256(Sha256&&) noexcept;
    Sha256& operator=(Sha256&&) noexcept;
    void update(ByteView bytes);
    Sha256Digest finish();

private:
    struct Context;
    std::unique_ptr<Context> context_;
};

enum class HashAlgorithm { sha1, sha256, sha512 };

/// RFC 2104. SHA-1 only for HOTP.
Bytes hmac(HashAlgorithm hash, ByteView key, std::initializer_list<ByteView> parts);
/// The same into `to`, which has the size of the hash: for codes that are themselves secret.
void hmac(HashAlgorithm hash, ByteView key, std::initializer_list<ByteView> parts, MutableByteView to);

/// RFC 5869. `info` at most 1,024 bytes, `length` from 1 to 255 times the size of the hash; else the process ends,
/// since no caller lets input choose them.
SecretBytes hkdf(HashAlgorithm hash, ByteView inputKey, ByteView salt, ByteView info, std::size_t length);
SecretBytes hkdfExtract(HashAlgorithm hash, ByteView inputKey, ByteView salt);
SecretBytes hkdfExpand(HashAlgorithm hash, ByteView pseudoRandomKey, ByteView info, std::size_t length);

} // namespace ssprotect::crypto
