#include "fake_kodiac.h"

#include "ssprotect/crypto/hash.h"

namespace ssprotect::test {

using namespace conversion;

namespace {

constexpr Epoch kShareEpoch = 1;
constexpr Epoch kKeyEpoch = 1;

template <class Identity> Identity drawn(std::uint64_t number) {
    std::array<Byte, 8> digits{};
    storeBigEndian(number, digits);
    const auto digest = crypto::sha256({viewOf("drawn"), digits});
    return Identity::fromBytes(ByteView(digest).first(16)).value();
}

/// R = HKDF-SHA-512(S, σ, "ssprotect/share/v1" ‖ I, 32)
crypto::SecretBytes shareOf(ByteView salt, const container::IdentityBytes& identity) {
    Bytes info = copyOf(viewOf("ssprotect/share/v1"));
    append(info, identity);
    const Bytes root(32, 0x53);
    return crypto::hkdf(crypto::HashAlgorithm::sha512, root, salt, info, 32);
}

Error noSuchFile() { return makeError(ErrorCode::notFound, "KODiAC knows no such file"); }

bool sameStored(const container::Stored& a, const container::Stored& b) {
    return a.plaintextSize == b.plaintextSize && a.digest == b.digest && a.signature == b.signature;
}

} // namespace

void FakeKodiac::enrol(const AccountId& account, const crypto::PublicKey& signing) {
    const std::lock_guard lock(mutex_);
    memory_.accounts[account] = signing;
}

Result<FakeKodiac::Chain*> FakeKodiac::chainFor(const AccountId& caller, const StoreRequest& item, FileId& file) {
    if (!item.chain) {
        file = drawn<FileId>(++memory_.drawn);
        Chain& chain = memory_.chains[file];
        chain.owner = caller;
        chain.salt = copyOf(drawn<FileId>(++memory_.drawn).bytes());
        return &chain;
    }
    file = *item.chain;
    const auto known = memory_.chains.find(file);
    if (known == memory_.chains.end())
        return noSuchFile();
    if (item.grant) {
        const auto grant = memory_.grants.find(*item.grant);
        if (grant == memory_.grants.end() || grant->second != file)
            return makeError(ErrorCode::refused, "the right to store was used already");
        memory_.grants.erase(grant);
    } else if (known->second.owner != caller) {
        return makeError(ErrorCode::refused, "only the owner continues a chain without having opened it");
    }
    return &known->second;
}

Result<BegunStore> FakeKodiac::begin(const AccountId& caller, const OrganizationId& organization,
                                     const StoreRequest& item) {
    const std::lock_guard lock(mutex_);
    FileId file;
    auto chain = chainFor(caller, item, file);
    if (!chain)
        return std::move(chain).error();
    container::Identity identity;
    identity.mode = container::ConversionMode::hybrid;
    identity.file = file;
    identity.version = (*chain)->next++;
    identity.shareEpoch = kShareEpoch;
    identity.keyEpoch = kKeyEpoch;
    identity.organization = organization;
    identity.owner = (*chain)->owner;
    identity.creator = caller;
    identity.storedAt = fromUnixMillis(1'770'000'000'000 + static_cast<std::int64_t>(++memory_.drawn));
    Row row;
    row.identity = identity.bytes();
    (*chain)->rows[identity.version] = row;
    return BegunStore{identity, shareOf((*chain)->salt, row.identity)};
}

Status FakeKodiac::commit(const CommitRequest& item) {
    const std::lock_guard lock(mutex_);
    const auto chain = memory_.chains.find(item.file);
    if (chain == memory_.chains.end() || !chain->second.rows.contains(item.version))
        return noSuchFile();
    Row& row = chain->second.rows.at(item.version);
    if (row.state == State::committed && sameStored(row.stored, item.stored))
        return {};
    if (row.state != State::begun)
        return makeError(ErrorCode::versionConflict, "that version was stored otherwise");
    row.state = State::committed;
    row.stored = item.stored;
    row.path = item.path;
    return {};
}

void FakeKodiac::abandon(const AbandonedStore& item) {
    const std::lock_guard lock(mutex_);
    const auto chain = memory_.chains.find(item.file);
    if (chain == memory_.chains.end() || !chain->second.rows.contains(item.version))
        return;
    Row& row = chain->second.rows.at(item.version);
    if (row.state != State::begun)
        return;
    row.state = State::abandoned;
    row.reason = item.reason;
}

Result<OpenedVersion> FakeKodiac::open(const OpenRequest& item) {
    const std::lock_guard lock(mutex_);
    memory_.opens.push_back(item);
    const auto asked = container::Identity::parse(item.identity);
    if (!asked)
        return makeError(ErrorCode::integrity, "the header is not as recorded");
    const auto chain = memory_.chains.find(asked->file);
    if (chain == memory_.chains.end())
        return noSuchFile();
    const auto row = chain->second.rows.find(asked->version);
    if (row == chain->second.rows.end() || row->second.state != State::committed ||
        row->second.identity != item.identity)
        return makeError(ErrorCode::integrity, "the header is not as recorded");
    OpenedVersion opened;
    opened.share = shareOf(chain->second.salt, item.identity);
    opened.digest = row->second.stored.digest;
    opened.creator = asked->creator;
    opened.creatorKey = memory_.accounts.at(asked->creator);
    for (const auto& [number, each] : chain->second.rows)
        if (each.state == State::committed)
            opened.latest = number;
    if (item.purpose != Purpose::verify) {
        opened.grant = drawn<GrantId>(++memory_.drawn);
        memory_.grants[opened.grant] = asked->file;
    }
    return opened;
}

StoreProgress FakeKodiac::progressOf(const FileId& file, VersionNumber version) const {
    const auto known = row(file, version);
    if (!known)
        return StoreProgress::unknown;
    switch (known->state) {
    case State::begun:
        return StoreProgress::begun;
    case State::committed:
        return StoreProgress::committed;
    case State::abandoned:
        break;
    }
    return StoreProgress::abandoned;
}

std::optional<FakeKodiac::Row> FakeKodiac::row(const FileId& file, VersionNumber version) const {
    const std::lock_guard lock(mutex_);
    const auto chain = memory_.chains.find(file);
    if (chain == memory_.chains.end())
        return std::nullopt;
    const auto row = chain->second.rows.find(version);
    return row == chain->second.rows.end() ? std::nullopt : std::optional(row->second);
}

std::vector<FileId> FakeKodiac::chains() const {
    const std::lock_guard lock(mutex_);
    std::vector<FileId> files;
    for (const auto& [file, chain] : memory_.chains)
        files.push_back(file);
    return files;
}

std::size_t FakeKodiac::count(State state) const {
    const std::lock_guard lock(mutex_);
    std::size_t count = 0;
    for (const auto& [file, chain] : memory_.chains)
        for (const auto& [number, row] : chain.rows)
            count += row.state == state ? 1 : 0;
    return count;
}

std::size_t FakeKodiac::committedCount() const { return count(State::committed); }

std::size_t FakeKodiac::begunCount() const { return count(State::begun); }

std::vector<OpenRequest> FakeKodiac::opens() const {
    const std::lock_guard lock(mutex_);
    return memory_.opens;
}

} // namespace ssprotect::test
