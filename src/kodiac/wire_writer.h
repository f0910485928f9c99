#pragma once

#include "ssprotect/base/json.h"
#include "wire_words.h"

#include <concepts>
#include <type_traits>

#include <nlohmann/json.hpp>

namespace ssprotect::kodiac::wire {

using Secrets = std::vector<crypto::SecretBytes>;

/// Visits the fields of a message (wire_fields_*.h) and builds its JSON object.
class Writer {
public:
    Writer(Json& object, Secrets& secrets) : object_(object), secrets_(secrets) { object_ = Json::object(); }

    template <class T, class... Limits> void field(const char* name, const T& value, Limits...) {
        object_[name] = json(value);
    }
    template <class T, class... Limits> void field(const char* name, const std::optional<T>& value, Limits...) {
        if (value)
            object_[name] = json(*value);
    }
    void sized(const char* name, const Bytes& value, std::size_t) { field(name, value); }
    template <class T> void list(const char* name, const std::vector<T>& items, std::size_t) {
        Json array = Json::array();
        for (const T& item : items)
            array.push_back(json(item));
        object_[name] = std::move(array);
    }
    void secret(const crypto::SecretBytes& value, std::size_t) { secrets_.push_back(value.clone()); }
    void secretBetween(const crypto::SecretBytes& value, std::size_t, std::size_t) {
        secrets_.push_back(value.clone());
    }
    void secretOrEmpty(const crypto::SecretBytes& value, std::size_t) { secrets_.push_back(value.clone()); }

private:
    Json json(const std::string& text) { return text; }
    Json json(bool value) { return value; }
    template <std::integral Integer> Json json(Integer value) { return value; }
    Json json(TimePoint time) { return toUnixMillis(time); }
    Json json(const Bytes& bytes) { return toBase64(bytes); }
    template <std::size_t size> Json json(const std::array<Byte, size>& bytes) { return toBase64(bytes); }
    template <class Tag> Json json(const Id<Tag>& id) { return id.hex(); }
    template <class Enum>
    requires std::is_enum_v<Enum> Json json(Enum value) { return std::string(Words<Enum>::of(value)); }
    template <class Record>
    requires std::is_class_v<Record> Json json(const Record& record) {
        Json object;
        Writer nested(object, secrets_);
        describe(nested, record);
        return object;
    }

    Json& object_;
    Secrets& secrets_;
};

} // namespace ssprotect::kodiac::wire
