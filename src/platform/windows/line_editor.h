#pragma once

#include "ssprotect/base/wiped_bytes.h"

#include <vector>

namespace ssprotect::platform {

/// A line that is being typed, key by key. What it held is wiped.
class LineEditor {
public:
    enum class State { typing, entered, cancelled };

    /// One UTF-16 unit as the keyboard gives it: Ctrl-C and, at the start of the line, Ctrl-D and Ctrl-Z
    /// cancel; Backspace and Ctrl-U take back.
    State type(wchar_t key);
    /// The line so far, in UTF-8.
    WipedBytes text() const;

private:
    std::vector<wchar_t, WipingAllocator<wchar_t>> line_;
};

} // namespace ssprotect::platform
