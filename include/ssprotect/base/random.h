#pragma once

#include "ssprotect/base/bytes.h"

namespace ssprotect {

/// The source of every random byte, handed to constructors so that tests can
/// fix it. The real one is `crypto::SystemRandom`. May be called from any thread.
class Random {
public:
    virtual ~Random() = default;
    virtual void fill(MutableByteView to) = 0;
};

} // namespace ssprotect
