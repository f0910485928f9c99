#include "many_rows.h"

#include <charconv>
#include <cstdlib>

namespace ssprotect::store {
namespace {

struct Parted {
    std::string_view before; ///< VALUES
    std::size_t first = 0;   ///< number of a parameter
    std::string_view behind;
};

Parted parted(std::string_view sql) {
    constexpr std::string_view kRow = "VALUES ($";
    const auto row = sql.find(kRow);
    const auto end = row == std::string_view::npos ? row : sql.find(')', row);
    if (end == std::string_view::npos || sql.find(kRow, end) != std::string_view::npos)
        std::abort(); // the statements are constants of the program
    Parted parts{sql.substr(0, row), 0, sql.substr(end + 1)};
    std::from_chars(sql.data() + row + kRow.size(), sql.data() + end, parts.first);
    return parts;
}

/// `($7, $8, $9)`, or with `column` for `$`.
std::string listOf(std::string_view prefix, std::size_t first, std::size_t count) {
    std::string list = "(";
    for (std::size_t i = 0; i < count; ++i)
        list.append(i == 0 ? "" : ", ").append(prefix).append(std::to_string(first + i));
    return list + ')';
}

} // namespace

std::string forManyRows(std::string_view sql, std::size_t width, std::size_t count) {
    const Parted parts = parted(sql);
    std::string text(parts.before);
    for (std::size_t i = 0; i < count; ++i)
        text.append(i == 0 ? "VALUES " : ", ").append(listOf("$", parts.first + i * width, width));
    return text.append(parts.behind);
}

std::string forColumns(std::string_view sql, std::size_t width) {
    const Parted parts = parted(sql);
    return std::string(parts.before)
        .append("SELECT * FROM unnest")
        .append(listOf("$", parts.first, width))
        .append(" AS given")
        .append(listOf("column", 1, width))
        .append(parts.behind);
}

} // namespace ssprotect::store
