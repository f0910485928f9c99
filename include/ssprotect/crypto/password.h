#pragma once

#include "ssprotect/base/result.h"
#include "ssprotect/crypto/hash.h"
#include "ssprotect/crypto/secret.h"

#include <cstdint>

namespace ssprotect::crypto {

/// scrypt, RFC 7914.
struct ScryptParameters {
    std::uint64_t n = 1u << 17;
    std::uint32_t r = 8;
    std::uint32_t p = 1;
};

/// What a client accepts from a server or a file: N from 2^17 to 2^20 and a power of two, r = 8, p = 1.
/// Tests hand in a lower floor.
struct ScryptLimits {
    std::uint64_t leastN = 1u << 17;
    std::uint64_t mostN = 1u << 20;
};

/// `invalid-input` outside the limits; nothing is computed then. Takes 1 KiB times N of memory while it runs;
/// `internal` when there is not as much.
Result<SecretBytes> scrypt(ByteView password, ByteView salt, const ScryptParameters& parameters,
                           const ScryptLimits& limits, std::size_t length);

/// SCRAM, RFC 5802 with SHA-256 (RFC 7677), SaltedPassword given as the authentication key.
struct ScramVerifier {
    Sha256Digest storedKey{};
    Sha256Digest serverKey{};
};
ScramVerifier scramVerifier(ByteView authenticationKey);
Sha256Digest scramClientProof(ByteView authenticationKey, ByteView authMessage);
bool scramVerifyClient(const ScramVerifier& verifier, ByteView authMessage, ByteView proof);
Sha256Digest scramServerSignature(const ScramVerifier& verifier, ByteView authMessage);

} // namespace ssprotect::crypto
