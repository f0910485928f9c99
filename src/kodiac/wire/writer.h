#pragma once

#include "ssprotect/base/clock.h"
#include "ssprotect/base/encoding.h"
#include "ssprotect/base/ids.h"
#include "text.h"
#include "words.h"

#include <concepts>
#include <type_traits>

namespace ssprotect::kodiac::wire {

using Secrets = std::vector<crypto::SecretBytes>;

/// Visits the fields of a message (fields_*.h) and writes its JSON object as they come, with no tree in between: a
/// message may be of a thousand files.
class Writer {
public:
    template <class Record> static void write(const Record& record, std::string& text, Secrets& secrets) {
        text += '{';
        Writer writer(text, secrets);
        describe(writer, record);
        text += '}';
    }

    template <class T, class... Limits> void field(const char* name, const T& value, Limits...) {
        begin(name);
        put(value);
    }
    template <class T, class... Limits> void field(const char* name, const std::optional<T>& value, Limits...) {
        if (value)
            field(name, *value);
    }
    void sized(const char* name, const Bytes& value, std::size_t) { field(name, value); }
    template <class T> void list(const char* name, const std::vector<T>& items, std::size_t) {
        begin(name);
        text_ += '[';
        for (std::size_t i = 0; i < items.size(); ++i) {
            if (i != 0)
                text_ += ',';
            put(items[i]);
        }
        text_ += ']';
    }
    void secret(const crypto::SecretBytes& value, std::size_t) { secrets_.push_back(value.clone()); }
    void secretBetween(const crypto::SecretBytes& value, std::size_t, std::size_t) {
        secrets_.push_back(value.clone());
    }
    void secretOrEmpty(const crypto::SecretBytes& value, std::size_t) { secrets_.push_back(value.clone()); }

private:
    Writer(std::string& text, Secrets& secrets) : text_(text), secrets_(secrets) {}

    void begin(std::string_view name) {
        if (!first_)
            text_ += ',';
        first_ = false;
        putPlain(name);
        text_ += ':';
    }

    /// Of characters that JSON takes as they are.
    void putPlain(std::string_view text) {
        text_ += '"';
        text_ += text;
        text_ += '"';
    }
    void put(const std::string& text) { text_ += quoted(text); }
    void put(bool value) { text_ += value ? "true" : "false"; }
    template <std::integral Integer> void put(Integer value) { text_ += std::to_string(value); }
    void put(TimePoint time) { put(toUnixMillis(time)); }
    void put(const Bytes& bytes) { putPlain(toBase64(bytes)); }
    template <std::size_t size> void put(const std::array<Byte, size>& bytes) { putPlain(toBase64(bytes)); }
    template <class Tag> void put(const Id<Tag>& id) { putPlain(id.hex()); }
    template <class Enum>
    requires std::is_enum_v<Enum>
    void put(Enum value) { putPlain(Words<Enum>::of(value)); }
    template <class Record>
    requires std::is_class_v<Record>
    void put(const Record& record) { write(record, text_, secrets_); }

    std::string& text_;
    Secrets& secrets_;
    bool first_ = true;
};

} // namespace ssprotect::kodiac::wire
