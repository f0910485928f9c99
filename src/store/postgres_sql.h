#pragma once

#include <string>
#include <string_view>

namespace ssprotect::store {

/// The SQL of this product as PostgreSQL takes it. In capital letters: BLOB becomes BYTEA, INTEGER BIGINT; where tables
/// are made, INTEGER PRIMARY KEY an identity and TEXT compares byte by byte, as SQLite does. x'…' becomes bytes. What
/// stands in quotes or comments stays.
std::string postgresSql(std::string_view sql);

} // namespace ssprotect::store
