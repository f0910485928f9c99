#include "file_rows.h"
#include "handlers.h"

#include <unordered_set>

namespace ssprotect::kodiac {
namespace {

using State = StoreState::State;

Error alreadyDecided(State state) {
    return makeError(ErrorCode::versionConflict, state == State::abandoned
                                                     ? "this version was abandoned; begin a new one"
                                                     : "this version was committed with another content");
}

/// One item on its way.
struct Committing {
    const CommitStore::Item& item;
    std::optional<Error> refusal{};
};
struct Abandoning {
    const CommitStore::Abandoned& item;
    std::optional<Error> refusal{};
};

// What was begun by this account on this host, and may be finished (PROT-14): a session that is over does not matter,
// the store was authorised when it began; a disabled account finishes only what it had opened.
constexpr std::string_view kMine = "file = w.column1 AND version = w.column2 AND state = $2 AND creator = $3 AND "
                                   "host = $4 AND ($5 = 0 OR grant_id IS NOT NULL)";

VersionKey keyOf(const auto& each) { return {each.item.file, each.item.version}; }

/// *Store* (3) for the items of one request, all together. The Creator's signature covers header bytes that KODiAC
/// never sees (the wrapped key): it is kept as given, and every reader verifies it.
class CommitBatch {
public:
    explicit CommitBatch(Context& context) : context_(context), caller_(context.caller) {}

    std::vector<ItemOutcome> commit(const std::vector<CommitStore::Item>& items) {
        std::vector<Committing> all;
        for (const auto& item : items)
            all.push_back({item});
        inTurns(all, [this](const auto& round) { store(round); });
        std::vector<ItemOutcome> outcomes;
        for (const Committing& each : all) {
            context_.notes.push_back(noteOf(each.item.file, each.item.version, each.refusal));
            outcomes.push_back({each.refusal});
        }
        return outcomes;
    }

    void abandon(const std::vector<CommitStore::Abandoned>& items) {
        std::vector<Abandoning> all;
        for (const auto& item : items)
            all.push_back({item});
        inTurns(all, [this](const auto& round) { giveUp(round); });
        for (const Abandoning& each : all) {
            AuditNote note{each.item.file, each.item.version, std::string(errorWord(errorCodeOf(each.item.reason))),
                           "abandoned: this version number stays unused"};
            if (each.refusal)
                note = noteOf(each.item.file, each.item.version, each.refusal);
            context_.notes.push_back(std::move(note));
        }
    }

private:
    template <class Each> static void inTurns(std::vector<Each>& all, const auto& step) {
        std::vector<Each*> pointers;
        for (Each& each : all)
            pointers.push_back(&each);
        for (const auto& round : inRounds(pointers, [](const Each& each) { return keyOf(each); }))
            step(round);
    }

    /// The items of the round that the statement did not change.
    template <class Each>
    std::vector<Each*> unchanged(const std::vector<Each*>& round, const std::vector<store::Row>& changed) const {
        std::unordered_set<VersionKey, VersionKeyHash> keys;
        for (const auto& row : changed)
            keys.emplace(row.get<FileId>(0), row.get<VersionNumber>(1));
        std::vector<Each*> rest;
        for (Each* each : round)
            if (!keys.contains(keyOf(*each)))
                rest.push_back(each);
        return rest;
    }

    template <class Each> VersionRows rowsOf(const std::vector<Each*>& round) {
        std::vector<VersionKey> keys;
        for (const Each* each : round)
            keys.push_back(keyOf(*each));
        return versionRows(context_, keys);
    }

    // In words what kMine says to the database.
    Result<State> stateOfOwn(const VersionRows& rows, const VersionKey& key) const {
        const auto row = rows.find(key);
        if (row == rows.end() || row->second.creator != caller_.account || row->second.host != caller_.host)
            return makeError(ErrorCode::notFound, "this host has begun no such version");
        if (caller_.disabled && !row->second.grant)
            return makeError(ErrorCode::accountDisabled, "this account is disabled; ask whoever runs KODiAC");
        return row->second.state;
    }

    // The conditions decide; only what they leave out is looked at.
    void store(const std::vector<Committing*>& round) {
        store::ValueRows wanted(7);
        for (const Committing* each : round) {
            const auto& item = each->item;
            wanted.add(
                {item.file, item.version, item.size, item.digest, item.signature, item.sealedName, item.sealedPath});
        }
        static const std::string kCommit =
            "UPDATE versions SET state = $1, size = w.column3, digest = w.column4, signature = w.column5, "
            "sealed_name = w.column6, sealed_path = w.column7, "
            "creator_generation = (SELECT key_generation FROM accounts WHERE id = $3) "
            "FROM (VALUES ($6, $7, $8, $9, $10, $11, $12)) AS w WHERE " +
            std::string(kMine) + " RETURNING file, version";
        const auto rest = unchanged(round, context_.sql.allFor(kCommit,
                                                               {numberOf(State::committed), numberOf(State::begun),
                                                                caller_.account, caller_.host, caller_.disabled},
                                                               wanted));
        const VersionRows rows = rowsOf(rest);
        for (Committing* each : rest) {
            const auto state = stateOfOwn(rows, keyOf(*each));
            if (!state)
                each->refusal = state.error();
            else if (!isCommittedAs(each->item))
                each->refusal = alreadyDecided(*state);
        }
    }

    // A reply that was lost. The sealed names differ each time they are sealed.
    bool isCommittedAs(const CommitStore::Item& item) {
        return context_.sql
            .one("SELECT 1 FROM versions WHERE file = $1 AND version = $2 AND state = $3 AND size = $4 AND "
                 "digest = $5 AND signature = $6",
                 {item.file, item.version, numberOf(State::committed), item.size, item.digest, item.signature})
            .has_value();
    }

    void giveUp(const std::vector<Abandoning*>& round) {
        store::ValueRows wanted(2);
        for (const Abandoning* each : round)
            wanted.add({each->item.file, each->item.version});
        static const std::string kAbandon = "UPDATE versions SET state = $1 FROM (VALUES ($6, $7)) AS w WHERE " +
                                            std::string(kMine) + " RETURNING file, version, grant_id";
        const auto given = context_.sql.allFor(
            kAbandon,
            {numberOf(State::abandoned), numberOf(State::begun), caller_.account, caller_.host, caller_.disabled},
            wanted);
        const auto rest = unchanged(round, given);
        const VersionRows rows = rowsOf(rest);
        for (Abandoning* each : rest) {
            const auto state = stateOfOwn(rows, keyOf(*each));
            each->refusal =
                state ? makeError(ErrorCode::versionConflict, "this version is not open any more") : state.error();
        }
        giveGrantsBack(given);
    }

    // Nothing was stored with it, so the right to store is whole again: closing must always work.
    void giveGrantsBack(const std::vector<store::Row>& given) {
        std::vector<GrantId> ids;
        for (const auto& row : given)
            if (const auto grant = row.get<std::optional<GrantId>>(2))
                ids.push_back(*grant);
        store::ValueRows grants(1);
        for (const GrantId& grant : ids)
            grants.add({grant});
        context_.sql.postFor("UPDATE grants SET spent = NULL FROM (VALUES ($1)) AS w WHERE id = w.column1", {}, grants);
    }

    Context& context_;
    const Caller& caller_;
};

} // namespace

Result<CommitStore::Response> execute(Context& context, const CommitStore::Request& request) {
    CommitBatch batch(context);
    CommitStore::Response response{batch.commit(request.items)};
    batch.abandon(request.abandoned);
    return response;
}

} // namespace ssprotect::kodiac
