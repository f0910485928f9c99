#pragma once

#include "ssprotect/store/row.h"
#include "ssprotect/store/value_rows.h"

#include <array>
#include <deque>
#include <libpq-fe.h>
#include <span>
#include <string>
#include <vector>

namespace ssprotect::store {

/// The parameters of one statement as libpq takes them, in the binary formats of int8, text, bytea and arrays of them.
/// It borrows text and bytes, as `Value` does, but those of columns.
class PostgresParameters {
public:
    explicit PostgresParameters(std::span<const Value> values);
    /// An array for each column, of `count` rows from that of number `first` on.
    void addColumns(const ValueRows& rows, std::size_t first, std::size_t count);
    PostgresParameters(const PostgresParameters&) = delete;
    PostgresParameters& operator=(const PostgresParameters&) = delete;

    int count() const { return static_cast<int>(types_.size()); }
    /// 0 for a NULL of no type: the server takes the one that fits.
    const Oid* types() const { return types_.data(); }
    const char* const* values() const { return values_.data(); }
    const int* lengths() const { return lengths_.data(); }
    const int* formats() const { return formats_.data(); }
    /// A letter for each type: a prepared statement fits those that it was prepared with.
    const std::string& signature() const { return signature_; }

private:
    void addType(Value::Type type);
    void add(const void* value, std::size_t length);

    std::vector<std::array<Byte, 8>> numbers_;
    std::deque<Bytes> arrays_;
    std::vector<Oid> types_;
    std::vector<const char*> values_;
    std::vector<int> lengths_;
    std::vector<int> formats_;
    std::string signature_;
};

/// One field of a result in binary format; `internal` for a type that is none of ours.
Result<Row::Column> postgresColumn(const PGresult* result, int row, int column);

} // namespace ssprotect::store
