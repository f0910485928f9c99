#include "table.h"

#include "text.h"

#include <algorithm>

namespace ssprotect::cli {
namespace {

std::string textOfRows(const std::vector<std::vector<std::string>>& rows) {
    std::vector<std::size_t> widths;
    for (const auto& row : rows) {
        widths.resize(std::max(widths.size(), row.size()));
        for (std::size_t i = 0; i < row.size(); ++i)
            widths[i] = std::max(widths[i], columnsOf(row[i]));
    }
    std::string text;
    for (const auto& row : rows) {
        for (std::size_t i = 0; i < row.size(); ++i) {
            text += row[i];
            if (i + 1 < row.size())
                text.append(widths[i] - columnsOf(row[i]) + 2, ' ');
        }
        text += '\n';
    }
    return text;
}

} // namespace

std::string Table::text() const { return textOfRows(rows_); }

std::string describedList(const std::vector<std::pair<std::string, std::string>>& lines) {
    std::vector<std::vector<std::string>> rows;
    for (const auto& [name, value] : lines)
        rows.push_back({name, value});
    return textOfRows(rows);
}

} // namespace ssprotect::cli
