#pragma once

#include "ssprotect/base/json.h"
#include "ssprotect/platform/file_system.h"
#include "ssprotect/session/administration.h"
#include "ssprotect/session/lock_keeper.h"
#include "user_sheet.h"

namespace ssprotect::app {

/// USR-8: one file of accounts on its way into the Organization. One thread.
class UserImport {
public:
    UserImport(platform::FileSystem& files, session::Administration& administration, session::LockKeeper& locks)
        : files_(files), administration_(administration), locks_(locks) {}

    /// Compares the file with the accounts as they are.
    Status read(const platform::Path& file);

    std::size_t errors() const;  ///< rows that cannot be taken: then nothing is to be saved
    std::size_t changed() const; ///< accounts that would be made or changed
    std::vector<std::string> texts() const;

    /// *Save All*, under the Edit Lock from the first to the last: the edits as one change, then the new accounts one
    /// after another. A row that KODiAC refuses says so in `json`; an Error when nothing could be saved.
    Status save();

    /// {"rows": [{row, email, change, error?}], "changed", "errors", "saved"}
    Json json(bool saved) const;

private:
    Status saveEdits();
    void addNew();

    platform::FileSystem& files_;
    session::Administration& administration_;
    session::LockKeeper& locks_;
    std::vector<EditState> states_;
};

} // namespace ssprotect::app
