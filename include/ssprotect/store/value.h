#pragma once

#include "ssprotect/base/clock.h"
#include "ssprotect/base/ids.h"
#include "ssprotect/crypto/secret.h"

#include <concepts>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace ssprotect::store {

/// One parameter of a statement: NULL, a 64-bit integer, text (UTF-8) or bytes. It borrows: text and bytes
/// must live until the statement has run.
class Value {
public:
    using Content = std::variant<std::monostate, std::int64_t, std::string_view, ByteView>;
    enum class Type { unknown, integer, text, bytes };

    Value(std::nullptr_t) {}
    Value(bool value) : content_(std::int64_t{value}) {}
    /// Unsigned numbers above 2^63 − 1 are the caller's to refuse: they end the process.
    template <std::integral Integer> Value(Integer number) : content_(checked(number)) {}
    Value(TimePoint time) : content_(toUnixMillis(time)) {}
    Value(std::string_view text) : content_(text) {}
    Value(const std::string& text) : content_(std::string_view(text)) {}
    Value(const char* text) : content_(std::string_view(text)) {}
    Value(ByteView bytes) : content_(bytes) {}
    Value(const Bytes& bytes) : content_(ByteView(bytes)) {}
    Value(const crypto::SecretBytes& bytes) : content_(bytes.view()) {}
    template <std::size_t size> Value(const std::array<Byte, size>& bytes) : content_(ByteView(bytes)) {}
    template <class Tag> Value(const Id<Tag>& id) : content_(id.bytes()) {}
    template <class T> Value(const std::optional<T>& value) : nullOf_(Value(T{}).type()) {
        if (value)
            content_ = Value(*value).content_;
    }

    /// NULL for the id that is none.
    template <class Tag> static Value orNull(const Id<Tag>& id) {
        Value value(id);
        if (id.isNull()) {
            value.nullOf_ = Type::bytes;
            value.content_ = std::monostate();
        }
        return value;
    }

    const Content& content() const { return content_; }
    /// Also of a NULL that stands for a value of some type.
    Type type() const {
        return std::holds_alternative<std::monostate>(content_) ? nullOf_ : static_cast<Type>(content_.index());
    }

private:
    template <std::integral Integer> static std::int64_t checked(Integer number) {
        if (!std::in_range<std::int64_t>(number))
            std::abort();
        return static_cast<std::int64_t>(number);
    }

    Content content_;
    Type nullOf_ = Type::unknown;
};

} // namespace ssprotect::store
