#include "file_rows.h"
#include "handlers.h"
#include "shares.h"

#include <limits>

namespace ssprotect::kodiac {
namespace {

constexpr std::size_t kFileSaltSize = 16;
constexpr VersionNumber kLastVersion = std::numeric_limits<VersionNumber>::max();

Status mayStart(const Caller& caller) {
    if (caller.disabled)
        return makeError(ErrorCode::accountDisabled, "this account is disabled; ask whoever runs KODiAC");
    if (caller.state != SessionState::live)
        return makeError(ErrorCode::notLoggedIn, "the session is over; log in again");
    if (caller.passwordDue)
        return makeError(ErrorCode::passwordDue, "the password must be changed first");
    return {};
}

/// *Store* (1) for the items of one request.
class Beginning {
public:
    explicit Beginning(Context& context) : context_(context), caller_(context.caller), shares_(context) {
        const auto row = context.sql.one(
            "SELECT share_epoch, key_epoch, kind, recover FROM organizations WHERE id = $1", {caller_.organization});
        if (row) {
            shareEpoch_ = row->get<Epoch>(0);
            keyEpoch_ = row->get<Epoch>(1);
            onlyOptimized_ = row->get<std::string>(2) == "organization" && !row->get<bool>(3);
        }
        if (caller_.accountState != AccountState::validated)
            keyEpoch_ = lastKeyOfFormerMember().value_or(keyEpoch_);
    }

    /// A refused item says so in itself; an Error is a fault of the database.
    Result<BeginStore::Begun> begin(const BeginStore::Item& item) {
        BeginStore::Begun begun;
        auto identity = identityFor(item);
        if (!identity) {
            begun.error = std::move(identity).error();
            context_.notes.push_back(noteOf(item.chain.value_or(FileId{}), 0, begun.error));
            return begun;
        }
        begun.identity = identity->bytes();
        auto share = shares_.of(*identity, begun.identity, salt_);
        if (!share)
            return std::move(share).error();
        begun.share = std::move(*share);
        insertVersion(*identity, begun.identity, item.grant);
        context_.notes.push_back(noteOf(identity->file, identity->version, std::nullopt));
        return begun;
    }

private:
    // It gets no later content key, and closes what it has open under the last one that it got (PROT-14).
    std::optional<Epoch> lastKeyOfFormerMember() {
        const auto row = context_.sql.one("SELECT epoch FROM content_keys WHERE organization = $1 AND account = $2 "
                                          "ORDER BY epoch DESC LIMIT 1",
                                          {caller_.organization, caller_.account});
        return row ? std::optional(row->get<Epoch>(0)) : std::nullopt;
    }

    Result<container::Identity> identityFor(const BeginStore::Item& item) {
        // A grant is the person's act, proved when it was given (PROT-14); whatever else is begun is one now.
        if (context_.unattended && !item.grant)
            return makeError(ErrorCode::secondFactorMissing, "this operation needs a code of the token");
        return item.chain ? continueChain(item) : newChain(item);
    }

    Result<container::Identity> newChain(const BeginStore::Item& item) {
        if (item.grant)
            return makeError(ErrorCode::invalidInput, "a grant belongs to a chain");
        if (auto may = mayStart(caller_); !may)
            return std::move(may).error();
        const FileRow row{caller_.organization, caller_.account, caller_.mode, {}};
        const auto file = draw<FileId>(context_);
        salt_.resize(kFileSaltSize);
        context_.services.random.fill(salt_);
        context_.sql.post("INSERT INTO files (id, organization, owner, mode, salt, next, created) "
                          "VALUES ($1, $2, $3, $4, $5, 2, $6)",
                          {file, row.organization, row.owner, static_cast<int>(row.mode), salt_, context_.now()});
        return identityOf(file, row, 1);
    }

