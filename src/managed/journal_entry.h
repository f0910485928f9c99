#pragma once

#include "document_stamp.h"
#include "ssprotect/base/ids.h"
#include "ssprotect/container/header.h"
#include "ssprotect/crypto/curves.h"
#include "ssprotect/managed/opened_document.h"
#include "ssprotect/platform/process.h"

#include <optional>
#include <string>
#include <vector>

namespace ssprotect::managed {

/// A file that the application left beside the document, sealed for later.
struct ExtraSave {
    platform::Path name; ///< relative to the workspace, and to the container's folder
    std::string save;
};

/// All that a restart must know of an open document. Durable before the first plaintext byte.
struct JournalEntry {
    std::string id; ///< names the record, the sealed save and the workspace
    AccountId account;
    crypto::PublicKey recipient{}; ///< the account's X25519 key: saves are sealed to it
    platform::Path container;
    platform::Path workspace;
    platform::Path name; ///< the document's in the workspace
    container::IdentityBytes identity{};
    std::optional<GrantId> grant;
    DocumentStamp opened; ///< the document as it was decrypted
    TimePoint since{};
    std::string boot;       ///< of the machine: after another one, unsettled content on disk may be torn
    platform::Path program; ///< its file name
    /// What was started on it: while one of them lives, the document is in use, whether it holds it or not.
    std::vector<platform::ProcessIdentity> processes;

    /// The workspace counts no more: what is to be stored is in the sealed saves; without one the document was
    /// not changed. It may be wiped, and must never be looked at again: it may be half wiped.
    bool closed = false;
    /// The store under way: KODiAC may have committed that version.
    std::optional<std::pair<FileId, VersionNumber>> storing;
    bool deleted = false; ///< the application deleted the document
    std::vector<ExtraSave> extras;

    platform::Path document() const { return workspace / name; }
    platform::Path containerFolder() const { return container.parent_path(); }
};

Bytes encode(const JournalEntry& entry);
/// `data-damaged` for whatever `encode` does not write.
Result<JournalEntry> decode(ByteView bytes);

/// The row that `opened` shows of it.
OpenedDocument rowOf(const JournalEntry& entry, DocumentState state);

} // namespace ssprotect::managed
