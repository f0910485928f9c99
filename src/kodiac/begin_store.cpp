#include "file_rows.h"
#include "handlers.h"
#include "rights.h"
#include "shares.h"

#include <limits>
#include <set>

namespace ssprotect::kodiac {
namespace {

constexpr std::size_t kFileSaltSize = 16;
constexpr VersionNumber kLastVersion = std::numeric_limits<VersionNumber>::max();

// The corridor lets closing through, whatever became of account and session (PROT-14); what is begun without a grant is
// no closing.
Status mayStart(const Caller& caller) {
    if (caller.disabled)
        return makeError(ErrorCode::accountDisabled, "this account is disabled; ask whoever runs KODiAC");
    if (caller.state != SessionState::live)
        return makeError(ErrorCode::notLoggedIn, "the session is over; log in again");
    if (auto validated = checkValidated(caller); !validated)
        return validated;
    if (caller.passwordDue)
        return makeError(ErrorCode::passwordDue, "the password must be changed first");
    return {};
}

/// One item on its way.
struct Beginning {
    const BeginStore::Item& item;
    FileRow row{};
    container::Identity identity{};
    container::IdentityBytes bytes{};
    std::optional<Error> refusal{};
};

/// *Store* (1) for the items of one request, all together: a batch costs a few statements, not a few for each item.
class BeginBatch {
public:
    explicit BeginBatch(Context& context) : context_(context), caller_(context.caller), shares_(context) {
        const auto row =
            context.sql.one("SELECT o.share_epoch, o.key_epoch, r.sealed, o.kind, o.recover FROM organizations o "
                            "LEFT JOIN share_roots r ON r.organization = o.id AND r.epoch = o.share_epoch "
                            "WHERE o.id = $1",
                            {caller_.organization});
        if (row) {
            shareEpoch_ = row->get<Epoch>(0);
            keyEpoch_ = row->get<Epoch>(1);
            shares_.know(caller_.organization, shareEpoch_, row->get<std::optional<Bytes>>(2));
            onlyOptimized_ = row->get<std::string>(3) == "organization" && !row->get<bool>(4);
        }
        if (caller_.accountState != AccountState::validated)
            keyEpoch_ = lastKeyOfFormerMember().value_or(keyEpoch_);
    }

    /// A refused item says so in itself; an Error is a fault of the database.
    Result<BeginStore::Response> begin(const std::vector<BeginStore::Item>& items) {
        std::vector<Beginning> all;
        for (const auto& item : items)
            all.push_back({item});
        startNewChains(all);
        std::vector<Beginning*> onChains;
        for (Beginning& each : all)
            if (each.item.chain)
                onChains.push_back(&each);
        for (const auto& round : inRounds(onChains, [](const Beginning& each) { return *each.item.chain; }))
            continueChains(round);
        recordVersions(all);
        return finish(all);
    }

private:
    using Round = std::vector<Beginning*>;
    /// The number that a chain has given, and its mode.
    using Taken = std::unordered_map<FileId, std::pair<VersionNumber, container::ConversionMode>>;

    // It gets no later content key, and closes what it has open under the last one that it got (PROT-14).
    std::optional<Epoch> lastKeyOfFormerMember() {
        const auto row = context_.sql.one("SELECT epoch FROM content_keys WHERE organization = $1 AND account = $2 "
                                          "ORDER BY epoch DESC LIMIT 1",
                                          {caller_.organization, caller_.account});
        return row ? std::optional(row->get<Epoch>(0)) : std::nullopt;
    }

    // A grant is the person's act, proved when it was given (PROT-14); whatever else is begun is one now.
    Status mayBegin(const BeginStore::Item& item) const {
        if (context_.unattended && !item.grant)
            return makeError(ErrorCode::secondFactorMissing, "this operation needs a code of the token");
        return {};
    }

    Status mayStartChain(const BeginStore::Item& item) const {
        if (auto may = mayBegin(item); !may)
            return may;
        if (item.grant)
            return makeError(ErrorCode::invalidInput, "a grant belongs to a chain");
        return mayStart(caller_);
    }

