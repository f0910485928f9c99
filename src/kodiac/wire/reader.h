#pragma once

#include "limits.h"
#include "ssprotect/base/json.h"
#include "words.h"

#include <concepts>
#include <type_traits>
#include <utility>

#include <nlohmann/json.hpp>

namespace ssprotect::kodiac::wire {

/// What the readers of one body share: its first fault, and what was taken so far.
struct Reading {
    std::vector<crypto::SecretBytes> secrets;
    std::size_t secretsTaken = 0;
    std::size_t members = 0; ///< of all objects together
    std::optional<Error> error;

    void fail(std::string message) {
        if (!error)
            error = makeError(ErrorCode::invalidInput, std::move(message));
    }
    void fail(const char* field, std::string_view why) {
        fail("the field \"" + std::string(field) + "\" " + std::string(why));
    }
};

/// Visits the fields of a message (fields_*.h) and fills them from a JSON object. The first
/// fault stays in `Reading`; after it nothing more is read.
class Reader {
public:
    Reader(const Json& object, Reading& reading) : object_(object), reading_(reading) {
        if (!object_.is_object())
            reading_.fail("a JSON object is expected");
    }
    Reader(const Reader&) = delete;
    Reader& operator=(const Reader&) = delete;

    /// After all fields are visited: whatever else is there is a fault.
    void finish() {
        if (!reading_.error && taken_ != object_.size())
            reading_.fail("there are fields that this version does not know");
        reading_.members += taken_;
    }

    template <class T> void field(const char* name, T& to) {
        if (const Json* value = member(name))
            read(name, *value, to);
    }
    template <class T> void field(const char* name, std::optional<T>& to) {
        if (reading_.error || !object_.contains(name))
            return;
        field(name, to.emplace());
    }
    /// Text or bytes of at most `most` bytes.
    template <class T> void field(const char* name, T& to, std::size_t most) {
        field(name, to);
        if (to.size() > most)
            reading_.fail(name, "is too long");
    }
    void sized(const char* name, Bytes& to, std::size_t size) {
        field(name, to);
        if (to.size() != size)
            reading_.fail(name, "has another size than it must");
    }
    template <class T> void list(const char* name, std::vector<T>& to, std::size_t most) {
        const Json* value = member(name);
        if (value == nullptr)
            return;
        if (!value->is_array() || value->size() > most)
            return reading_.fail(name, value->is_array() ? "has too many items" : "must be a list");
        to.resize(value->size());
        for (std::size_t i = 0; i < to.size() && !reading_.error; ++i)
            read(name, (*value)[i], to[i]);
    }
    void secret(crypto::SecretBytes& to, std::size_t size) { takeSecret(to, size, size, false); }
    void secretBetween(crypto::SecretBytes& to, std::size_t least, std::size_t most) {
        takeSecret(to, least, most, false);
    }
    void secretOrEmpty(crypto::SecretBytes& to, std::size_t size) { takeSecret(to, size, size, true); }

private:
    const Json* member(const char* name) {
        if (reading_.error)
            return nullptr;
        const auto found = object_.find(name);
        if (found == object_.end()) {
            reading_.fail(name, "is missing");
            return nullptr;
        }
        ++taken_;
        return &*found;
    }

    void takeSecret(crypto::SecretBytes& to, std::size_t least, std::size_t most, bool mayBeEmpty) {
        if (reading_.error)
            return;
        if (reading_.secretsTaken == reading_.secrets.size())
            return reading_.fail("a secret that belongs to the message is missing");
        to = std::move(reading_.secrets[reading_.secretsTaken++]);
        if ((to.size() < least || to.size() > most) && !(mayBeEmpty && to.empty()))
            reading_.fail("a secret of the message has another size than it must");
    }

    const std::string* text(const char* name, const Json& value) {
        const auto* found = value.get_ptr<const Json::string_t*>();
        if (found != nullptr && found->find('\0') == std::string::npos)
            return found;
        reading_.fail(name, "must be text without NUL"); // which no database would store
        return nullptr;
    }

    void read(const char* name, const Json& value, std::string& to) {
        if (const auto* found = text(name, value))
            to = *found;
    }
    void read(const char* name, const Json& value, bool& to) {
        if (const auto* found = value.get_ptr<const Json::boolean_t*>())
            to = *found;
        else
            reading_.fail(name, "must be true or false");
    }
    // Nothing above 2^63 − 1: neither a database nor every reader of JSON has a type for it.
    template <std::unsigned_integral Integer> void read(const char* name, const Json& value, Integer& to) {
        const auto* found = value.get_ptr<const Json::number_unsigned_t*>();
        if (found == nullptr || !std::in_range<Integer>(*found) || !std::in_range<std::int64_t>(*found))
            return reading_.fail(name, "must be a whole number in its range");
        to = static_cast<Integer>(*found);
    }
    void read(const char* name, const Json& value, std::int64_t& to) {
        if (!value.is_number_integer() ||
            (value.is_number_unsigned() && !std::in_range<std::int64_t>(value.get<std::uint64_t>())))
            return reading_.fail(name, "must be a whole number in its range");
        to = value.get<std::int64_t>();
    }
    void read(const char* name, const Json& value, TimePoint& to) {
        std::int64_t millis = 0;
        read(name, value, millis);
        to = fromUnixMillis(millis);
    }
    void read(const char* name, const Json& value, Bytes& to) {
        const auto* found = text(name, value);
        if (found == nullptr)
            return;
        auto bytes = fromBase64(*found);
        if (!bytes)
            return reading_.fail(name, "must be base64");
        to = std::move(*bytes);
    }
    template <std::size_t size> void read(const char* name, const Json& value, std::array<Byte, size>& to) {
        Bytes bytes;
        read(name, value, bytes);
        if (bytes.size() != size)
            return reading_.fail(name, "has another size than it must");
        std::copy(bytes.begin(), bytes.end(), to.begin());
    }
    template <class Tag> void read(const char* name, const Json& value, Id<Tag>& to) {
        const auto* found = text(name, value);
        if (found == nullptr)
            return;
        auto id = Id<Tag>::fromHexText(*found);
        if (!id)
            return reading_.fail(name, "must be an id in hex");
        to = *id;
    }
    template <class Enum>
    requires std::is_enum_v<Enum>
    void read(const char* name, const Json& value, Enum& to) {
        const auto* found = text(name, value);
        if (found == nullptr)
            return;
        for (const Enum candidate : Words<Enum>::kAll)
            if (Words<Enum>::of(candidate) == *found) {
                to = candidate;
                return;
            }
        reading_.fail(name, "is a word that this version does not know");
    }
    template <class Record>
    requires std::is_class_v<Record>
    void read(const char*, const Json& value, Record& to) {
        Reader nested(value, reading_);
        if (reading_.error)
            return;
        describe(nested, to);
        nested.finish();
    }

    const Json& object_;
    Reading& reading_;
    std::size_t taken_ = 0;
};

} // namespace ssprotect::kodiac::wire
