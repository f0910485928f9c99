#include "ssprotect/base/csv.h"

#include <algorithm>

namespace ssprotect {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::string_view kFormulaStarts = "=+-@\t\r";

Error at(std::size_t line, std::string_view what) {
    return makeError(ErrorCode::invalidInput, "line " + std::to_string(line) + ": " + std::string(what));
}

/// How many bytes the character takes that begins with `lead`; 0: none does.
std::size_t lengthOf(unsigned char lead) {
    return lead < 0x80                   ? 1
           : lead >= 0xC2 && lead < 0xE0 ? 2
           : lead >= 0xE0 && lead < 0xF0 ? 3
           : lead >= 0xF0 && lead < 0xF5 ? 4
                                         : 0;
}

bool isUtf8(std::string_view text) {
    for (std::size_t i = 0; i < text.size();) {
        const auto lead = static_cast<unsigned char>(text[i]);
        const std::size_t length = lengthOf(lead);
        if (length == 0 || i + length > text.size())
            return false;
        for (std::size_t k = 1; k < length; ++k)
            if ((static_cast<unsigned char>(text[i + k]) & 0xC0) != 0x80)
                return false;
        const auto second = length > 1 ? static_cast<unsigned char>(text[i + 1]) : 0;
        const bool tooLong = (lead == 0xE0 && second < 0xA0) || (lead == 0xF0 && second < 0x90);
        const bool noCharacter = (lead == 0xED && second > 0x9F) || (lead == 0xF4 && second > 0x8F);
        if (tooLong || noCharacter)
            return false;
        i += length;
    }
    return true;
}

class Parser {
public:
    explicit Parser(std::string_view text) : text_(text) {}

    Result<std::vector<CsvRow>> run() {
        std::vector<CsvRow> rows;
        while (at_ < text_.size()) {
            CsvRow row;
            row.line = line_;
            if (auto read = readRow(row); !read)
                return std::move(read).error();
            if (row.cells.size() == 1 && row.cells.front().empty())
                continue;
            if (rows.size() == kMostCsvRows)
                return at(row.line, "the file has too many rows; import it in parts");
            rows.push_back(std::move(row));
        }
        return rows;
    }

private:
    Status readRow(CsvRow& row) {
        for (;;) {
            std::string cell;
            if (auto read = at_ < text_.size() && text_[at_] == '"' ? readQuoted(cell) : readPlain(cell); !read)
                return read;
            row.cells.push_back(std::move(cell));
            if (at_ < text_.size() && text_[at_] == ',') {
                ++at_;
                continue;
            }
            return endRow();
        }
    }

    Status endRow() {
        if (at_ == text_.size())
            return {};
        if (text_[at_] == '\r' && at_ + 1 < text_.size() && text_[at_ + 1] == '\n')
            ++at_;
        if (text_[at_] != '\n')
            return at(line_, "there is more behind a closing quote; a quote within a cell is written twice");
        ++at_;
        ++line_;
        return {};
    }

    Status readPlain(std::string& cell) {
        while (at_ < text_.size() && text_[at_] != ',' && text_[at_] != '\n') {
            if (text_[at_] == '\r' && at_ + 1 < text_.size() && text_[at_ + 1] == '\n')
                break;
            if (text_[at_] == '"')
                return at(line_,
                          "a quote stands within an unquoted cell; put the cell in quotes and write the quote twice");
            cell += text_[at_++];
        }
        return {};
    }

    Status readQuoted(std::string& cell) {
        const std::size_t begin = line_;
        for (++at_; at_ < text_.size(); ++at_) {
            const char c = text_[at_];
            if (c == '"') {
                if (at_ + 1 == text_.size() || text_[at_ + 1] != '"') {
                    ++at_;
                    return {};
                }
                ++at_;
            }
            if (c == '\n')
                ++line_;
            cell += c;
        }
        return at(begin, "a quote is opened and never closed");
    }

    std::string_view text_;
    std::size_t at_ = 0;
    std::size_t line_ = 1;
};

} // namespace

Result<std::vector<CsvRow>> parseCsv(std::string_view text) {
    if (text.starts_with(kByteOrderMark))
        text.remove_prefix(kByteOrderMark.size());
    for (std::size_t i = 0, line = 1; i < text.size(); ++line) {
        const auto end = std::min(text.find('\n', i), text.size());
        const auto piece = text.substr(i, end - i);
        if (!isUtf8(piece) || piece.find('\0') != std::string_view::npos)
            return at(line, "the text is not UTF-8; save the file as \"CSV UTF-8\"");
        i = end + 1;
    }
    return Parser(text).run();
}

std::string csvLine(const std::vector<std::string>& cells) {
    std::string line;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        std::string cell = cells[i];
        if (!cell.empty() && (kFormulaStarts.find(cell.front()) != std::string_view::npos || cell.front() == '\''))
            cell.insert(cell.begin(), '\'');
        line += i == 0 ? "" : ",";
        if (cell.find_first_of(",\"\r\n") == std::string::npos) {
            line += cell;
            continue;
        }
        line += '"';
        for (const char c : cell)
            line += c == '"' ? std::string("\"\"") : std::string(1, c);
        line += '"';
    }
    return line + "\r\n";
}

std::string plainCell(const std::string& cell) {
    const bool guarded = cell.size() > 1 && cell.front() == '\'' &&
                         (kFormulaStarts.find(cell[1]) != std::string_view::npos || cell[1] == '\'');
    return guarded ? cell.substr(1) : cell;
}

} // namespace ssprotect
