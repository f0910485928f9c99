#pragma once

#include "ssprotect/base/bytes.h"
#include "ssprotect/base/result.h"

#include <string>

namespace ssprotect {

/// Lower-case hex, as FileIDs are shown.
std::string toHex(ByteView bytes);
/// Accepts both cases; any other character or an odd length is `invalid-input`.
Result<Bytes> fromHex(std::string_view text);

/// RFC 4648 section 4, with padding.
std::string toBase64(ByteView bytes);
Result<Bytes> fromBase64(std::string_view text);

/// RFC 4648 section 6 without padding, upper case.
std::string toBase32(ByteView bytes);
/// Upper case without padding only; bits left over must be zero. `invalid-input`.
Result<Bytes> fromBase32(std::string_view text);

} // namespace ssprotect
