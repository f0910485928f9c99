#pragma once

#include "ssprotect/base/error.h"

#include <cstdint>
#include <optional>
#include <string_view>

namespace ssprotect::cli {

/// The exit code of a command about many items: 0 when all went well, the class of the failures when every item
/// failed for the same class, else 1.
class ItemTally {
public:
    void good() { ++good_; }
    void failed(std::string_view errorWord);

    std::uint64_t failures() const { return failures_; }
    int exitCode() const;

private:
    std::uint64_t good_ = 0;
    std::uint64_t failures_ = 0;
    std::optional<int> class_; ///< of the failures so far; 1 when they differ
};

} // namespace ssprotect::cli
