#pragma once

#include "ssprotect/store/value.h"

#include <initializer_list>
#include <span>
#include <vector>

namespace ssprotect::store {

/// The parameters of a statement about many things, one row of the same length for each. Borrows as `Value` does.
class ValueRows {
public:
    explicit ValueRows(std::size_t width) : types_(width) {}

    /// Of as many values as there are columns, each of the column's type (a NULL too: `std::optional`,
    /// `Value::orNull`), else the process ends.
    void add(std::initializer_list<Value> row) {
        if (row.size() != width())
            std::abort();
        auto type = types_.begin();
        for (const Value& value : row)
            settle(*type++, value.type());
        values_.insert(values_.end(), row.begin(), row.end());
    }

    std::size_t width() const { return types_.size(); }
    Value::Type typeOf(std::size_t column) const { return types_.at(column); }
    std::size_t count() const { return values_.size() / width(); }
    bool empty() const { return values_.empty(); }
    std::span<const Value> all() const { return values_; }
    /// `count` rows from that of number `first` on, one behind the other.
    std::span<const Value> slice(std::size_t first, std::size_t count) const {
        return all().subspan(first * width(), count * width());
    }

private:
    static void settle(Value::Type& known, Value::Type type) {
        if (type == Value::Type::unknown || (known != Value::Type::unknown && known != type))
            std::abort();
        known = type;
    }

    std::vector<Value::Type> types_; ///< of the columns
    std::vector<Value> values_;
};

} // namespace ssprotect::store