    void startNewChains(std::vector<Beginning>& all) {
        store::ValueRows rows(5);
        for (Beginning& each : all) {
            if (each.item.chain)
                continue;
            if (auto may = mayStartChain(each.item); !may) {
                each.refusal = std::move(may).error();
                continue;
            }
            each.row = {caller_.organization, caller_.account, caller_.mode, Bytes(kFileSaltSize)};
            context_.services.random.fill(each.row.salt);
            each.identity = identityOf(draw<FileId>(context_), each.row, 1);
            rows.add({each.identity.file, each.row.organization, each.row.owner, static_cast<int>(each.row.mode),
                      each.row.salt});
        }
        context_.sql.postFor("INSERT INTO files (id, organization, owner, mode, salt, next, created) "
                             "SELECT w.column1, w.column2, w.column3, w.column4, w.column5, 2, $1 "
                             "FROM (VALUES ($2, $3, $4, $5, $6)) AS w",
                             {context_.now()}, rows);
    }

    void continueChains(const Round& round) {
        std::vector<FileId> files;
        for (Beginning* each : round)
            files.push_back(*each->item.chain);
        const FileRows rows = fileRows(context_, files);
        for (Beginning* each : round)
            authorise(*each, rows);
        spendGrants(round);
        takeNextNumbers(round);
    }

