#pragma once

#include "ssprotect/base/random.h"

namespace ssprotect::crypto {

/// OpenSSL's generator; its failure ends the process (there is no safe way on).
class SystemRandom final : public Random {
public:
    void fill(MutableByteView to) override;
};

/// Starts the secure heap that SecretBytes lives in. Call once, first thing in main.
void startSecureHeap();

} // namespace ssprotect::crypto
