#pragma once

#include "ssprotect/container/header.h"
#include "ssprotect/crypto/secret.h"

/// The keys from KODiAC's root and the Organization's content key down to those of one container. I is the identity,
/// bytes 0–103 of the header: what is derived holds for exactly this version of this file.
namespace ssprotect::container {

constexpr std::size_t kKeySize = 32;

/// R, the share of KODiAC, and OCK, the Organization's: together they give the KEK of exactly this I.
/// The views must outlive the call.
struct VersionKeys {
    ByteView share;
    ByteView contentKey;
};

/// R = HKDF-SHA-512(ikm S, salt σ, info "ssprotect/share/v1" ‖ I): S is KODiAC's root of the epoch, σ the FileID's
/// salt.
crypto::SecretBytes deriveShare(ByteView root, ByteView fileSalt, const IdentityBytes& identity);

/// KEK = HKDF-SHA-512(ikm R ‖ OCK, salt empty, info "ssprotect/kek/v1" ‖ I).
crypto::SecretBytes deriveKeyEncryptionKey(const VersionKeys& keys, const IdentityBytes& identity);

/// What a DEK gives: K_hdr authenticates the header, K_body is the input key of the chunked encryption.
struct ContainerKeys {
    crypto::SecretBytes header;
    crypto::SecretBytes body;
};
ContainerKeys deriveContainerKeys(ByteView dataEncryptionKey);

} // namespace ssprotect::container
