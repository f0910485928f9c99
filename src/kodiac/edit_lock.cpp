#include "edit_lock.h"

#include "organization_row.h"
#include "wire_words.h"

namespace ssprotect::kodiac {
namespace {

struct Waiter {
    std::int64_t number = 0;
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

    void take(const AccountId& account, const SessionId& session) {
        context_.sql.execute("DELETE FROM lock_waiters WHERE organization = $1 AND name = $2 AND session = $3",
                             {organization_, word_, session});
        context_.sql.execute("UPDATE edit_locks SET epoch = epoch + 1, account = $3, session = $4, expires = $5 "
                             "WHERE organization = $1 AND name = $2",
                             {organization_, word_, account, session, context_.now() + kLockExpiry});
        read();
        tell(account);
    }

    void renew() {
        context_.sql.execute("UPDATE edit_locks SET expires = $3 WHERE organization = $1 AND name = $2",
                             {organization_, word_, context_.now() + kLockExpiry});
        read();
    }

    /// Who is first in line holds it next.
    void release(const std::optional<AccountId>& by) {
        if (const auto next = first())
            return take(next->account, next->session);
        context_.sql.execute("UPDATE edit_locks SET account = NULL, session = NULL, expires = 0 "
                             "WHERE organization = $1 AND name = $2",
                             {organization_, word_});
        read();
        tell(by);
    }

    void wait() {
        context_.sql.execute("INSERT INTO lock_waiters (organization, name, account, session, expires) "
                             "VALUES ($1, $2, $3, $4, $5) ON CONFLICT (organization, name, session) "
                             "DO UPDATE SET expires = excluded.expires",
                             {organization_, word_, context_.caller.account, context_.caller.session,
                              context_.now() + kLockExpiry});
    }

    bool keepWaiting() {
        return context_.sql.execute("UPDATE lock_waiters SET expires = $4 WHERE organization = $1 AND name = $2 AND "
                                    "session = $3",
                                    {organization_, word_, context_.caller.session, context_.now() + kLockExpiry}) > 0;
    }

    bool stopWaiting(const SessionId& session) {
        return context_.sql.execute("DELETE FROM lock_waiters WHERE organization = $1 AND name = $2 AND session = $3",
                                    {organization_, word_, session}) > 0;
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
        const std::string now = free() ? "it expired" : "it is held by " + holder_ + " now";
        return makeError(ErrorCode::lockLost, "the Edit Lock \"" + std::string(word_) + "\" was lost: " + now +
                                                  "; nothing was changed. Request it again");
    }

private:
    // A client that does not renew has vanished, as holder or in the line. A session that ended has left both.
    void forgetTheVanished() {
        context_.sql.execute("DELETE FROM lock_waiters WHERE organization = $1 AND name = $2 AND expires <= $3",
                             {organization_, word_, context_.now()});
        read();
        if (session_ && expires_ <= context_.now())
            release(std::nullopt);
    }

    void read() {
        const auto row = context_.sql.one("SELECT l.epoch, l.session, l.expires, a.email FROM edit_locks l LEFT JOIN "
                                          "accounts a ON a.id = l.account WHERE l.organization = $1 AND l.name = $2",
                                          {organization_, word_});
        if (!row)
            return;
        epoch_ = row->get<std::uint64_t>(0);
        session_ = row->get<std::optional<SessionId>>(1);
        expires_ = row->get<TimePoint>(2);
        holder_ = row->get<std::optional<std::string>>(3).value_or("");
    }

    std::optional<Waiter> first() const {
        const auto row = context_.sql.one("SELECT number, account, session FROM lock_waiters WHERE organization = $1 "
                                          "AND name = $2 ORDER BY number LIMIT 1",
                                          {organization_, word_});
        if (!row)
            return std::nullopt;
        return Waiter{row->get<std::int64_t>(0), row->get<AccountId>(1), row->get<SessionId>(2)};
    }

    void tell(const std::optional<AccountId>& by) { tellOrganization(context_, organization_, "lock", word_, by); }

    Context& context_;
    const OrganizationId organization_;
    const EditLock name_;
    const std::string_view word_;
    std::uint64_t epoch_ = 0;
    std::optional<SessionId> session_;
    TimePoint expires_{};
    std::string holder_;
};

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
    lock.take(context.caller.account, context.caller.session);
    return true;
}

void leaveLock(Context& context, EditLock name) {
    Lock lock(context, context.caller.organization, name);
    if (lock.heldBy(context.caller.session))
        lock.release(context.caller.account);
}

Result<LockView> requestLock(Context& context, EditLock name, bool wait) {
    Lock lock(context, context.caller.organization, name);
    if (lock.heldBy(context.caller.session))
        lock.renew();
    else if (lock.free())
        lock.take(context.caller.account, context.caller.session);
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
        lock.take(context.caller.account, context.caller.session);
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
        lock.release(context.caller.account);
    else
        lock.stopWaiting(context.caller.session);
}

LockView viewLock(Context& context, EditLock name) {
    return Lock(context, context.caller.organization, name).view();
}

void releaseLocksOf(Context& context, const OrganizationId& organization, const SessionId& session) {
    for (const EditLock name : kAll) {
        Lock lock(context, organization, name);
        if (lock.heldBy(session))
            lock.release(std::nullopt);
        else
            lock.stopWaiting(session);
    }
}

} // namespace ssprotect::kodiac
