#include "engine.h"
#include "ssprotect/conversion/conflict_name.h"
#include "ssprotect/platform/shown_path.h"

#include <array>

#include <spdlog/logger.h>

/// The two ends of managed access: a version out, the next version in.
namespace ssprotect::conversion {
namespace {

using platform::shownPath;

/// What lies under the target of a store, and whether it is the container that was opened.
struct Standing {
    std::optional<platform::FileInfo> info;
    bool expected = false;
};

/// Whatever the user put there, even a folder, is a conflict rather than an error: the work must find a place.
Result<Standing> standingAt(platform::FileSystem& files, const StoreTask& task) {
    auto info = files.info(task.target);
    if (!info) {
        if (info.error().code == ErrorCode::notFound)
            return Standing{};
        return std::move(info).error();
    }
    Standing standing{*info, false};
    if (!task.expected || !refuseKind(task.target, *info))
        return standing;
    auto file = files.open(task.target, platform::Access::read);
    if (!file)
        return std::move(file).error();
    auto header = container::readHeader(**file);
    if (!header && header.error().code != ErrorCode::dataDamaged)
        return std::move(header).error();
    standing.expected = header && *header && (*header)->identityBytes == *task.expected;
    return standing;
}

Status decryptTo(const Work& work, const Opening& opening, const platform::Path& plaintext) {
    auto& files = work.services.files;
    auto file = files.create(plaintext);
    if (!file)
        return std::move(file).error();
    std::vector<container::DamagedRange> none;
    auto done = unseal(work, opening, **file, false, none);
    file->reset();
    if (done)
        done = files.setModified(plaintext, opening.info.modifiedNanos);
    if (!done)
        static_cast<void>(removeSurely(files, plaintext));
    return done;
}

} // namespace

Result<OpenedDocument> Converter::Engine::openVersion(const OpenTask& task, const Control& control) {
    auto source = inspect(services_.files, task.container);
    if (!source)
        return std::move(source).error();
    if (!source->header)
        return notProtectedError(task.container);
    Opening opening;
    opening.container = task.container;
    opening.info = source->info;
    opening.header = std::move(*source->header);
    ContentKeys keys(services_.authority);
    const std::array<Opening*, 1> one{&opening};
    authoriseOpenings(services_, keys, Purpose::managed, one);
    if (opening.error)
        return std::move(*opening.error);
    const auto& identity = opening.header.identity;
    OpenedDocument document{identity,
                            opening.header.identityBytes,
                            opening.header.plaintextSize,
                            opening.opened.grant,
                            opening.opened.latest,
                            opening.olderThanSeen()};
    if (task.authorised)
        if (auto noted = task.authorised(document); !noted)
            return std::move(noted).error();
    if (auto done = decryptTo(Work{services_, control, threadsPerFile_}, opening, task.plaintext); !done)
        return std::move(done).error();
    const std::array<vchain::StoredRecord, 1> row{{{task.container, identity, opening.header.plaintextSize}}};
    if (auto recorded = services_.records.recordStored(row); !recorded)
        services_.log.warn("the Hostlist could not be brought up to date: {}", recorded.error().word());
    return document;
}

Result<StoreItem> Converter::Engine::storeItemFor(const StoreTask& task) {
    StoreItem item;
    item.plaintext = task.plaintext;
    item.content = task.content;
    item.sharing = platform::Sharing::any; // *Finish now*: its program may have it open; a change shows afterwards
    item.grant = task.grant;
    item.conflictAccount = task.accountName.empty() ? "SSProtect" : task.accountName;
    item.begunHook = task.begun;
    item.modifiedNow = true;
    auto source = task.content != nullptr ? task.content->info() : services_.files.info(task.plaintext);
    if (!source)
        return std::move(source).error();
    if (task.content == nullptr)
        if (auto kind = refuseKind(task.plaintext, *source); !kind)
            return std::move(kind).error();
    item.source = *source;
    if (task.expected) {
        auto identity = container::Identity::parse(*task.expected);
        if (!identity)
            return std::move(identity).error();
        item.chain = identity->file;
    }
    auto standing = standingAt(services_.files, task);
    if (!standing)
        return std::move(standing).error();
    item.placing.target = task.target;
    if (standing->info && standing->info->kind == platform::FileKind::regular)
        item.attributesFrom = task.target;
    if (standing->expected) {
        item.placing.standing = standing->info;
        item.placing.expected = task.expected;
    }
    return item;
}

StoreOutcome Converter::Engine::storeVersion(const StoreTask& task, const Control& control) {
    StoreOutcome outcome;
    auto prepared = storeItemFor(task);
    if (!prepared) {
        outcome.error = std::move(prepared).error();
        return outcome;
    }
    std::vector<StoreItem> items;
    items.push_back(std::move(*prepared));
    StoreCorridor(services_, pool_, BatchKind::store, threadsPerFile_, control).walk(items);
    StoreItem& item = items.front();
    outcome.error = std::move(item.error);
    outcome.undecided = item.undecided;
    outcome.conflict = item.conflict;
    outcome.identity = item.identity;
    outcome.path = item.placedAt;
    outcome.size = item.stored.plaintextSize;
    return outcome;
}

} // namespace ssprotect::conversion
