#include "table.h"

namespace ssprotect::store {

Result<std::vector<Table>> tablesOf(const std::vector<std::vector<Row::Column>>& rows) {
    std::vector<Table> tables;
    for (const auto& row : rows) {
        const auto* table = std::get_if<std::string>(&row.at(0));
        const auto* column = std::get_if<std::string>(&row.at(1));
        const auto* numbers = std::get_if<std::int64_t>(&row.at(2));
        if (table == nullptr || column == nullptr || numbers == nullptr)
            return makeError(ErrorCode::internal, "the catalogue of the database does not read as expected");
        if (tables.empty() || tables.back().name != *table)
            tables.push_back({*table, {}, std::nullopt});
        tables.back().columns.push_back(*column);
        if (*numbers != 0)
            tables.back().numberedBy = *column;
    }
    return tables;
}

std::string quotedName(std::string_view name) {
    std::string text = "\"";
    for (const char c : name) {
        if (c == '"')
            text += c;
        text += c;
    }
    return text + '"';
}

} // namespace ssprotect::store
