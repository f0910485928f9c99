#include "fake_authorisation.h"

#include "support/memory_file.h"

#include <algorithm>

namespace ssprotect::test {

using namespace conversion;

namespace {

template <class Identity> Identity numbered(Byte kind, Byte number) {
    std::array<Byte, 16> bytes{};
    bytes[0] = kind;
    bytes[15] = number;
    return Identity(bytes);
}

crypto::SecretBytes keyOf(const OrganizationId& organization) {
    return crypto::hkdf(crypto::HashAlgorithm::sha512, organization.bytes(), {}, viewOf("a test's OCK"), 32);
}

Error unreachable() { return makeError(ErrorCode::kodiacUnreachable, "KODiAC cannot be reached"); }
Error loggedOutError() { return makeError(ErrorCode::notLoggedIn, "not logged in"); }

} // namespace

FakeAuthorisation::FakeAuthorisation(FakeKodiac& kodiac, Byte number, std::optional<Byte> inOrganizationOf)
    : kodiac_(kodiac), number_(number), account_(numbered<AccountId>(0xAC, number)),
      organization_(numbered<OrganizationId>(0x06, inOrganizationOf.value_or(number))) {
    kodiac_.enrol(account_, signingKey().value().publicKey());
}

void FakeAuthorisation::refuse(Step step, Error error) {
    const std::lock_guard lock(mutex_);
    refusals_.insert_or_assign(step, std::move(error));
}

void FakeAuthorisation::refuseItems(Step step, Error error) {
    const std::lock_guard lock(mutex_);
    itemRefusals_.insert_or_assign(step, std::move(error));
}

void FakeAuthorisation::loseReply(Step step) {
    const std::lock_guard lock(mutex_);
    lostReplies_.insert(step);
}

void FakeAuthorisation::forgive() {
    const std::lock_guard lock(mutex_);
    refusals_.clear();
    itemRefusals_.clear();
    lostReplies_.clear();
}

void FakeAuthorisation::logout() {
    const std::lock_guard lock(mutex_);
    loggedOut_ = true;
}

void FakeAuthorisation::newSession() {
    const std::lock_guard lock(mutex_);
    loggedOut_ = false;
    ++sessions_;
}

kodiac::SessionId FakeAuthorisation::session() const {
    const std::lock_guard lock(mutex_);
    return numbered<kodiac::SessionId>(0x5E, sessions_);
}

std::optional<Error> FakeAuthorisation::refusalOf(Step step) const {
    const std::lock_guard lock(mutex_);
    const auto found = refusals_.find(step);
    return found == refusals_.end() ? std::nullopt : std::optional(found->second);
}

std::optional<Error> FakeAuthorisation::itemRefusalOf(Step step) const {
    const std::lock_guard lock(mutex_);
    const auto found = itemRefusals_.find(step);
    return found == itemRefusals_.end() ? std::nullopt : std::optional(found->second);
}

bool FakeAuthorisation::losesReply(Step step) {
    const std::lock_guard lock(mutex_);
    return lostReplies_.erase(step) != 0;
}

template <class Reply> Result<Reply> FakeAuthorisation::answered(Step step, Reply reply) {
    if (losesReply(step))
        return unreachable();
    return Result<Reply>(std::move(reply));
}

Result<std::vector<Result<BegunStore>>> FakeAuthorisation::begin(std::span<const StoreRequest> items) {
    if (auto refusal = refusalOf(Step::begin))
        return *std::move(refusal);
    bool loggedOut = false;
    {
        const std::lock_guard lock(mutex_);
        loggedOut = loggedOut_;
    }
    const auto refusal = itemRefusalOf(Step::begin);
    std::vector<Result<BegunStore>> begun;
    for (const auto& item : items) {
        if (refusal)
            begun.emplace_back(*refusal);
        else if (loggedOut && !item.grant)
            begun.emplace_back(loggedOutError());
        else
            begun.push_back(kodiac_.begin(account_, organization_, item));
    }
    return answered(Step::begin, std::move(begun));
}

Result<std::vector<Status>> FakeAuthorisation::commit(std::span<const CommitRequest> items,
                                                      std::span<const AbandonedStore> abandoned) {
    if (auto refusal = refusalOf(Step::commit))
        return *std::move(refusal);
    const auto refusal = itemRefusalOf(Step::commit);
    std::vector<Status> committed;
    for (const auto& item : items)
        committed.push_back(refusal ? Status(*refusal) : kodiac_.commit(item));
    for (const auto& item : abandoned)
        kodiac_.abandon(item);
    return answered(Step::commit, std::move(committed));
}

Result<std::vector<Result<OpenedVersion>>> FakeAuthorisation::open(std::span<const OpenRequest> items) {
    if (auto refusal = refusalOf(Step::open))
        return *std::move(refusal);
    {
        const std::lock_guard lock(mutex_);
        if (loggedOut_)
            return loggedOutError();
    }
    const auto refusal = itemRefusalOf(Step::open);
    std::vector<Result<OpenedVersion>> opened;
    for (const auto& item : items)
        opened.push_back(refusal ? Result<OpenedVersion>(*refusal) : kodiac_.open(item));
    return answered(Step::open, std::move(opened));
}

Result<std::vector<StoreProgress>>
FakeAuthorisation::progressOf(std::span<const std::pair<FileId, VersionNumber>> items) {
    if (auto refusal = refusalOf(Step::progress))
        return *std::move(refusal);
    std::vector<StoreProgress> progress;
    for (const auto& [file, version] : items)
        progress.push_back(kodiac_.progressOf(file, version));
    return answered(Step::progress, std::move(progress));
}

Result<crypto::SecretBytes> FakeAuthorisation::contentKey(const OrganizationId& organization, Epoch) {
    if (auto refusal = refusalOf(Step::keys))
        return *std::move(refusal);
    if (organization != organization_)
        return makeError(ErrorCode::foreignFile, "another organization's file");
    return keyOf(organization);
}

Result<crypto::SigningKey> FakeAuthorisation::signingKey() {
    return crypto::SigningKey::fromPrivate(Bytes(32, number_));
}

Result<crypto::AgreementKey> FakeAuthorisation::agreementKey() {
    return crypto::AgreementKey::fromPrivate(Bytes(32, number_));
}

Result<Bytes> FakeAuthorisation::contentOf(ByteView container) const {
    MemoryFile file(copyOf(container));
    auto header = container::readHeader(file);
    if (!header)
        return std::move(header).error();
    if (!*header)
        return makeError(ErrorCode::notProtected, "not a container");
    FakeKodiac asked(kodiac_);
    auto opened = asked.open({(*header)->identityBytes, 0, Purpose::verify});
    if (!opened)
        return std::move(opened).error();
    const auto key = keyOf((*header)->identity.organization);
    MemoryFile plaintext;
    auto done = container::decrypt(file, plaintext, {opened->share, key}, opened->creatorKey, opened->digest, {});
    if (!done)
        return std::move(done).error();
    return std::move(plaintext.content());
}

} // namespace ssprotect::test
