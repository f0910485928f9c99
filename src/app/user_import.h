#pragma once

#include "ssprotect/base/json.h"
#include "ssprotect/platform/file_system.h"
#include "ssprotect/session/administration.h"
#include "user_sheet.h"

namespace ssprotect::app {

/// USR-8: one file of accounts on its way into the Organization. One thread.
class UserImport {
public:
    UserImport(platform::FileSystem& files, session::Administration& administration)
        : files_(files), administration_(administration) {}

    /// Compares the file with the accounts as they are.
    Status read(const platform::Path& file);

    std::size_t errors() const;  ///< rows that cannot be taken: then nothing is to be saved
    std::size_t changed() const; ///< accounts that would be made or changed
    std::vector<std::string> texts() const;

    /// *Save All*: every edit and every new account in one transaction, or none; an Error names the line.
    Status save();

    /// {"rows": [{row, email, change, error?}], "changed", "errors", "saved"}
    Json json(bool saved) const;

private:
    Error withItsLine(const Error& error) const;

    platform::FileSystem& files_;
    session::Administration& administration_;
    std::vector<EditState> states_;
};

} // namespace ssprotect::app
