#include "closing.h"

#include "document_names.h"
#include "ssprotect/platform/narrow_path.h"

#include <algorithm>

#include <spdlog/logger.h>

namespace ssprotect::managed {
namespace {

using platform::Path;

constexpr std::uint64_t kMostDigested = 64u << 20;
constexpr std::size_t kDigestPiece = 1u << 20;

Closed closedOf(const JournalEntry& entry) {
    const OpenedDocument row = rowOf(entry, DocumentState::closing);
    Closed closed;
    closed.path = row.path;
    closed.file = row.file;
    closed.version = row.version;
    closed.deleted = entry.deleted;
    return closed;
}

} // namespace

std::optional<crypto::Sha256Digest> contentDigest(platform::FileSystem& files, const Path& document) {
    auto file = files.open(document, platform::Access::read);
    if (!file)
        return {};
    auto info = (*file)->info();
    if (!info || info->size > kMostDigested)
        return {};
    crypto::Sha256 hash;
    crypto::SecretBytes piece(static_cast<std::size_t>(std::min<std::uint64_t>(kDigestPiece, info->size + 1)));
    for (std::uint64_t offset = 0;;) {
        auto got = (*file)->readAt(offset, piece.bytes());
        if (!got)
            return {};
        if (*got == 0)
            return hash.finish();
        hash.update(piece.view().first(*got));
        offset += *got;
    }
}

Result<Closed> Closing::close(Evidence& evidence, bool mayGoOn) {
    Closed closed = closedOf(entry_);
    if (auto settled = settleExtras(evidence.view(), closed); !settled)
        return std::move(settled).error();

    const auto document = evidence.document();
    const Status sealed = sealIfChanged(evidence);
    closed.deleted = entry_.deleted = !document;
    closed.changed = document ? reallyChanged(evidence) : evidence.lastSealed().has_value();
    if (!closed.changed && (!document || keepsVersion())) {
        closed.result = Closed::Result::unchanged;
        return finish(std::move(closed));
    }

    auto stored = store(evidence, sealed.ok());
    if (!stored) {
        const Status later = sealed ? sealForLater(evidence) : sealed;
        return later ? leavePending(std::move(closed), std::move(stored).error()) : stayOpen(later.error());
    }
    closed.version = stored->version;
    closed.conflict = stored->conflict;
    if (mayGoOn && document && writtenSince(*document)) {
        if (auto going = goOn(*stored, stampOf(*document)); !going)
            return std::move(going).error();
        return closed;
    }
    return finish(std::move(closed));
}

/// The document is settled; extras may wait.
Result<Closed> Closing::finish(Closed closed) {
    if (entry_.extras.empty()) {
        forget(room_, entry_);
        return closed;
    }
    Error why = std::move(closed.problem).value_or(makeError(ErrorCode::pending, "a file waits to be stored"));
    return leavePending(std::move(closed), std::move(why));
}

/// Before the document, since its store may be the last thing that the record remembers.
Status Closing::settleExtras(const WorkspaceView& view, Closed& closed) {
    for (const auto& file : view.files) {
        const bool beside = !file.name.has_parent_path();
        const auto kind = beside
                              ? kindOf(platform::narrowPath(file.name), platform::narrowPath(entry_.name))
                              : kindOf(platform::narrowPath(file.name.filename()), platform::narrowPath(entry_.name));
        if (kind == NameKind::other || (!beside && kind == NameKind::document))
            if (auto settled = settleExtra(file.name, closed); !settled)
                return settled;
    }
    return {};
}

Status Closing::settleExtra(const Path& name, Closed& closed) {
    const Path file = entry_.workspace / name;
    Error why;
    if (auto access = accessFor(room_, entry_, access_)) {
        auto stored = room_.storing.storeExtra(entry_, *access, name, {file, nullptr});
        if (stored) {
            closed.protectedToo.push_back(*stored);
            return room_.workspaces.wipeFile(file);
        }
        why = std::move(stored).error();
    } else {
        why = std::move(access).error();
    }
    auto sealed = room_.journal.sealExtra(entry_, name);
    if (!sealed)
        return std::move(sealed).error();
    entry_.extras.push_back(std::move(*sealed));
    closed.problem = std::move(why);
    if (auto written = room_.journal.write(entry_); !written)
        return written;
    return room_.workspaces.wipeFile(file);
}

Status Closing::sealIfChanged(Evidence& evidence) {
    const auto& document = evidence.document();
    if (!document || stampOf(*document) == evidence.lastSealed().value_or(entry_.opened))
        return {};
    auto sealed = room_.journal.seal(entry_, entry_.document());
    if (!sealed)
        return std::move(sealed).error();
    evidence.sealed(*sealed);
    return {};
}

bool Closing::keepsVersion() const {
    const auto access = accessFor(room_, entry_, access_);
    return access && access->keepsVersionWhenUnchanged && access->keepsVersionWhenUnchanged();
}

bool Closing::reallyChanged(const Evidence& evidence) const {
    if (stampOf(*evidence.document()) == entry_.opened)
        return false;
    if (!openedDigest_)
        return true;
    const auto digest = contentDigest(room_.parts.files, entry_.document());
    return !digest || *digest != *openedDigest_;
}

Result<Storing::Stored> Closing::store(Evidence& evidence, bool sealed) {
    auto access = accessFor(room_, entry_, access_);
    if (!access)
        return std::move(access).error();
    if (evidence.document())
        return room_.storing.storeDocument(entry_, *access, {entry_.document(), nullptr}, sealed);
    auto key = access->authorisation->agreementKey();
    if (!key)
        return std::move(key).error();
    auto save = room_.journal.openDocument(entry_, *key);
    if (!save)
        return std::move(save).error();
    return room_.storing.storeDocument(entry_, *access, {{}, save->get()}, sealed);
}

/// Also an unchanged document gets its version in the end (PROT-4).
Status Closing::sealForLater(Evidence& evidence) {
    if (!evidence.document() || evidence.lastSealed())
        return {};
    auto sealed = room_.journal.seal(entry_, entry_.document());
    if (!sealed)
        return std::move(sealed).error();
    evidence.sealed(*sealed);
    return {};
}

/// Neither stored nor sealed: the workspace holds the only copy, and the record must say so again.
Error Closing::stayOpen(Error why) {
    if (std::exchange(entry_.closed, false))
        if (auto written = room_.journal.write(entry_); !written)
            room_.parts.log.warn("the record of an open document is out of date: {}", written.error().word());
    return why;
}

Result<Closed> Closing::leavePending(Closed closed, Error why) {
    entry_.closed = true;
    if (auto written = room_.journal.write(entry_); !written)
        return stayOpen(std::move(written).error());
    closed.result = Closed::Result::pending;
    closed.problem = std::move(why);
    if (auto wiped = room_.workspaces.wipe(entry_.workspace); !wiped)
        room_.parts.log.warn("a workspace could not be wiped: {}", wiped.error().word());
    return closed;
}

bool Closing::writtenSince(const platform::FileInfo& stored) const {
    const auto now = room_.parts.files.info(entry_.document());
    return now && !now->sameContentAs(stored);
}

Status Closing::goOn(const Storing::Stored& stored, const DocumentStamp& stamp) {
    entry_.identity = stored.identity;
    if (stored.conflict)
        entry_.container = *stored.conflict;
    entry_.grant.reset(); // spent; the Owner goes on without
    entry_.storing.reset();
    entry_.closed = false;
    entry_.opened = stamp;
    goesOn_ = true;
    if (auto written = room_.journal.write(entry_); !written)
        return written;
    room_.journal.removeSave(entry_);
    return {};
}

} // namespace ssprotect::managed
