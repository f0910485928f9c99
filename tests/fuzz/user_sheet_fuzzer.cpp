#include "app/user_sheet.h"
#include "ssprotect/base/csv.h"

#include <cstdlib>

/// Any bytes as a file of accounts: an error, or rows that say what they would do. What was read as CSV is the same
/// after it was written and read again; so is what was read of a sheet that the product wrote.
namespace ssprotect::app {
namespace {

void require(bool holds) {
    if (!holds)
        std::abort();
}

void requireSameCells(const std::vector<CsvRow>& rows) {
    std::string text;
    for (const auto& row : rows)
        text += csvLine(row.cells);
    const auto again = parseCsv(text);
    require(again.ok() && again->size() == rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        require((*again)[i].cells.size() == rows[i].cells.size());
        for (std::size_t k = 0; k < rows[i].cells.size(); ++k)
            require(plainCell((*again)[i].cells[k]) == plainCell(rows[i].cells[k]));
    }
}

kodiac::ListUsers::Row user(std::string email, Byte id) {
    kodiac::ListUsers::Row row;
    row.account = AccountId({id});
    row.email = std::move(email);
    row.state = kodiac::AccountState::validated;
    return row;
}

/// The accounts as they would be after *Save All*.
std::vector<kodiac::ListUsers::Row> usersAfter(const std::vector<EditState>& states) {
    std::vector<kodiac::ListUsers::Row> users;
    for (const auto& state : states) {
        if (state.error)
            continue;
        auto row = user(state.email, static_cast<Byte>(users.size()));
        if (state.changes.integrityOverride)
            row.attributes.integrityOverride = *state.changes.integrityOverride;
        if (state.changes.quotaMegabytes)
            row.attributes.quotaMegabytes = *state.changes.quotaMegabytes;
        users.push_back(std::move(row));
    }
    return users;
}

void read(std::string_view text) {
    const auto rows = parseCsv(text);
    if (rows)
        requireSameCells(*rows);
    const auto states = readUserSheet(text, {user("ben@example.org", 1), user("=odd@example.org", 2)});
    if (!states) {
        require(states.error().code == ErrorCode::invalidInput);
        return;
    }
    require(rows.ok() && states->size() + 1 == rows->size());
    const auto users = usersAfter(*states);
    const auto again = readUserSheet(writeUserSheet(users), users);
    require(again.ok() && again->size() == users.size());
    for (const auto& state : *again)
        require(!state.error && !state.changesAnything());
}

} // namespace
} // namespace ssprotect::app

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    ssprotect::app::read({reinterpret_cast<const char*>(data), size});
    return 0;
}
