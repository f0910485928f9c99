#pragma once

#include "ssprotect/base/bytes.h"
#include "ssprotect/base/result.h"

#include <string_view>

namespace ssprotect::session {

constexpr std::size_t kLeastPasswordLength = 8;   ///< characters (UTF-8)
constexpr std::size_t kMostPasswordLength = 1024; ///< bytes
constexpr std::size_t kLeastDistinctCharacters = 4;
constexpr std::size_t kPasswordHistory = 3; ///< earlier passwords that may not come back, the present one included

/// The rules for an Individual's password and for passphrases of exported keys; `weak-password` names the broken
/// one, in a message about the `what`. Length counts, not classes of characters: `email` and the most common passwords
/// are refused.
Status checkNewPassword(ByteView password, std::string_view email, std::string_view what = "password");

} // namespace ssprotect::session
