#pragma once

#include "evidence.h"
#include "room.h"
#include "ssprotect/crypto/hash.h"

namespace ssprotect::managed {

/// The content of the document as it was opened, to tell a real change from a rewrite of the same bytes. None for
/// big documents: reading them a second time would keep their program waiting, and every rewrite counts as a change.
std::optional<crypto::Sha256Digest> contentDigest(platform::FileSystem& files, const platform::Path& document);

/// The end of one managed access: what lies in the workspace is stored, or sealed for later; then the workspace is
/// wiped. One thread.
class Closing {
public:
    Closing(Room& room, JournalEntry& entry, const std::optional<Access>& access,
            const std::optional<crypto::Sha256Digest>& openedDigest)
        : room_(room), entry_(entry), access_(access), openedDigest_(openedDigest) {}

    /// `evidence` has just been gathered; saves made here are noted in it. `pending`: the record says all
    /// that is needed. An Error: neither stored nor sealed (disk full, say): the document stays open and the
    /// workspace as it is, to be tried again.
    ///
    /// With `mayGoOn`, a document that was written again while it was being stored stays open, with the new
    /// version as what is open, and nothing is wiped: see `goesOn`.
    Result<Closed> close(Evidence& evidence, bool mayGoOn);
    bool goesOn() const { return goesOn_; }

private:
    Status settleExtras(const WorkspaceView& view, Closed& closed);
    Status settleExtra(const platform::Path& name, Closed& closed);
    Status sealIfChanged(Evidence& evidence);
    Result<Storing::Stored> store(Evidence& evidence, bool sealed);
    Status sealForLater(Evidence& evidence);
    Error stayOpen(Error why);
    Result<Closed> leavePending(Closed closed, Error why);
    Result<Closed> finish(Closed closed);
    bool keepsVersion() const;
    bool reallyChanged(const Evidence& evidence) const;
    bool writtenSince(const platform::FileInfo& stored) const;
    Status goOn(const Storing::Stored& stored, const DocumentStamp& stamp);

    Room& room_;
    JournalEntry& entry_;
    const std::optional<Access>& access_;
    const std::optional<crypto::Sha256Digest>& openedDigest_;
    bool goesOn_ = false;
};

} // namespace ssprotect::managed
