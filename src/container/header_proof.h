#pragma once

#include "ssprotect/container/header.h"

namespace ssprotect::container {

/// What the Creator signs: "ssprotect/container/v1" ‖ header bytes 0–151 ‖ D.
Bytes signedMessage(ByteView headerStart, const crypto::Sha256Digest& digest);

/// HMAC-SHA-256 under K_hdr over everything in the header that comes before it.
crypto::Sha256Digest headerMac(ByteView headerKey, ByteView beforeMac);

} // namespace ssprotect::container
