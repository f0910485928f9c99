#pragma once

#include "ssprotect/base/clock.h"
#include "ssprotect/base/ids.h"

#include <algorithm>
#include <concepts>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace ssprotect::store {

/// Takes the first fault of a transaction; nothing is committed after it.
class FaultSink {
public:
    virtual void fail(Error error) = 0;

protected:
    ~FaultSink() = default;
};

/// One row of a result, its columns counted from 0 as the statement names them. Must not outlive its transaction.
class Row {
public:
    using Column = std::variant<std::monostate, std::int64_t, std::string, Bytes>;

    Row(std::vector<Column> columns, FaultSink& faults) : columns_(std::move(columns)), faults_(&faults) {}

    bool isNull(std::size_t column) const { return std::holds_alternative<std::monostate>(columns_.at(column)); }

    /// An integer type, bool, TimePoint, std::string, Bytes, an array of bytes, an Id, or std::optional of one for a
    /// column that may be NULL. Another type, size or range than the column's is `data-damaged`: it breaks the
    /// transaction and gives an empty value.
    template <class T> T get(std::size_t column) const {
        T value{};
        if (!read(columns_.at(column), value))
            mismatch();
        return value;
    }

private:
    static bool read(const Column& column, std::string& to) { return take(column, to); }
    static bool read(const Column& column, Bytes& to) { return take(column, to); }
    static bool read(const Column& column, bool& to) {
        const auto* number = std::get_if<std::int64_t>(&column);
        to = number != nullptr && *number != 0;
        return number != nullptr;
    }
    template <std::integral Integer> static bool read(const Column& column, Integer& to) {
        const auto* number = std::get_if<std::int64_t>(&column);
        if (number == nullptr || !std::in_range<Integer>(*number))
            return false;
        to = static_cast<Integer>(*number);
        return true;
    }
    static bool read(const Column& column, TimePoint& to) {
        std::int64_t millis = 0;
        const bool good = read(column, millis);
        to = fromUnixMillis(millis);
        return good;
    }
    template <std::size_t size> static bool read(const Column& column, std::array<Byte, size>& to) {
        const auto* bytes = std::get_if<Bytes>(&column);
        if (bytes == nullptr || bytes->size() != size)
            return false;
        std::copy(bytes->begin(), bytes->end(), to.begin());
        return true;
    }
    template <class Tag> static bool read(const Column& column, Id<Tag>& to) {
        std::array<Byte, Id<Tag>::kSize> bytes;
        if (!read(column, bytes))
            return false;
        to = Id<Tag>(bytes);
        return true;
    }
    template <class T> static bool read(const Column& column, std::optional<T>& to) {
        return std::holds_alternative<std::monostate>(column) || read(column, to.emplace());
    }
    template <class T> static bool take(const Column& column, T& to) {
        const auto* value = std::get_if<T>(&column);
        if (value != nullptr)
            to = *value;
        return value != nullptr;
    }

    void mismatch() const;

    std::vector<Column> columns_;
    FaultSink* faults_;
};

} // namespace ssprotect::store
