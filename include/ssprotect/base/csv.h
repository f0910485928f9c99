#pragma once

#include "ssprotect/base/result.h"

#include <string>
#include <string_view>
#include <vector>

namespace ssprotect {

/// One record of a CSV text.
struct CsvRow {
    std::size_t line = 0; ///< where it begins, from 1
    std::vector<std::string> cells;
};

/// RFC 4180 with commas, LF or CRLF, a byte order mark allowed; UTF-8 only. Empty lines are left out. `invalid-input`
/// naming the line for a quote out of place, an unfinished record, text that is not UTF-8 or has a NUL, or more than
/// `kMostCsvRows` records.
Result<std::vector<CsvRow>> parseCsv(std::string_view text);

/// One record with its CRLF. A cell that a spreadsheet would take for a formula gets an apostrophe in front, which
/// `plainCell` takes away again.
std::string csvLine(const std::vector<std::string>& cells);
std::string plainCell(const std::string& cell);

constexpr std::size_t kMostCsvRows = 100'000;

} // namespace ssprotect
