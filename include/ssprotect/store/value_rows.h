#pragma once

#include "ssprotect/store/value.h"

#include <initializer_list>
#include <span>
#include <vector>

namespace ssprotect::store {

/// The parameters of a statement about many things, one row of the same length for each. Borrows as `Value` does.
class ValueRows {
public:
    explicit ValueRows(std::size_t width) : width_(width) {}

    /// Of `width` values, else the process ends.
    void add(std::initializer_list<Value> row) {
        if (row.size() != width_)
            std::abort();
        values_.insert(values_.end(), row.begin(), row.end());
    }

    std::size_t width() const { return width_; }
    std::size_t count() const { return values_.size() / width_; }
    bool empty() const { return values_.empty(); }
    /// `count` rows from that of number `first` on, one behind the other.
    std::span<const Value> slice(std::size_t first, std::size_t count) const {
        return std::span(values_).subspan(first * width_, count * width_);
    }

private:
    std::size_t width_;
    std::vector<Value> values_;
};

} // namespace ssprotect::store
