#pragma once

#include "ssprotect/store/row.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ssprotect::store {

/// Counts the migrations; every database has it.
constexpr std::string_view kVersionTable = "schema_version";

/// A table as the catalogue of a database tells it.
struct Table {
    std::string name;
    std::vector<std::string> columns;      ///< in the order of their names
    std::optional<std::string> numberedBy; ///< the column that numbers rows by itself
};

/// From rows of a catalogue, in order: table, column, whether that one numbers rows.
Result<std::vector<Table>> tablesOf(const std::vector<std::vector<Row::Column>>& rows);

/// A name as SQL takes it whatever it is made of.
std::string quotedName(std::string_view name);

} // namespace ssprotect::store
