#include "storing.h"

#include "ssprotect/conversion/conflict_name.h"

#include <algorithm>

namespace ssprotect::managed {
namespace {

using conversion::StoreOutcome;
using conversion::StoreTask;
using platform::Path;

constexpr unsigned kMostNumbers = 10'000;

/// KODiAC was asked and will not say otherwise next time: the grant is spent or unknown, or the chain is gone.
bool refusedForGood(const StoreOutcome& outcome) {
    if (!outcome.error || outcome.undecided)
        return false;
    switch (outcome.error->code) {
    case ErrorCode::refused:
    case ErrorCode::peerRefused:
    case ErrorCode::takeOwnership:
    case ErrorCode::foreignFile:
    case ErrorCode::notFound:
    case ErrorCode::versionConflict:
    case ErrorCode::conflict:
        return true;
    default:
        return false;
    }
}

/// `name (2).ext`
Path numbered(const Path& path, unsigned number) {
    if (number == 1)
        return path;
    Path name = path.stem();
    name += " (" + std::to_string(number) + ")";
    name += path.extension();
    return path.parent_path() / name;
}

} // namespace

Storing::Storing(const Parts& parts, OpenJournal& journal) : parts_(parts), journal_(journal) {}

std::function<Status(const container::Identity&)> Storing::recorder(JournalEntry& entry, bool closing) {
    return [this, &entry, closing](const container::Identity& identity) {
        entry.storing.emplace(identity.file, identity.version);
        entry.closed = entry.closed || closing;
        return journal_.write(entry);
    };
}

StoreOutcome Storing::attempt(JournalEntry& entry, const Access& access, const Content& content, bool withGrant,
                              bool closing) {
    StoreTask task;
    task.plaintext = content.path;
    task.content = content.save;
    task.target = entry.container;
    task.expected = entry.identity;
    if (withGrant)
        task.grant = entry.grant;
    task.accountName = access.accountName;
    task.begun = recorder(entry, closing);
    return access.converter->storeVersion(task, {});
}

/// A chain of its own under the first free of the names that `nameOf` gives for 1, 2, …
StoreOutcome Storing::newChain(const Access& access, StoreTask task, const std::function<Path(unsigned)>& nameOf) {
    StoreOutcome outcome;
    outcome.error = makeError(ErrorCode::alreadyExists, "no name is free beside the document");
    for (unsigned number = 1; number < kMostNumbers; ++number) {
        task.target = nameOf(number);
        const auto standing = parts_.files.info(task.target);
        if (standing || standing.error().code != ErrorCode::notFound)
            continue;
        outcome = access.converter->storeVersion(task, {});
        if (!outcome.error || outcome.error->code != ErrorCode::alreadyExists)
            break;
    }
    return outcome;
}

StoreOutcome Storing::besideContainer(JournalEntry& entry, const Access& access, const Content& content, bool closing) {
    StoreTask task;
    task.plaintext = content.path;
    task.content = content.save;
    task.accountName = access.accountName;
    task.begun = recorder(entry, closing);
    auto outcome = newChain(access, task, [&](unsigned number) {
        return conversion::conflictName(entry.container, access.accountName, parts_.clock.now(), number);
    });
    outcome.conflict = true;
    return outcome;
}

Result<Storing::Stored> Storing::storeDocument(JournalEntry& entry, const Access& access, const Content& content,
                                               bool closing) {
    auto outcome = attempt(entry, access, content, true, closing);
    if (refusedForGood(outcome) && entry.grant)
        outcome = attempt(entry, access, content, false, closing);
    if (refusedForGood(outcome))
        outcome = besideContainer(entry, access, content, closing);
    if (outcome.error) {
        // What was certainly not committed is begun anew next time.
        if (!outcome.undecided)
            entry.storing.reset();
        return *std::move(outcome.error);
    }
    Stored stored;
    stored.version = outcome.identity.version;
    stored.identity = outcome.identity.bytes();
    if (outcome.conflict)
        stored.conflict = outcome.path;
    return stored;
}

Result<Path> Storing::storeExtra(const JournalEntry& entry, const Access& access, const Path& name,
                                 const Content& content) {
    const Path wanted = entry.containerFolder() / name;
    if (name.has_parent_path())
        if (auto made = parts_.files.createDirectories(wanted.parent_path()); !made)
            return std::move(made).error();
    StoreTask task;
    task.plaintext = content.path;
    task.content = content.save;
    task.accountName = access.accountName;
    auto outcome = newChain(access, task, [&](unsigned number) { return numbered(wanted, number); });
    if (outcome.error)
        return *std::move(outcome.error);
    return outcome.path;
}

Result<bool> Storing::wasCommitted(const JournalEntry& entry, const Access& access) {
    if (!entry.storing)
        return false;
    const std::array items{*entry.storing};
    auto progress = access.authorisation->progressOf(items);
    if (!progress)
        return std::move(progress).error();
    if (progress->size() != items.size())
        return makeError(ErrorCode::internal, "KODiAC answered another number of files than were asked");
    return progress->front() == conversion::StoreProgress::committed;
}

} // namespace ssprotect::managed
