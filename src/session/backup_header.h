#pragma once

#include "ssprotect/base/clock.h"
#include "ssprotect/base/ids.h"
#include "ssprotect/container/chunked_encryption.h"
#include "ssprotect/crypto/curves.h"

namespace ssprotect::session {

/// The first 200 bytes of a backup (docs/backup-file.md). The body key is sealed to the account by HPKE, and the
/// account signs which key that is, so nobody else can pass a KODiAC of their own off as its backup.
struct BackupHeader {
    static constexpr std::size_t kSize = 200;

    OrganizationId organization;
    AccountId account;
    TimePoint created{};
    crypto::PublicKey encapsulated{};
    std::array<Byte, 48> sealedKey{};
    crypto::Signature signature{};

    Bytes bytes() const;
    /// `data-damaged` for what is no backup of a known format.
    static Result<BackupHeader> parse(ByteView bytes);

    /// Bytes 0–55: what the sealed key is bound to.
    Bytes sealedFor() const;
    /// Bytes 0–135: the context of the body.
    Bytes context() const;
    Bytes hpkeInfo() const;
    Bytes signedBytes(const container::BodySalt& salt, ByteView commitment) const;
};

} // namespace ssprotect::session
