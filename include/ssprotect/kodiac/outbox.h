#pragma once

#include "ssprotect/base/clock.h"
#include "ssprotect/base/ids.h"
#include "ssprotect/base/result.h"
#include "ssprotect/crypto/secret.h"
#include "ssprotect/kodiac/mail_kind.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace ssprotect::store {
class Database;
}

namespace ssprotect::kodiac {

class AtRest;

using MailId = Id<struct MailTag>;

/// A mail that is ours to send until `lease` (the database's time).
struct ClaimedMail {
    MailId id;
    MailKind kind = MailKind::registrationCode;
    std::string recipient;
    std::map<std::string, std::string, std::less<>> facts;
    crypto::SecretBytes code; ///< empty where the kind carries none
    TimePoint created{};
    std::uint32_t attempts = 0; ///< this one counted
    TimePoint lease{};
};

/// A mail as the operator sees it.
struct ListedMail {
    MailId id;
    std::string kind; ///< a word of kodiac/mail_kind.h
    std::string recipient;
    std::string state; ///< `waiting`, `sent`, `failed`
    std::uint32_t attempts = 0;
    TimePoint created{};
    std::string reason; ///< of kodiac/mail_reason.h, why the latest attempt failed; else empty
};

/// The mails that wait in KODiAC's database, for the worker of a daemon. Several workers and daemons may share one
/// database: a mail is claimed by one of them until its lease ends, and again by any once it has (a daemon died).
/// So it is sent at least once, and twice only if a worker dies, or hears nothing, between sending and `delivered`.
/// Each call is a short transaction of its own: none is open while a mail is sent. Errors are the database's. Any
/// thread.
class Outbox {
public:
    /// Both must outlive it. Authority::outbox() makes it.
    Outbox(store::Database& database, const AtRest& atRest) : database_(&database), atRest_(&atRest) {}

    /// Up to `most` mails that are due, the longest due first, each for `lease`. Those whose code does not hold any
    /// more are failed instead.
    Result<std::vector<ClaimedMail>> claim(std::size_t most, Duration lease);

    /// Sent for good, the code is forgotten.
    Status delivered(const ClaimedMail& mail);

    /// Not sent, for a reason of kodiac/mail_reason.h. Tried again after 1 min, 2 min, … 4 h, unless the failure is
    /// permanent or the mail is older than 3 days: then it is failed, until somebody sends it again. Changes nothing
    /// when the lease has passed to somebody else.
    Status failed(const ClaimedMail& mail, std::string_view reason, bool permanent);

    /// Gives a claimed mail back untried, for a worker that stops.
    Status release(const ClaimedMail& mail);

    /// Forgets what was sent or failed for good more than `age` ago; returns how many.
    Result<std::int64_t> forget(Duration age);

    /// The newest first; `state` narrows it down. `invalid-input` for a state that is none.
    Result<std::vector<ListedMail>> list(std::string_view state, std::size_t most);

    /// The operator's word, audited: due now, its attempts begin anew. `not-found`; `refused` for one that was sent or
    /// whose code does not hold.
    Status sendAgain(const MailId& id);

private:
    store::Database* database_;
    const AtRest* atRest_;
};

} // namespace ssprotect::kodiac
