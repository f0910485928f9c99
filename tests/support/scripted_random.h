#pragma once

#include "ssprotect/base/random.h"

#include <algorithm>
#include <cstdlib>
#include <initializer_list>

namespace ssprotect::test {

/// Hands out the given bytes in order, so that a test can say what is drawn. Drawing more than there is ends the
/// test program: the code drew what the test does not know of.
class ScriptedRandom final : public Random {
public:
    ScriptedRandom(std::initializer_list<ByteView> draws) {
        for (const ByteView draw : draws)
            append(script_, draw);
    }

    void fill(MutableByteView to) override {
        if (to.size() > script_.size() - used_)
            std::abort();
        std::copy_n(script_.begin() + static_cast<std::ptrdiff_t>(used_), to.size(), to.begin());
        used_ += to.size();
    }

    std::size_t left() const { return script_.size() - used_; }

private:
    Bytes script_;
    std::size_t used_ = 0;
};

} // namespace ssprotect::test
