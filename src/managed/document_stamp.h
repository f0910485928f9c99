#pragma once

#include "ssprotect/platform/file_system.h"

namespace ssprotect::managed {

/// "Is it still that content?" across restarts: what a program that writes a document cannot leave alone.
struct DocumentStamp {
    std::uint64_t size = 0;
    std::int64_t modifiedNanos = 0;
    friend bool operator==(const DocumentStamp&, const DocumentStamp&) = default;
};

inline DocumentStamp stampOf(const platform::FileInfo& info) { return {info.size, info.modifiedNanos}; }

} // namespace ssprotect::managed
