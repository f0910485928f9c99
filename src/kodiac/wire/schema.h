#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

/// What the messages of the wire look like, as data: made from the same description that writes and reads them.
namespace ssprotect::kodiac::wire {

struct SchemaField;

struct Schema {
    enum class Kind { text, boolean, integer, time, base64, id, word, object, list };
    Kind kind = Kind::object;
    std::size_t least = 0;                ///< bytes of base64
    std::size_t most = 0;                 ///< bytes of text or base64, items of a list; 0: as the whole message allows
    bool negative = false;                ///< of an integer
    std::uint64_t greatest = 0;           ///< of an integer
    std::vector<std::string> words = {};  ///< one of these
    std::vector<SchemaField> fields = {}; ///< of an object
    std::vector<Schema> item = {};        ///< of a list: one
};

struct SchemaField {
    std::string name;
    bool optional = false;
    Schema schema;
};

/// A secret beside the message, in order.
struct SchemaSecret {
    std::string belongsTo; ///< "items[]": one for each; empty: to the message
    std::size_t bytes = 0; ///< at most
    bool mayBeEmpty = false;
    std::size_t least = 0; ///< bytes; 0: exactly as many as `bytes`
};

struct MessageSchema {
    Schema object;
    std::vector<SchemaSecret> secrets;
    bool described = false; ///< false: its description was not to be seen where the table is made
};

} // namespace ssprotect::kodiac::wire
