#pragma once

#include "ssprotect/base/bytes.h"

namespace ssprotect::test {

/// The bytes that a vector typed into a test names; blanks are passed over. Anything else that is no hex ends the
/// test program.
Bytes hex(std::string_view text);

} // namespace ssprotect::test
