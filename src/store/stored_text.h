#pragma once

#include <string_view>

namespace ssprotect::store {

/// Whether every engine takes this text: UTF-8 as RFC 3629 has it, without NUL.
bool isStorableText(std::string_view text);

} // namespace ssprotect::store