    void authorise(Beginning& each, const FileRows& rows) const {
        auto may = mayBegin(each.item);
        auto row = may ? authorisedFile(context_, rows, *each.item.chain) : Result<FileRow>(std::move(may).error());
        if (row && !each.item.grant)
            if (auto continues = mayContinue(*row); !continues)
                row = std::move(continues).error();
        if (row)
            each.row = std::move(*row);
        else
            each.refusal = std::move(row).error();
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
    void spendGrants(const Round& round) {
        store::ValueRows grants(2);
        for (Beginning* each : round)
            if (each->item.grant && !each->refusal)
                grants.add({*each->item.grant, *each->item.chain});
        std::set<std::pair<GrantId, FileId>> spent;
        for (const auto& row : context_.sql.allFor(
                 "UPDATE grants SET spent = $1 FROM (VALUES ($4, $5)) AS w WHERE id = w.column1 AND file = w.column2 "
                 "AND account = $2 AND host = $3 AND spent IS NULL RETURNING id, file",
                 {context_.now(), caller_.account, caller_.host}, grants))
            spent.emplace(row.get<GrantId>(0), row.get<FileId>(1));
        for (Beginning* each : round) {
            const auto& item = each->item;
            if (item.grant && !each->refusal && !spent.contains({*item.grant, *item.chain}))
                each->refusal = makeError(ErrorCode::refused, "this right to store was used before, or is another's");
        }
    }

    // PROT-12: the Owner's present mode from the Owner's next store on, else the file's.
    std::optional<int> modeFrom(const FileRow& row) const {
        if (onlyOptimized_)
            return static_cast<int>(container::ConversionMode::optimized);
        return row.owner == caller_.account ? std::optional(static_cast<int>(caller_.mode)) : std::nullopt;
    }

    void takeNextNumbers(const Round& round) {
        store::ValueRows files(2);
        for (Beginning* each : round)
            if (!each->refusal)
                files.add({*each->item.chain, modeFrom(each->row)});
        Taken taken;
        for (const auto& row : context_.sql.allFor(
                 "UPDATE files SET next = next + 1, mode = COALESCE(w.column2, mode) FROM (VALUES ($2, $3)) AS w "
                 "WHERE id = w.column1 AND next <= $1 RETURNING id, next, mode",
                 {kLastVersion}, files))
            taken[row.get<FileId>(0)] = {static_cast<VersionNumber>(row.get<std::uint64_t>(1) - 1),
                                         static_cast<container::ConversionMode>(row.get<int>(2))};
        for (Beginning* each : round)
            if (!each->refusal)
                number(*each, taken);
    }

    void number(Beginning& each, const Taken& taken) const {
        const auto found = taken.find(*each.item.chain);
        if (found == taken.end()) {
            each.refusal = makeError(ErrorCode::refused, "this chain has no version numbers left");
            return;
        }
        each.row.mode = found->second.second;
        each.identity = identityOf(found->first, each.row, found->second.first);
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

    // Before the shares are derived: a server writes them down meanwhile.
    void recordVersions(std::vector<Beginning>& all) {
        store::ValueRows versions(4);
        for (Beginning& each : all)
            if (!each.refusal) {
                each.bytes = each.identity.bytes();
                versions.add({each.identity.file, each.identity.version, each.bytes, each.item.grant});
            }
        context_.sql.postFor("INSERT INTO versions (file, version, identity, creator, host, grant_id, state) "
                             "SELECT w.column1, w.column2, w.column3, $1, $2, w.column4, $3 "
                             "FROM (VALUES ($4, $5, $6, $7)) AS w",
                             {caller_.account, caller_.host, numberOf(StoreState::State::begun)}, versions);
    }

    Result<BeginStore::Response> finish(const std::vector<Beginning>& all) {
        BeginStore::Response response;
        for (const Beginning& each : all) {
            BeginStore::Begun begun;
            begun.error = each.refusal;
            if (!each.refusal) {
                auto share = shares_.of(each.identity, each.bytes, each.row.salt);
                if (!share)
                    return std::move(share).error();
                begun.identity = each.bytes;
                begun.share = std::move(*share);
            }
            const FileId file = each.refusal ? each.item.chain.value_or(FileId{}) : each.identity.file;
            context_.notes.push_back(noteOf(file, each.identity.version, begun.error));
            response.items.push_back(std::move(begun));
        }
        return response;
    }

    Context& context_;
    const Caller& caller_;
    Shares shares_;
    Epoch shareEpoch_ = 0;
    Epoch keyEpoch_ = 0;
    bool onlyOptimized_ = false; ///< LIC-1: no licence for another mode
};

/// The items of a reply that is given again, as the rows tell of them now.
class BegunBefore {
public:
    BegunBefore(Context& context, const std::vector<BeginStore::Begun>& items) : context_(context), shares_(context) {
        std::vector<FileId> files;
        std::vector<VersionKey> versions;
        for (const auto& begun : items)
            if (const auto identity = identityIn(begun)) {
                files.push_back(identity->file);
                versions.emplace_back(identity->file, identity->version);
            }
        files_ = fileRows(context, files);
        versions_ = versionRows(context, versions);
    }

    Status renew(BeginStore::Begun& begun) {
        const auto identity = identityIn(begun);
        if (!identity)
            return makeError(ErrorCode::dataDamaged, "a kept reply of KODiAC is damaged");
        if (auto may = mayGoOn(*identity); !may) {
            begun.error = std::move(may).error();
        } else {
            auto share = shares_.of(*identity, begun.identity, files_.at(identity->file).salt);
            if (!share)
                return std::move(share).error();
            begun.share = std::move(*share);
        }
        auto note = noteOf(identity->file, identity->version, begun.error);
        if (!begun.error)
            note.reason = kAskedAgain;
        context_.notes.push_back(std::move(note));
        return {};
    }

private:
    static std::optional<container::Identity> identityIn(const BeginStore::Begun& begun) {
        auto identity =
            begun.error ? Result<container::Identity>(*begun.error) : container::Identity::parse(begun.identity);
        return identity ? std::optional(std::move(*identity)) : std::nullopt;
    }

    // What was begun with a grant may be finished whatever changed since (PROT-14).
    Status mayGoOn(const container::Identity& identity) const {
        const auto version = versions_.find({identity.file, identity.version});
        if (version == versions_.end() || !files_.contains(identity.file))
            return makeError(ErrorCode::notFound, "KODiAC knows no such version");
        if (!version->second.grant)
            return mayStart(context_.caller);
        return {};
    }

    Context& context_;
    Shares shares_;
    FileRows files_;
    VersionRows versions_;
};

} // namespace

Result<BeginStore::Response> execute(Context& context, const BeginStore::Request& request) {
    return BeginBatch(context).begin(request.items);
}

Status renewShares(Context& context, const BeginStore::Request&, BeginStore::Response& kept) {
    BegunBefore before(context, kept.items);
    for (auto& begun : kept.items)
        if (!begun.error)
            if (auto renewed = before.renew(begun); !renewed)
                return renewed;
    return {};
}

} // namespace ssprotect::kodiac
