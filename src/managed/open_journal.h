#pragma once

#include "journal_entry.h"
#include "ssprotect/base/random.h"
#include "ssprotect/conversion/record_folder.h"
#include "ssprotect/platform/file_system.h"

#include <memory>
#include <vector>

namespace ssprotect::managed {

/// What is open, on disk: a record and at most one sealed save (and its extras) for each document, in
/// `$SSPROTECT_HOME/managed`. Any thread; one at a time for one document.
class OpenJournal {
public:
    OpenJournal(platform::FileSystem& files, Random& random, const platform::Path& home);

    /// Creates the folder and sweeps what crashes left: half-written files, and saves without a record. Once, at start.
    Status prepare();

    /// Durable when ok.
    Status write(const JournalEntry& entry);
    /// The record, durably, then its saves; what stays of them is swept at the next start. When ok, the
    /// workspace may be wiped.
    Status remove(const JournalEntry& entry);

    struct Found {
        std::string id;
        Result<JournalEntry> entry; ///< `data-damaged` when it cannot be read
    };
    Result<std::vector<Found>> entries() const;

    /// Seals what `document` holds now in place of the save before, old or new whole, and durable when ok.
    /// Returns what was sealed. `changed-meanwhile` when it was being written.
    Result<DocumentStamp> seal(const JournalEntry& entry, const platform::Path& document);
    /// The same for an extra file, under a new name; the caller records it.
    Result<ExtraSave> sealExtra(const JournalEntry& entry, const platform::Path& name);
    /// What the save holds; nothing when there is none.
    Result<std::optional<DocumentStamp>> sealed(const JournalEntry& entry) const;

    /// What a save holds, to be read; see SavedDocument.
    Result<std::unique_ptr<platform::File>> openDocument(const JournalEntry& entry, const crypto::AgreementKey& key);
    Result<std::unique_ptr<platform::File>> openExtra(const JournalEntry& entry, const ExtraSave& extra,
                                                      const crypto::AgreementKey& key);
    /// Saves whose content has been stored; the caller has recorded that.
    void removeExtra(const ExtraSave& extra);
    void removeSave(const JournalEntry& entry);

private:
    Status removeOrphans();
    void discard(const std::string& save);
    Result<DocumentStamp> sealAs(const JournalEntry& entry, const std::string& save, const platform::Path& document);
    Result<std::unique_ptr<platform::File>> open(const JournalEntry& entry, const std::string& save,
                                                 const crypto::AgreementKey& key);
    platform::Path pathOf(const std::string& save) const;

    platform::FileSystem& files_;
    Random& random_;
    platform::Path folder_;
    conversion::RecordFolder records_;
};

} // namespace ssprotect::managed
