#include "edit_lock.h"

#include "organization_row.h"
#include "wire/words.h"

namespace ssprotect::kodiac {
namespace {

struct Party {
    AccountId account;
    SessionId session;
};

/// One lock of one Organization within a transaction that has locked the Organization.
class Lock {
public:
    Lock(Context& context, const OrganizationId& organization, EditLock name)
        : context_(context), organization_(organization), name_(name), word_(wire::Words<EditLock>::of(name)) {
        lockOrganization(context_, organization_);
        context_.sql.execute("INSERT INTO edit_locks (organization, name, epoch) VALUES ($1, $2, 0) "
                             "ON CONFLICT (organization, name) DO NOTHING",
                             {organization_, word_});
        forgetTheVanished();
        read();
    }

    bool free() const { return !session_; }
    bool heldBy(const SessionId& session) const { return session_ == session; }
    std::uint64_t epoch() const { return epoch_; }

    /// REQ LOCK of one that is free, FORCE LOCK of one that is not.
    void take() {
        const std::string from = free() ? "taken" : "forced from " + holder_;
        const AccountId former = account_.value_or(AccountId{});
        makeHolder(self());
        note(from, former);
        tell(context_.caller.account);
    }

    /// For one write: nobody else sees that it is held.
    void takeUnseen() {
        makeHolder(self());
        note("taken and released", context_.caller.account); // not about whom the write is about
    }
    void releaseUnseen() { makeFree(); }

    void renew() {
        context_.sql.execute("UPDATE edit_locks SET expires = $3 WHERE organization = $1 AND name = $2",
                             {organization_, word_, context_.now() + kLockExpiry});
        read();
    }

    /// Who is first in line holds it next.
    void release(const std::optional<AccountId>& by, const std::string& why) {
        const AccountId former = account_.value_or(AccountId{});
        const auto next = first();
        if (next)
            makeHolder(*next);
        else
            makeFree();
        note(why + (next ? "; handed over to " + holder_ + ", first in line" : ""), next ? next->account : former);
        tell(by);
    }

    void releaseEnded() { release(std::nullopt, "the session of " + holder_ + " ended"); }

    void wait() {
        if (keepWaiting())
            return;
        context_.sql.execute(
            "INSERT INTO lock_waiters (organization, name, account, session, expires) "
            "VALUES ($1, $2, $3, $4, $5)",
            {organization_, word_, context_.caller.account, context_.caller.session, context_.now() + kLockExpiry});
        tell(context_.caller.account);
    }

    bool keepWaiting() {
        return context_.sql.execute("UPDATE lock_waiters SET expires = $4 WHERE organization = $1 AND name = $2 AND "
                                    "session = $3",
                                    {organization_, word_, context_.caller.session, context_.now() + kLockExpiry}) > 0;
    }

    void leaveLine(const SessionId& session) {
        if (stopWaiting(session))
            tell(std::nullopt);
    }

    LockView view() const {
        LockView view;
        view.name = name_;
        view.held = heldBy(context_.caller.session);
        view.epoch = epoch_;
        view.holder = holder_;
        if (session_)
            view.expires = expires_;
        const SessionId& mine = context_.caller.session;
        for (const auto& row : context_.sql.all("SELECT session FROM lock_waiters WHERE organization = $1 AND "
                                                "name = $2 ORDER BY number",
                                                {organization_, word_})) {
            ++view.waiting;
            if (row.get<SessionId>(0) == mine)
                view.position = view.waiting;
        }
        return view;
    }

    Error held() const {
        return makeError(ErrorCode::lockHeld, "the Edit Lock \"" + std::string(word_) + "\" is held by " + holder_ +
                                                  "; wait for it, or force it after talking to them");
    }
    Error lost() const {
        const std::string now = free() ? "nobody holds it now" : "it is held by " + holder_ + " now";
        return makeError(ErrorCode::lockLost, "the Edit Lock \"" + std::string(word_) + "\" was lost: " + now +
                                                  "; nothing was changed. Request it again");
    }

private:
    Party self() const { return {context_.caller.account, context_.caller.session}; }

    bool stopWaiting(const SessionId& session) {
        return context_.sql.execute("DELETE FROM lock_waiters WHERE organization = $1 AND name = $2 AND session = $3",
                                    {organization_, word_, session}) > 0;
    }

    void makeHolder(const Party& party) {
        stopWaiting(party.session);
        context_.sql.execute("UPDATE edit_locks SET epoch = epoch + 1, account = $3, session = $4, expires = $5 "
                             "WHERE organization = $1 AND name = $2",
                             {organization_, word_, party.account, party.session, context_.now() + kLockExpiry});
        read();
    }

    void makeFree() {
        context_.sql.execute("UPDATE edit_locks SET account = NULL, session = NULL, expires = 0 "
                             "WHERE organization = $1 AND name = $2",
                             {organization_, word_});
        read();
    }

