#include "many_rows.h"

#include <charconv>
#include <cstdlib>

namespace ssprotect::store {

std::string forManyRows(std::string_view sql, std::size_t width, std::size_t count) {
    constexpr std::string_view kRow = "VALUES ($";
    const auto row = sql.find(kRow);
    const auto end = row == std::string_view::npos ? row : sql.find(')', row);
    if (end == std::string_view::npos || sql.find(kRow, end) != std::string_view::npos)
        std::abort(); // the statements are constants of the program
    std::size_t next = 0;
    std::from_chars(sql.data() + row + kRow.size(), sql.data() + end, next);
    std::string text(sql.substr(0, row + kRow.size() - 2));
    for (std::size_t i = 0; i < count; ++i) {
        text += i == 0 ? "(" : ", (";
        for (std::size_t j = 0; j < width; ++j)
            text += (j == 0 ? "$" : ", $") + std::to_string(next++);
        text += ')';
    }
    text += sql.substr(end + 1);
    return text;
}

} // namespace ssprotect::store
