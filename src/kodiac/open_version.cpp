#include "file_rows.h"
#include "handlers.h"
#include "shares.h"

namespace ssprotect::kodiac {
namespace {

/// What the database knows of a version that a file claims to be. Its file is there.
struct Known {
    OrganizationId organization;
    Bytes salt;
    std::optional<container::IdentityBytes> identity; ///< none: the number was never drawn
    StoreState::State state = StoreState::State::unknown;
    std::optional<crypto::Sha256Digest> digest;
    std::optional<crypto::PublicKey> creatorKey;
    VersionNumber latest = 0;
};

Error notAsRecorded() {
    return makeError(ErrorCode::integrity,
                     "the file does not say of itself what KODiAC recorded of it: it was changed, "
                     "or stored after the backup that KODiAC was restored from");
}

/// *Open* for the items of one request, all together.
class OpenBatch {
public:
    OpenBatch(Context& context, const std::vector<OpenVersion::Item>& items)
        : context_(context), caller_(context.caller), shares_(context) {
        store::ValueRows wanted(3);
        for (const auto& item : items)
            claims_.push_back(claimOf(item));
        for (const auto& claim : claims_)
            if (claim)
                wanted.add({claim->file, claim->version, claim->shareEpoch});
        read(wanted);
    }

    /// A refused item says so in itself; an Error is a fault of the database.
    Result<OpenVersion::Response> open(const std::vector<OpenVersion::Item>& items) {
        const std::vector<GrantId> grants = giveGrants(items);
        OpenVersion::Response response;
        for (std::size_t i = 0; i < items.size(); ++i) {
            auto opened = answer(items[i], claims_[i]);
            if (!opened)
                return std::move(opened).error();
            opened->grant = grants[i];
            note(items[i], claims_[i], *opened);
            response.items.push_back(std::move(*opened));
        }
        return response;
    }

    /// For a reply that was lost: nothing is granted a second time.
    Status openAgain(const std::vector<OpenVersion::Item>& items, std::vector<OpenVersion::Opened>& kept) {
        for (std::size_t i = 0; i < items.size(); ++i) {
            if (kept[i].error)
                continue;
            auto opened = answer(items[i], claims_[i]);
            if (!opened)
                return std::move(opened).error();
            if (!opened->error)
                opened->grant = kept[i].grant;
            note(items[i], claims_[i], *opened, kAskedAgain);
            kept[i] = std::move(*opened);
        }
        return {};
    }

private:
    using Claim = std::optional<container::Identity>; ///< what an item says to be; none: its header is damaged

    static Claim claimOf(const OpenVersion::Item& item) {
        auto identity = container::Identity::parse(item.identity);
        return identity ? Claim(std::move(*identity)) : std::nullopt;
    }

    void read(const store::ValueRows& wanted) {
        for (const auto& row : context_.sql.allFor(
                 "SELECT w.column1, w.column2, f.organization, f.salt, v.identity, v.state, v.digest, m.signing, "
                 "(SELECT l.version FROM versions l WHERE l.file = f.id AND l.state = $1 "
                 "ORDER BY l.version DESC LIMIT 1), w.column3, r.sealed "
                 "FROM (VALUES ($2, $3, $4)) AS w JOIN files f ON f.id = w.column1 "
                 "LEFT JOIN versions v ON v.file = w.column1 AND v.version = w.column2 "
                 "LEFT JOIN member_keys m ON m.account = v.creator AND m.generation = v.creator_generation "
                 "LEFT JOIN share_roots r ON r.organization = f.organization AND r.epoch = w.column3",
                 {numberOf(StoreState::State::committed)}, wanted)) {
            Known& known = known_[{row.get<FileId>(0), row.get<VersionNumber>(1)}];
            known.organization = row.get<OrganizationId>(2);
            known.salt = row.get<Bytes>(3);
            known.identity = row.get<std::optional<container::IdentityBytes>>(4);
            known.state = static_cast<StoreState::State>(row.get<std::optional<int>>(5).value_or(0));
            known.digest = row.get<std::optional<crypto::Sha256Digest>>(6);
            known.creatorKey = row.get<std::optional<crypto::PublicKey>>(7);
            known.latest = row.get<std::optional<VersionNumber>>(8).value_or(0);
            shares_.know(known.organization, row.get<Epoch>(9), row.get<std::optional<Bytes>>(10));
        }
    }

