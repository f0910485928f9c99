#pragma once

#include "fields_common.h" // before the visitor: it describes records of other rooms
#include "schema.h"
#include "words.h"

#include <algorithm>
#include <concepts>
#include <limits>
#include <type_traits>

namespace ssprotect::kodiac::wire {

/// Visits the fields of a message (fields_*.h) for their names, types and limits; the values do not matter.
class SchemaVisitor {
public:
    SchemaVisitor(Schema& object, std::vector<SchemaSecret>& secrets, std::string place = {})
        : object_(object), secrets_(secrets), place_(std::move(place)) {}

    template <class T> void field(const char* name, const T& value) { add(name, false, schemaOf(name, value)); }
    template <class T> void field(const char* name, const std::optional<T>&) { add(name, true, schemaOf(name, T{})); }
    template <class T> void field(const char* name, const T& value, std::size_t most) {
        add(name, false, limited(schemaOf(name, value), most));
    }
    template <class T> void field(const char* name, const std::optional<T>&, std::size_t most) {
        add(name, true, limited(schemaOf(name, T{}), most));
    }
    void sized(const char* name, const Bytes&, std::size_t size) { add(name, false, base64(size, size)); }
    template <class T> void list(const char* name, const std::vector<T>&, std::size_t most) {
        Schema list{.kind = Schema::Kind::list, .most = most};
        list.item.push_back(schemaOf(std::string(name) + "[]", T{}));
        add(name, false, std::move(list));
    }
    void secret(const crypto::SecretBytes&, std::size_t size) { secrets_.push_back({place_, size, false}); }
    void secretBetween(const crypto::SecretBytes&, std::size_t least, std::size_t most) {
        secrets_.push_back({place_, most, false, least});
    }
    void secretOrEmpty(const crypto::SecretBytes&, std::size_t size) { secrets_.push_back({place_, size, true}); }

private:
    void add(const char* name, bool optional, Schema schema) {
        object_.fields.push_back({name, optional, std::move(schema)});
    }
    static Schema limited(Schema schema, std::size_t most) {
        schema.most = most;
        return schema;
    }
    static Schema base64(std::size_t least, std::size_t most) {
        return {.kind = Schema::Kind::base64, .least = least, .most = most};
    }

    Schema schemaOf(const std::string&, const std::string&) { return {.kind = Schema::Kind::text}; }
    Schema schemaOf(const std::string&, bool) { return {.kind = Schema::Kind::boolean}; }
    template <std::integral Integer> Schema schemaOf(const std::string&, Integer) {
        constexpr auto kMost = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
        return {.kind = Schema::Kind::integer,
                .negative = std::is_signed_v<Integer>,
                .greatest = std::min(kMost, static_cast<std::uint64_t>(std::numeric_limits<Integer>::max()))};
    }
    Schema schemaOf(const std::string&, TimePoint) { return {.kind = Schema::Kind::time}; }
    Schema schemaOf(const std::string&, const Bytes&) { return base64(0, 0); }
    template <std::size_t size> Schema schemaOf(const std::string&, const std::array<Byte, size>&) {
        return base64(size, size);
    }
    template <class Tag> Schema schemaOf(const std::string&, const Id<Tag>&) { return {.kind = Schema::Kind::id}; }
    template <class Enum>
    requires std::is_enum_v<Enum> Schema schemaOf(const std::string&, Enum) {
        Schema schema{.kind = Schema::Kind::word};
        for (const Enum value : Words<Enum>::kAll)
            schema.words.emplace_back(Words<Enum>::of(value));
        return schema;
    }
    template <class Record>
    requires std::is_class_v<Record> Schema schemaOf(const std::string& name, const Record& record) {
        Schema object;
        SchemaVisitor nested(object, secrets_, place_.empty() ? name : place_ + "." + name);
        describe(nested, record);
        return object;
    }

    Schema& object_;
    std::vector<SchemaSecret>& secrets_;
    const std::string place_;
};

template <class Message> MessageSchema messageSchema() {
    MessageSchema schema;
    SchemaVisitor visitor(schema.object, schema.secrets);
    const Message message{};
    if constexpr (requires { describe(visitor, message); }) {
        describe(visitor, message);
        schema.described = true;
    }
    return schema;
}

} // namespace ssprotect::kodiac::wire