    // A client that does not renew has vanished, as holder or in the line; a session that has ended is gone.
    void forgetTheVanished() {
        context_.sql.execute("DELETE FROM lock_waiters WHERE organization = $1 AND name = $2 AND (expires <= $3 OR "
                             "session IN (SELECT id FROM sessions WHERE id = lock_waiters.session AND "
                             "ended IS NOT NULL))",
                             {organization_, word_, context_.now()});
        read();
        if (session_ && expires_ <= context_.now())
            release(std::nullopt, "no longer renewed by " + holder_);
        else if (session_ && ended_)
            releaseEnded();
    }

    void read() {
        const auto row =
            context_.sql.one("SELECT l.epoch, l.account, l.session, l.expires, a.email, s.ended FROM edit_locks l "
                             "LEFT JOIN accounts a ON a.id = l.account LEFT JOIN sessions s ON s.id = l.session "
                             "WHERE l.organization = $1 AND l.name = $2",
                             {organization_, word_});
        if (!row)
            return;
        epoch_ = row->get<std::uint64_t>(0);
        account_ = row->get<std::optional<AccountId>>(1);
        session_ = row->get<std::optional<SessionId>>(2);
        expires_ = row->get<TimePoint>(3);
        holder_ = row->get<std::optional<std::string>>(4).value_or("");
        ended_ = !row->isNull(5);
    }

    std::optional<Party> first() const {
        const auto row = context_.sql.one("SELECT account, session FROM lock_waiters WHERE organization = $1 AND "
                                          "name = $2 ORDER BY number LIMIT 1",
                                          {organization_, word_});
        if (!row)
            return std::nullopt;
        return Party{row->get<AccountId>(0), row->get<SessionId>(1)};
    }

    void note(const std::string& what, const AccountId& subject) {
        AuditNote note;
        note.reason = "Edit Lock \"" + std::string(word_) + "\", epoch " + std::to_string(epoch_) + ": " + what;
        note.subject = subject;
        context_.notes.push_back(std::move(note));
    }

    void tell(const std::optional<AccountId>& by) { tellOrganization(context_, organization_, "lock", word_, by); }

    Context& context_;
    const OrganizationId organization_;
    const EditLock name_;
    const std::string_view word_;
    std::uint64_t epoch_ = 0;
    std::optional<AccountId> account_;
    std::optional<SessionId> session_;
    TimePoint expires_{};
    std::string holder_; ///< the e-mail; empty: free
    bool ended_ = false; ///< the holder's session
};

bool holdsOrWaits(Context& context, const OrganizationId& organization, const SessionId& session) {
    return context.sql
        .one("SELECT 1 FROM edit_locks WHERE organization = $1 AND session = $2 UNION ALL "
             "SELECT 1 FROM lock_waiters WHERE organization = $1 AND session = $2",
             {organization, session})
        .has_value();
}

constexpr std::array kAll{EditLock::users, EditLock::trusts};

} // namespace

Result<bool> enterLock(Context& context, EditLock name, LockEpoch epoch) {
    Lock lock(context, context.caller.organization, name);
    if (epoch) {
        if (!lock.heldBy(context.caller.session) || lock.epoch() != *epoch)
            return lock.lost();
        lock.renew();
        return false;
    }
    if (lock.heldBy(context.caller.session))
        return false;
    if (!lock.free())
        return lock.held();
    lock.takeUnseen();
    return true;
}

void leaveLock(Context& context, EditLock name) {
    Lock lock(context, context.caller.organization, name);
    if (lock.heldBy(context.caller.session))
        lock.releaseUnseen();
}

Result<LockView> requestLock(Context& context, EditLock name, bool wait) {
    Lock lock(context, context.caller.organization, name);
    if (lock.heldBy(context.caller.session))
        lock.renew();
    else if (lock.free())
        lock.take();
    else if (wait)
        lock.wait();
    else
        return lock.held();
    return lock.view();
}

LockView forceLock(Context& context, EditLock name) {
    Lock lock(context, context.caller.organization, name);
    if (lock.heldBy(context.caller.session))
        lock.renew();
    else
        lock.take();
    return lock.view();
}

Result<LockView> renewLock(Context& context, EditLock name) {
    Lock lock(context, context.caller.organization, name);
    if (lock.heldBy(context.caller.session))
        lock.renew();
    else if (!lock.keepWaiting())
        return lock.lost();
    return lock.view();
}

void releaseLock(Context& context, EditLock name) {
    Lock lock(context, context.caller.organization, name);
    if (lock.heldBy(context.caller.session))
        lock.release(context.caller.account, "released");
    else
        lock.leaveLine(context.caller.session);
}

LockView viewLock(Context& context, EditLock name) { return Lock(context, context.caller.organization, name).view(); }

void releaseLocksOf(Context& context, const OrganizationId& organization, const SessionId& session) {
    if (!holdsOrWaits(context, organization, session))
        return;
    for (const EditLock name : kAll) {
        Lock lock(context, organization, name);
        if (lock.heldBy(session))
            lock.releaseEnded();
        else
            lock.leaveLine(session);
    }
}

} // namespace ssprotect::kodiac
