#pragma once

#include <string>
#include <string_view>

namespace ssprotect::platform {

/// UTF-8 of the system's UTF-16. A surrogate without its partner, which names of files may hold, becomes
/// the three bytes that its number would have, so that `wideText` gives the same name back.
std::string narrowText(std::wstring_view wide);

/// The other way; what is no such text becomes U+FFFD.
std::wstring wideText(std::string_view utf8);

/// Whether two names are the same for the system, which looks at no case.
bool sameIgnoringCase(std::wstring_view a, std::wstring_view b);

} // namespace ssprotect::platform
