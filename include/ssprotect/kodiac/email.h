#pragma once

#include "ssprotect/base/result.h"

#include <string>
#include <string_view>

namespace ssprotect::kodiac {

/// The form in which e-mails are compared (ACC-1): ASCII letters in lower case.
std::string emailKey(std::string_view email);

/// An address that mail and audit can carry: printable ASCII, one `@`, a local part of 1–64 characters without
/// quotes, a domain of letters, digits, hyphens and dots. `invalid-input` otherwise (CR, LF and spaces above all).
Status checkEmail(std::string_view email);

} // namespace ssprotect::kodiac