    Result<OpenVersion::Opened> answer(const OpenVersion::Item& item, const Claim& claim) {
        OpenVersion::Opened opened;
        const auto known = find(item, claim);
        if (!known) {
            opened.error = known.error();
            return opened;
        }
        const Known& version = **known;
        if (!version.digest || !version.creatorKey)
            return makeError(ErrorCode::dataDamaged, "a version in KODiAC's database is damaged");
        auto share = shares_.of(*claim, item.identity, version.salt);
        if (!share)
            return std::move(share).error();
        opened.share = std::move(*share);
        opened.digest = *version.digest;
        opened.creator = claim->creator;
        opened.creatorKey = *version.creatorKey;
        opened.latest = version.latest;
        return opened;
    }

    Result<const Known*> find(const OpenVersion::Item& item, const Claim& claim) const {
        if (!claim)
            return makeError(ErrorCode::integrity, "the file's header is damaged");
        const auto known = known_.find({claim->file, claim->version});
        if (known == known_.end())
            return makeError(ErrorCode::notFound, "KODiAC knows no file with this id");
        const Known& version = known->second;
        if (version.identity != item.identity)
            return notAsRecorded();
        if (version.organization != caller_.organization)
            return makeError(ErrorCode::foreignFile, "this file belongs to another organization");
        if (version.state != StoreState::State::committed)
            return makeError(ErrorCode::notFound, "this version was never stored to its end");
        if (item.purpose == OpenPurpose::release && !caller_.releaseProtections)
            return makeError(ErrorCode::releaseNotPermitted, "this account may not release files");
        return &version;
    }

    // Before the shares are derived: a server writes them down meanwhile.
    std::vector<GrantId> giveGrants(const std::vector<OpenVersion::Item>& items) {
        std::vector<GrantId> grants(items.size());
        store::ValueRows rows(3);
        for (std::size_t i = 0; i < items.size(); ++i)
            if (items[i].purpose != OpenPurpose::verify && find(items[i], claims_[i])) {
                grants[i] = draw<GrantId>(context_);
                rows.add({grants[i], claims_[i]->file, claims_[i]->version});
            }
        context_.sql.postFor("INSERT INTO grants (id, account, host, file, version, created) "
                             "SELECT w.column1, $1, $2, w.column2, w.column3, $3 FROM (VALUES ($4, $5, $6)) AS w",
                             {caller_.account, caller_.host, context_.now()}, rows);
        return grants;
    }

    void note(const OpenVersion::Item& item, const Claim& claim, const OpenVersion::Opened& opened,
              std::string_view reason = {}) {
        const container::Identity said = claim.value_or(container::Identity{});
        auto note = noteOf(said.file, said.version, opened.error);
        if (!opened.error) {
            note.reason = reason;
            if (said.version < item.lastSeen)
                note.reason = "older than version " + std::to_string(item.lastSeen) + ", last seen at that place";
        }
        context_.notes.push_back(std::move(note));
    }

    Context& context_;
    const Caller& caller_;
    Shares shares_;
    std::vector<Claim> claims_;
    ByVersion<Known> known_;
};

} // namespace

Result<OpenVersion::Response> execute(Context& context, const OpenVersion::Request& request) {
    return OpenBatch(context, request.items).open(request.items);
}

Status renewShares(Context& context, const OpenVersion::Request& request, OpenVersion::Response& kept) {
    if (kept.items.size() != request.items.size())
        return makeError(ErrorCode::dataDamaged, "a kept reply of KODiAC is damaged");
    return OpenBatch(context, request.items).openAgain(request.items, kept.items);
}

} // namespace ssprotect::kodiac
