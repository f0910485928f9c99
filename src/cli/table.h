#pragma once

#include <string>
#include <vector>

namespace ssprotect::cli {

/// Rows of text in aligned columns, two spaces apart; the last column is not padded.
class Table {
public:
    explicit Table(std::vector<std::string> headings) : rows_{std::move(headings)} {}
    void add(std::vector<std::string> row) { rows_.push_back(std::move(row)); }
    bool empty() const { return rows_.size() == 1; }
    /// Each row with its line end.
    std::string text() const;

private:
    std::vector<std::vector<std::string>> rows_;
};

/// "name   value" lines, the values aligned.
std::string describedList(const std::vector<std::pair<std::string, std::string>>& lines);

} // namespace ssprotect::cli
