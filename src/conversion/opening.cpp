#include "opening.h"

#include "ssprotect/platform/shown_path.h"

namespace ssprotect::conversion {
namespace {

using platform::shownPath;

void failAll(std::span<Opening* const> items, const Error& error) {
    for (Opening* item : items)
        item->error = error;
}

std::vector<Opening*> withoutError(std::span<Opening* const> items) {
    std::vector<Opening*> good;
    std::copy_if(items.begin(), items.end(), std::back_inserter(good),
                 [](const Opening* item) { return !item->error; });
    return good;
}

void accept(const Services& services, ContentKeys& keys, Opening& item, Result<OpenedVersion> opened) {
    const auto& identity = item.header.identity;
    if (!opened) {
        item.error = std::move(opened).error();
        if (item.error->code == ErrorCode::notFound && identity.organization != services.authority.organization())
            item.error = makeError(ErrorCode::foreignFile, "'" + shownPath(item.container) +
                                                               "' belongs to another organization; ask its owner for "
                                                               "access");
        return;
    }
    item.opened = std::move(*opened);
    auto key = keys.of(identity.organization, identity.keyEpoch);
    if (key)
        item.contentKey = *key;
    else
        item.error = std::move(key).error();
}

Error damagedError(const Opening& opening, const Error& error) {
    return makeError(error.code,
                     "'" + shownPath(opening.container) + "' is damaged and was left as it is: " + error.message);
}

} // namespace

void authoriseOpenings(const Services& services, ContentKeys& keys, Purpose purpose, std::span<Opening* const> items) {
    for (Opening* item : items) {
        auto seen = services.records.lastSeen(item->container, item->header.identity.file);
        if (seen)
            item->lastSeen = *seen;
        else
            item->error = std::move(seen).error();
    }
    const auto asked = withoutError(items);
    if (asked.empty())
        return;
    std::vector<OpenRequest> requests;
    for (const Opening* item : asked)
        requests.push_back({item->header.identityBytes, item->lastSeen, purpose});
    auto opened = services.authority.open(requests);
    if (!opened)
        return failAll(asked, opened.error());
    if (opened->size() != asked.size())
        return failAll(asked,
                       makeError(ErrorCode::internal, "KODiAC answered another number of files than were asked"));
    for (std::size_t i = 0; i < asked.size(); ++i)
        accept(services, keys, *asked[i], std::move((*opened)[i]));
}

Status unseal(const Work& work, const Opening& opening, platform::File& plaintext, bool overrideIntegrity,
              std::vector<container::DamagedRange>& damaged) {
    auto& files = work.services.files;
    auto file = files.open(opening.container, platform::Access::read, platform::Sharing::denyWriters);
    if (!file)
        return std::move(file).error();
    auto before = (*file)->info();
    if (!before)
        return std::move(before).error();
    if (!untouched(opening.info, *before))
        return changedError(opening.container);

    const container::VersionKeys keys{opening.opened.share, *opening.contentKey};
    const container::Effort effort{work.threads, work.control};
    auto done = container::decrypt(**file, plaintext, keys, opening.opened.creatorKey, opening.opened.digest, effort);
    if (!done && done.error().code == ErrorCode::integrity && overrideIntegrity) {
        if (auto emptied = plaintext.resize(0); !emptied)
            return emptied;
        auto ranges = container::decryptDamaged(**file, plaintext, keys, effort);
        done = ranges ? Status{} : Status{ranges.error()};
        if (ranges)
            damaged = std::move(*ranges);
    }
    if (!done)
        return done.error().code == ErrorCode::integrity ? Status{damagedError(opening, done.error())} : done;
    auto after = files.info(opening.container);
    if (!after)
        return std::move(after).error();
    return untouched(opening.info, *after) ? Status{} : Status{changedError(opening.container)};
}

} // namespace ssprotect::conversion
