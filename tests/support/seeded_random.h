#pragma once

#include "ssprotect/base/random.h"
#include "support/survival.h"

#include <mutex>

namespace ssprotect::test {

/// Bytes that look random and are the same for the same seed. Any thread.
class SeededRandom final : public Random {
public:
    explicit SeededRandom(std::uint64_t seed) : dice_(seed) {}

    void fill(MutableByteView to) override {
        const std::lock_guard lock(mutex_);
        for (auto& byte : to)
            byte = static_cast<Byte>(dice_.next() >> 56);
    }

private:
    std::mutex mutex_;
    support::Dice dice_;
};

} // namespace ssprotect::test
