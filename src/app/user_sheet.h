#pragma once

#include "ssprotect/kodiac/user_operations.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ssprotect::app {

/// One account being edited, from one row of a file (USR-8): what *Save All* would do to it.
struct EditState {
    std::size_t row = 0; ///< line of the file
    std::string email;
    std::optional<AccountId> account; ///< none: a new one
    kodiac::AttributeChanges changes; ///< only what differs from the account as it is
    std::optional<Error> error;       ///< why the row cannot be taken

    bool isNew() const { return !account; }
    bool changesAnything() const;
};

/// Reads a file of accounts: UTF-8 with a header row naming the columns, `email` first of all; an empty cell leaves
/// the attribute as it is. `state` and `privilege` are for people and are not read. Each row that cannot be taken says
/// why; an Error when the file as a whole is none (header missing, unknown or doubled column, no CSV).
Result<std::vector<EditState>> readUserSheet(std::string_view csv, const std::vector<kodiac::ListUsers::Row>& present);

/// The same accounts as such a file; reading it back changes nothing. Removed and dismissed accounts are left out.
std::string writeUserSheet(const std::vector<kodiac::ListUsers::Row>& users);

} // namespace ssprotect::app
