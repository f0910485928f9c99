#pragma once

#include "ssprotect/base/bytes.h"
#include "ssprotect/base/result.h"
#include "ssprotect/kodiac/people.h"

#include <string_view>

namespace ssprotect::session {

constexpr std::size_t kLeastPasswordLength = 8;   ///< characters (UTF-8)
constexpr std::size_t kMostPasswordLength = 1024; ///< bytes
constexpr std::size_t kLeastDistinctCharacters = 4;
constexpr std::size_t kPasswordHistory = 3;      ///< earlier passwords that may not come back, the present one included
constexpr std::size_t kMostPasswordHistory = 24; ///< the most that an Organization's rules ask for, and the vault keeps

/// The rules for a password and for passphrases of exported keys; `weak-password` names the broken one, in a message
/// about the `what`. By itself the product counts length, not classes of characters: `email` and the most common
/// passwords are refused. An Organization's `rules` come on top (ACC-5); characters beyond ASCII are of the class
/// "others".
Status checkNewPassword(ByteView password, std::string_view email, std::string_view what = "password",
                        const kodiac::PasswordRules& rules = {});
/// How many earlier passwords may not come back, the present one included.
std::size_t passwordHistoryFor(const kodiac::PasswordRules& rules);

} // namespace ssprotect::session
