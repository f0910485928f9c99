#pragma once

#include "sample.h"

#include <string>

namespace ssprotect::container::test {

/// A container under tests/data/containers, described by golden.json there: opened by every later build.
struct Golden {
    std::string file;
    std::size_t plaintextSize = 0;
    std::size_t extraHeader = 0; ///< bytes that a longer header adds, all 0xa5
    Bytes root;                  ///< S
    Bytes fileSalt;              ///< σ
    Inputs inputs;               ///< the share in it is R, derived from the two

    Bytes extra() const { return Bytes(extraHeader, 0xa5); }
    IdentityBytes identityBytes() const {
        return inputs.identity.bytes(static_cast<std::uint16_t>(kHeaderSize + extraHeader));
    }
};

/// The golden containers as they were first made, every input fixed.
std::vector<Golden> goldens();

} // namespace ssprotect::container::test
