#include "path_record.h"
#include "session_state.h"
#include "ssprotect/session/session.h"

#include <algorithm>

/// The session as the engine sees it: KODiAC's word on each file.
namespace ssprotect::session {
namespace {

Status checkBatch(std::size_t items) {
    if (items > kodiac::kMostFilesPerCall)
        return makeError(ErrorCode::invalidInput, "more than 1,000 files in one batch");
    return {};
}

Status checkAnswers(std::size_t asked, std::size_t answered) {
    if (asked != answered)
        return makeError(ErrorCode::internal, "KODiAC answered another number of files than it was asked for");
    return {};
}

Error notLoggedIn() { return makeError(ErrorCode::notLoggedIn, "the login session is over; log in again"); }

/// What KODiAC begins must be what was asked for: its word goes into the header.
Result<conversion::BegunStore> begunOf(kodiac::BeginStore::Begun&& begun, const conversion::StoreRequest& asked,
                                       const Session& session) {
    if (begun.error)
        return *begun.error;
    auto identity = container::Identity::parse(begun.identity);
    if (!identity)
        return std::move(identity).error();
    const bool asAsked =
        identity->organization == session.organization() && identity->creator == session.account() &&
        (asked.chain ? identity->file == *asked.chain : identity->version == 1 && identity->owner == session.account());
    if (!asAsked)
        return makeError(ErrorCode::integrity,
                         "KODiAC began another version than it was asked for; nothing was stored");
    return conversion::BegunStore{*identity, std::move(begun.share)};
}

kodiac::OpenPurpose purposeOf(conversion::Purpose purpose) {
    switch (purpose) {
    case conversion::Purpose::managed:
        return kodiac::OpenPurpose::managed;
    case conversion::Purpose::release:
        return kodiac::OpenPurpose::release;
    case conversion::Purpose::verify:
        return kodiac::OpenPurpose::verify;
    }
    return kodiac::OpenPurpose::verify;
}

conversion::StoreProgress progressOf(kodiac::StoreState::State state) {
    switch (state) {
    case kodiac::StoreState::State::unknown:
        return conversion::StoreProgress::unknown;
    case kodiac::StoreState::State::begun:
        return conversion::StoreProgress::begun;
    case kodiac::StoreState::State::committed:
        return conversion::StoreProgress::committed;
    case kodiac::StoreState::State::abandoned:
        return conversion::StoreProgress::abandoned;
    }
    return conversion::StoreProgress::unknown;
}

Result<conversion::OpenedVersion> openedOf(kodiac::OpenVersion::Opened&& opened, const Session::State& state) {
    if (opened.error)
        return *opened.error;
    // The Creator's key is KODiAC's word; the signed chain says whether it is true.
    if (!state.knowsKey(opened.creator, opened.creatorKey))
        return makeError(ErrorCode::peerRefused, "the version's creator is not known under the key that KODiAC names");
    return conversion::OpenedVersion{std::move(opened.share), opened.digest, opened.creator,
                                     opened.creatorKey,       opened.latest, opened.grant};
}

Result<kodiac::CommitStore::Item> commitItem(const conversion::CommitRequest& request, const KeyRing& ring,
                                             Random& random) {
    const Bytes path = pathBytes(request.path);
    const Bytes name = pathBytes(request.path.filename());
    auto sealedName = ring.sealName(textOf(name), request.keyEpoch, request.file, request.version, kNameField, random);
    if (!sealedName)
        return std::move(sealedName).error();
    auto sealedPath = ring.sealName(textOf(path), request.keyEpoch, request.file, request.version, kPathField, random);
    if (!sealedPath)
        return std::move(sealedPath).error();
    return kodiac::CommitStore::Item{request.file,          request.version,          request.stored.plaintextSize,
                                     request.stored.digest, request.stored.signature, std::move(*sealedName),
                                     std::move(*sealedPath)};
}

} // namespace

Result<std::vector<Result<conversion::BegunStore>>> Session::begin(std::span<const conversion::StoreRequest> items) {
    if (auto few = checkBatch(items.size()); !few)
        return std::move(few).error();
    // Without a session only a grant still gives a right to store (PROT-14).
    const bool live = state_->requireLive().ok();
    kodiac::BeginStore::Request request;
    for (const auto& item : items)
        if (live || item.grant)
            request.items.push_back({item.chain, item.grant});
    if (request.items.empty() && !items.empty())
        return notLoggedIn();

    auto response = state_->call<kodiac::BeginStore>(request);
    if (!response)
        return std::move(response).error();
    if (auto all = checkAnswers(request.items.size(), response->items.size()); !all)
        return std::move(all).error();
    std::vector<Result<conversion::BegunStore>> results;
    auto begun = response->items.begin();
    for (const auto& item : items) {
        if (live || item.grant)
            results.push_back(begunOf(std::move(*begun++), item, *this));
        else
            results.emplace_back(notLoggedIn());
    }
    return results;
}

Result<std::vector<Status>> Session::commit(std::span<const conversion::CommitRequest> items,
                                            std::span<const conversion::AbandonedStore> abandoned) {
    if (auto few = checkBatch(items.size() + abandoned.size()); !few)
        return std::move(few).error();
    kodiac::CommitStore::Request request;
    for (const auto& item : items) {
        auto sealed = commitItem(item, state_->ring, state_->environment.random);
        if (!sealed)
            return std::move(sealed).error();
        request.items.push_back(std::move(*sealed));
    }
    for (const auto& item : abandoned)
        request.abandoned.push_back({item.file, item.version, std::string(errorWord(item.reason))});
    auto response = state_->call<kodiac::CommitStore>(request);
    if (!response)
        return std::move(response).error();
    if (auto all = checkAnswers(items.size(), response->items.size()); !all)
        return std::move(all).error();
    std::vector<Status> results;
    for (auto& outcome : response->items)
        results.push_back(outcome.error ? Status(std::move(*outcome.error)) : Status());
    return results;
}

Result<std::vector<Result<conversion::OpenedVersion>>> Session::open(std::span<const conversion::OpenRequest> items) {
    if (auto live = state_->requireLive(); !live)
        return std::move(live).error();
    if (auto few = checkBatch(items.size()); !few)
        return std::move(few).error();
    kodiac::OpenVersion::Request request;
    for (const auto& item : items)
        request.items.push_back({item.identity, item.lastSeen, purposeOf(item.purpose)});
    auto response = state_->call<kodiac::OpenVersion>(request);
    if (!response)
        return std::move(response).error();
    if (auto all = checkAnswers(items.size(), response->items.size()); !all)
        return std::move(all).error();
    // Somebody may have been validated since this host last fetched the members.
    const bool strange = std::any_of(response->items.begin(), response->items.end(), [&](const auto& opened) {
        return !opened.error && !state_->knowsKey(opened.creator, opened.creatorKey);
    });
    if (strange)
        if (auto fetched = state_->refreshKeys(); !fetched)
            return std::move(fetched).error();
    std::vector<Result<conversion::OpenedVersion>> results;
    for (auto& opened : response->items)
        results.push_back(openedOf(std::move(opened), *state_));
    return results;
}

Result<std::vector<conversion::StoreProgress>>
Session::progressOf(std::span<const std::pair<FileId, VersionNumber>> items) {
    if (auto few = checkBatch(items.size()); !few)
        return std::move(few).error();
    kodiac::StoreState::Request request;
    for (const auto& [file, version] : items)
        request.items.push_back({file, version});
    auto response = state_->call<kodiac::StoreState>(request);
    if (!response)
        return std::move(response).error();
    if (auto all = checkAnswers(items.size(), response->items.size()); !all)
        return std::move(all).error();
    std::vector<conversion::StoreProgress> results;
    for (const auto state : response->items)
        results.push_back(session::progressOf(state));
    return results;
}

} // namespace ssprotect::session
