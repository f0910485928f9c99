#pragma once

#include "ssprotect/store/row.h"

#include <array>
#include <vector>

namespace ssprotect::store {

/// Tells two contents of a table apart, in whatever order their rows come: how many rows, and the sum of their SHA-256.
/// Against faults, not against somebody who means harm.
class TableDigest {
public:
    void add(const std::vector<Row::Column>& row);
    bool operator==(const TableDigest&) const = default;

private:
    std::uint64_t rows_ = 0;
    std::array<std::uint64_t, 4> sum_{};
};

} // namespace ssprotect::store
