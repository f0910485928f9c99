#pragma once

#include "ssprotect/base/result.h"
#include "ssprotect/crypto/secret.h"

#include <cstdint>
#include <string_view>

namespace ssprotect::twofactor {

constexpr std::size_t kLeastSeed = 16; ///< bytes; RFC 4226, R6
constexpr std::size_t kMostSeed = 64;

/// What an OATH HOTP token was made with (TFA-5).
struct OathSeed {
    crypto::SecretBytes secret; ///< kLeastSeed–kMostSeed bytes
    std::uint32_t digits = 6;   ///< 6–8
    std::uint64_t counter = 0;  ///< of the next code, as far as the text tells
};

/// The text that comes with a token: its secret in base32 (either case; spaces, hyphens and padding do not matter), or
/// `otpauth://hotp/LABEL?secret=…` with `digits`, `counter` and `algorithm` (SHA1 only), each at most once; other
/// parameters are passed over. `invalid-input` for anything else, clocks (`otpauth://totp`) too; the message never
/// quotes the text.
Result<OathSeed> parseOathSeed(std::string_view text);

} // namespace ssprotect::twofactor
