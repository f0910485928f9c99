#include "corridor.h"

#include "edit_lock.h"
#include "operation_table.h"
#include "organization_row.h"
#include "reply_cache.h"
#include "rights.h"
#include "second_factor.h"
#include "session_token.h"

namespace ssprotect::kodiac {
namespace {

class Corridor {
public:
    Corridor(Context& context, const Operation& operation, const Work& work)
        : context_(context), operation_(operation), work_(work), hash_(requestHash(context.call)) {}

    Result<Reply> walk() {
        Result<Reply> outcome = answer();
        if (!outcome)
            context_.notes.clear();
        if (context_.factor == Factor::accepted || (context_.factor == Factor::repeated && executed_))
            keepReply(context_, hash_, operation_.repeat, outcome);
        return outcome;
    }

private:
    Result<Reply> answer() {
        if (auto known = authenticate(); !known)
            return std::move(known).error();
        auto factor = checkSecondFactor(context_, operation_, hash_);
        if (!factor)
            return std::move(factor).error();
        context_.factor = *factor;
        if (auto allowed = authorise(); !allowed)
            return std::move(allowed).error();
        if (auto invalid = work_.invalid())
            return std::move(*invalid);
        return perform();
    }

    Status authenticate() {
        if (operation_.session)
            return authenticateSession(context_, operation_);
        if (auto invalid = work_.invalid())
            return std::move(*invalid);
        return work_.authenticate(context_);
    }

    Status authorise() const {
        const Caller& caller = context_.caller;
        if (operation_.session && !operation_.closing)
            if (auto validated = checkValidated(caller); !validated)
                return validated;
        if (caller.disabled && !operation_.closing)
            return makeError(ErrorCode::accountDisabled, "this account is disabled; ask a Privileged User of its "
                                                         "Organization, or whoever runs KODiAC");
        if (operation_.privileged && (!isPrivileged(caller.privilege) || caller.privilege == Privilege::individual))
            return makeError(ErrorCode::notPrivileged,
                             "only the Administrator and the Delegates of an Organization may "
                             "do this");
        if (caller.passwordDue && !operation_.beforePasswordChange && !operation_.closing)
            return makeError(ErrorCode::passwordDue,
                             "the password must be changed first: the Organization's Pwd Policy "
                             "asks for it");
        // The password comes first, else neither could ever be done.
        const bool changesPassword = caller.passwordDue && operation_.beforePasswordChange;
        if (!caller.keysExported && !operation_.beforeKeyExport && !changesPassword)
            return makeError(ErrorCode::exportKeysFirst, "export the keys of this account first; nothing else is "
                                                         "possible before a lost password can be repaired");
        return {};
    }

    // In a savepoint: what a refused operation has done is undone, what was counted on the way here stays.
    Result<Reply> perform() {
        Result<Reply> outcome = makeError(ErrorCode::internal, "");
        auto done = context_.sql.attempt([&]() -> Status {
            outcome = context_.factor == Factor::repeated ? answerAgain() : execute();
            if (!outcome)
                return outcome.error();
            return {};
        });
        if (!done)
            return std::move(done).error();
        return outcome;
    }

    // Whoever was waited for may have taken the caller's rights, or ended its session.
    Status beAlone() {
        lockOrganization(context_, context_.caller.organization);
        if (auto known = authenticateSession(context_, operation_); !known)
            return known;
        return authorise();
    }

    Result<Reply> execute() {
        executed_ = true;
        if (operation_.alone || operation_.lock)
            if (auto allowed = beAlone(); !allowed)
                return std::move(allowed).error();
        if (!operation_.lock)
            return work_.execute(context_);
        auto taken = enterLock(context_, *operation_.lock, work_.lockEpoch());
        if (!taken)
            return std::move(taken).error();
        Result<Reply> outcome = work_.execute(context_);
        if (*taken)
            leaveLock(context_, *operation_.lock);
        return outcome;
    }

    Result<Reply> answerAgain() {
        if (operation_.repeat == Repeat::again)
            return execute();
        auto kept = keptReply(context_);
        if (!kept)
            return std::move(kept).error();
        if (!*kept)
            return context_.caller.onlyRepeats ? Result<Reply>(makeError(ErrorCode::notLoggedIn, "log in again"))
                                               : execute();
        if (operation_.repeat == Repeat::keptShares)
            return work_.renew(context_, (*kept)->body);
        AuditNote note;
        note.reason = kAskedAgain;
        context_.notes.push_back(std::move(note));
        return std::move(**kept);
    }

    Context& context_;
    const Operation& operation_;
    const Work& work_;
    const crypto::Sha256Digest hash_;
    bool executed_ = false;
};

} // namespace

Result<Reply> walkCorridor(store::Transaction& sql, const Services& services, const Call& call,
                           const Operation* operation, const Work* work) {
    Context context{.sql = sql, .services = services, .call = call, .caller = {}, .notes = {}};
    Result<Reply> outcome =
        operation == nullptr ? Result<Reply>(makeError(ErrorCode::invalidInput, "KODiAC does not know this operation"))
                             : Corridor(context, *operation, *work).walk();
    if (outcome && operation->quiet && context.notes.empty())
        return outcome;
    recordAudit(context, operation == nullptr ? "unknown" : operation->name,
                outcome ? std::nullopt : std::optional<Error>(outcome.error()));
    return outcome;
}

} // namespace ssprotect::kodiac