    Result<container::Identity> continueChain(const BeginStore::Item& item) {
        auto row = authorisedFile(context_, *item.chain);
        if (!row)
            return std::move(row).error();
        if (auto may = item.grant ? spendGrant(*item.grant, *item.chain) : mayContinue(*row); !may)
            return std::move(may).error();
        // PROT-12: the Owner's present mode from the Owner's next store on, else the file's.
        if (row->owner == caller_.account)
            row->mode = caller_.mode;
        if (onlyOptimized_)
            row->mode = container::ConversionMode::optimized;
        salt_ = row->salt;
        const auto next =
            context_.sql.one("UPDATE files SET next = next + 1, mode = $2 WHERE id = $1 AND next <= $3 RETURNING next",
                             {*item.chain, static_cast<int>(row->mode), kLastVersion});
        if (!next)
            return makeError(ErrorCode::refused, "this chain has no version numbers left");
        return identityOf(*item.chain, *row, static_cast<VersionNumber>(next->get<std::uint64_t>(0) - 1));
    }

    Status mayContinue(const FileRow& row) const {
        if (auto may = mayStart(caller_); !may)
            return may;
        if (row.owner != caller_.account)
            return makeError(ErrorCode::takeOwnership, "only the Owner continues this chain; protect the file as a new "
                                                       "chain of your own");
        return {};
    }

    // The condition decides: of two uses, one changes the row.
    Status spendGrant(const GrantId& grant, const FileId& file) {
        const auto spent = context_.sql.execute("UPDATE grants SET spent = $5 WHERE id = $1 AND account = $2 AND "
                                                "host = $3 AND file = $4 AND spent IS NULL",
                                                {grant, caller_.account, caller_.host, file, context_.now()});
        if (spent == 1)
            return {};
        return makeError(ErrorCode::refused, "this right to store was used before, or is another's");
    }

    container::Identity identityOf(const FileId& file, const FileRow& row, VersionNumber version) const {
        container::Identity identity;
        identity.mode = row.mode;
        identity.file = file;
        identity.version = version;
        identity.shareEpoch = shareEpoch_;
        identity.keyEpoch = keyEpoch_;
        identity.organization = row.organization;
        identity.owner = row.owner;
        identity.creator = caller_.account;
        identity.storedAt = context_.now();
        return identity;
    }

    void insertVersion(const container::Identity& identity, const container::IdentityBytes& bytes,
                       const std::optional<GrantId>& grant) {
        context_.sql.post("INSERT INTO versions (file, version, identity, creator, host, grant_id, state) "
                          "VALUES ($1, $2, $3, $4, $5, $6, $7)",
                          {identity.file, identity.version, bytes, caller_.account, caller_.host, grant,
                           numberOf(StoreState::State::begun)});
    }

    Context& context_;
    const Caller& caller_;
    Shares shares_;
    Epoch shareEpoch_ = 0;
    Epoch keyEpoch_ = 0;
    bool onlyOptimized_ = false; ///< LIC-1: no licence for another mode
    Bytes salt_;                 ///< of the item at hand
};

// What was begun with a grant may be finished whatever changed since (PROT-14).
Status mayGoOn(Context& context, const container::Identity& identity) {
    const auto version = versionRow(context, identity.file, identity.version);
    if (!version || !fileRow(context, identity.file))
        return makeError(ErrorCode::notFound, "KODiAC knows no such version");
    if (!version->grant)
        return mayStart(context.caller);
    return {};
}

} // namespace

Result<BeginStore::Response> execute(Context& context, const BeginStore::Request& request) {
    Beginning beginning(context);
    BeginStore::Response response;
    for (const auto& item : request.items) {
        auto begun = beginning.begin(item);
        if (!begun)
            return std::move(begun).error();
        response.items.push_back(std::move(*begun));
    }
    return response;
}

Status renewShares(Context& context, const BeginStore::Request&, BeginStore::Response& kept) {
    Shares shares(context);
    for (auto& begun : kept.items) {
        if (begun.error)
            continue;
        auto identity = container::Identity::parse(begun.identity);
        if (!identity)
            return std::move(identity).error();
        if (auto may = mayGoOn(context, *identity); !may) {
            begun.error = std::move(may).error();
        } else {
            const auto row = fileRow(context, identity->file);
            if (!row) // only when the database fails: mayGoOn has just seen it
                return makeError(ErrorCode::notFound, "KODiAC knows no such version");
            auto share = shares.of(*identity, begun.identity, row->salt);
            if (!share)
                return std::move(share).error();
            begun.share = std::move(*share);
        }
        auto note = noteOf(identity->file, identity->version, begun.error);
        if (!begun.error)
            note.reason = kAskedAgain;
        context.notes.push_back(std::move(note));
    }
    return {};
}

} // namespace ssprotect::kodiac
