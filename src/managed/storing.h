#pragma once

#include "open_journal.h"
#include "ssprotect/managed/parts.h"

namespace ssprotect::managed {

/// Where the content lies: a file at rest in a workspace, or a sealed save.
struct Content {
    platform::Path path;
    platform::File* save = nullptr; ///< instead of `path`
};

/// The last step of a managed access: content becomes the next version of its container, or lies beside it. Any
/// thread; one at a time for one document.
class Storing {
public:
    Storing(const Parts& parts, OpenJournal& journal);

    struct Stored {
        VersionNumber version = 0;
        std::optional<platform::Path> conflict; ///< lies here and not at the container's name
        container::IdentityBytes identity{};    ///< of the new version
    };

    /// Stores the content with the grant of the open. Where KODiAC does not know the grant (any more), the
    /// Owner goes on without it, and what still has no chain begins one beside the container (PROT-14: what was
    /// typed is never dropped). An Error is worth another try later; if KODiAC may have committed, `entry`
    /// says so afterwards. With `closing`, the record tells from the beginning of the store on that the
    /// workspace is not to be looked at.
    Result<Stored> storeDocument(JournalEntry& entry, const Access& access, const Content& content, bool closing);

    /// A file that the application left: a new chain under its name in the container's folder; where that is
    /// taken, with a number.
    Result<platform::Path> storeExtra(const JournalEntry& entry, const Access& access, const platform::Path& name,
                                      const Content& content);

    /// Whether the store that `entry` has under way was committed, and nothing is left to do for it.
    /// An Error: not known yet.
    Result<bool> wasCommitted(const JournalEntry& entry, const Access& access);

private:
    conversion::StoreOutcome attempt(JournalEntry& entry, const Access& access, const Content& content, bool withGrant,
                                     bool closing);
    conversion::StoreOutcome newChain(const Access& access, conversion::StoreTask task,
                                      const std::function<platform::Path(unsigned)>& nameOf);
    conversion::StoreOutcome besideContainer(JournalEntry& entry, const Access& access, const Content& content,
                                             bool closing);
    std::function<Status(const container::Identity&)> recorder(JournalEntry& entry, bool closing);

    const Parts& parts_;
    OpenJournal& journal_;
};

} // namespace ssprotect::managed
