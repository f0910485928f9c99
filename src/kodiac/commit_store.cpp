#include "file_rows.h"
#include "handlers.h"

namespace ssprotect::kodiac {
namespace {

using State = StoreState::State;

/// *Store* (3) for the items of one request. The Creator's signature covers header bytes that KODiAC never
/// sees (the wrapped key): it is kept as given, and every reader verifies it.
class Committing {
public:
    explicit Committing(Context& context) : context_(context), caller_(context.caller) {}

    ItemOutcome commit(const CommitStore::Item& item) {
        ItemOutcome outcome;
        if (auto done = store(item); !done)
            outcome.error = std::move(done).error();
        context_.notes.push_back(noteOf(item.file, item.version, outcome.error));
        return outcome;
    }

    void abandon(const CommitStore::Abandoned& item) {
        AuditNote note{item.file, item.version, std::string(errorWord(errorCodeOf(item.reason))),
                       "abandoned: this version number stays unused"};
        if (auto done = giveUp(item); !done)
            note = noteOf(item.file, item.version, done.error());
        context_.notes.push_back(std::move(note));
    }

private:
    // What was begun by this account on this host, and may be finished (PROT-14): a session that is over does not
    // matter, the store was authorised when it began; a disabled account finishes only what it had opened.
    Result<VersionRow> own(const FileId& file, VersionNumber version) {
        auto row = versionRow(context_, file, version);
        if (!row || row->creator != caller_.account || row->host != caller_.host)
            return makeError(ErrorCode::notFound, "this host has begun no such version");
        if (caller_.disabled && !row->grant)
            return makeError(ErrorCode::accountDisabled, "this account is disabled; ask whoever runs KODiAC");
        return std::move(*row);
    }

    Status store(const CommitStore::Item& item) {
        auto row = own(item.file, item.version);
        if (!row)
            return std::move(row).error();
        const auto changed = context_.sql.execute(
            "UPDATE versions SET state = $3, size = $4, digest = $5, signature = $6, sealed_name = $7, "
            "sealed_path = $8, creator_generation = (SELECT key_generation FROM accounts WHERE id = $10) "
            "WHERE file = $1 AND version = $2 AND state = $9",
            {item.file, item.version, numberOf(State::committed), item.size, item.digest, item.signature,
             item.sealedName, item.sealedPath, numberOf(State::begun), caller_.account});
        if (changed == 1 || isCommittedAs(item))
            return {};
        return makeError(ErrorCode::versionConflict, row->state == State::abandoned
                                                         ? "this version was abandoned; begin a new one"
                                                         : "this version was committed with another content");
    }

    // A reply that was lost. The sealed names differ each time they are sealed.
    bool isCommittedAs(const CommitStore::Item& item) {
        return context_.sql
            .one("SELECT 1 FROM versions WHERE file = $1 AND version = $2 AND state = $3 AND size = $4 AND "
                 "digest = $5 AND signature = $6",
                 {item.file, item.version, numberOf(State::committed), item.size, item.digest, item.signature})
            .has_value();
    }

    Status giveUp(const CommitStore::Abandoned& item) {
        auto row = own(item.file, item.version);
        if (!row)
            return std::move(row).error();
        const auto changed =
            context_.sql.execute("UPDATE versions SET state = $3 WHERE file = $1 AND version = $2 AND state = $4",
                                 {item.file, item.version, numberOf(State::abandoned), numberOf(State::begun)});
        if (changed == 0)
            return makeError(ErrorCode::versionConflict, "this version is not open any more");
        // Nothing was stored with it, so the right to store is whole again: closing must always work.
        if (row->grant)
            context_.sql.execute("UPDATE grants SET spent = NULL WHERE id = $1", {*row->grant});
        return {};
    }

    Context& context_;
    const Caller& caller_;
};

} // namespace

Result<CommitStore::Response> execute(Context& context, const CommitStore::Request& request) {
    Committing committing(context);
    CommitStore::Response response;
    for (const auto& item : request.items)
        response.items.push_back(committing.commit(item));
    for (const auto& item : request.abandoned)
        committing.abandon(item);
    return response;
}

} // namespace ssprotect::kodiac
