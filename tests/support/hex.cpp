#include "support/hex.h"

#include "ssprotect/base/encoding.h"

#include <algorithm>
#include <string>

namespace ssprotect::test {

Bytes hex(std::string_view text) {
    std::string digits(text);
    std::erase(digits, ' ');
    return fromHex(digits).value();
}

} // namespace ssprotect::test
