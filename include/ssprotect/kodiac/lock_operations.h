#pragma once

#include "ssprotect/kodiac/user_operations.h"

/// Exclusive Edit Locks (LOCK-1…5) and the news about them.
namespace ssprotect::kodiac {

enum class EditLock { users, trusts };

constexpr Duration kLockExpiry = std::chrono::seconds(30);    ///< without a renewal (ACC-9)
constexpr Duration kLockHeartbeat = std::chrono::seconds(10); ///< how often a holder or waiter renews

struct LockView {
    EditLock name = EditLock::users;
    bool held = false;           ///< by the caller's session: ACCESS: EXCLUSIVE
    std::uint64_t epoch = 0;     ///< rises with each new holder
    std::string holder;          ///< e-mail; empty: free
    std::optional<TimePoint> expires;
    std::uint32_t waiting = 0;   ///< sessions in line
    std::uint32_t position = 0;  ///< of the caller's session in that line, from 1; 0: not in it
};

/// Of both locks.
struct LockStatus {
    static constexpr std::string_view kName = "lock.status";
    static constexpr bool kUnattended = true;
    struct Request {};
    struct Response {
        std::vector<LockView> locks;
    };
};

/// *REQ LOCK*: takes a free lock, or one that has expired; keeps one's own. Held by another: with `wait` the session
/// is in line (served in order, as long as it renews), else `lock-held`.
struct RequestLock {
    static constexpr std::string_view kName = "lock.request";
    struct Request {
        EditLock name = EditLock::users;
        bool wait = false;
    };
    struct Response {
        LockView lock;
    };
};

/// *FORCE LOCK*: takes it from whoever holds it; the line stays.
struct ForceLock {
    static constexpr std::string_view kName = "lock.force";
    struct Request {
        EditLock name = EditLock::users;
    };
    struct Response {
        LockView lock;
    };
};

/// The heartbeat of a holder or a waiter. `lock-lost` when the session is neither.
struct RenewLock {
    static constexpr std::string_view kName = "lock.renew";
    static constexpr bool kUnattended = true;
    struct Request {
        EditLock name = EditLock::users;
    };
    struct Response {
        LockView lock;
    };
};

/// Releases it, or leaves the line; the first in line holds it then. Ok also when it was lost already.
struct ReleaseLock {
    static constexpr std::string_view kName = "lock.release";
    struct Request {
        EditLock name = EditLock::users;
    };
    struct Response {};
};

/// What happened in the Organization after `after`, oldest first, for its Privileged Users. Carries the session's
/// token but no code, so that waiting does not hold up the counter. Over HTTPS the answer waits up to
/// `waitSeconds` for the first row; in process it does not wait. Only from a host that has proved its second factor.
/// KODiAC keeps the latest 10,000 rows of an Organization, or a few more.
struct ListEvents {
    static constexpr std::string_view kName = "events.list";
    struct Row {
        std::int64_t sequence = 0; ///< 1, 2, … without a gap within the Organization
        TimePoint at{};
        std::string kind;    ///< "lock", "users", "policy", "keys"
        std::string subject; ///< the lock's name, the account's e-mail, …
        std::optional<AccountId> account; ///< who did it; none: an expiry, a session's end
    };
    struct Request {
        std::int64_t after = 0; ///< −1: nothing but the newest sequence
        std::uint32_t waitSeconds = 0; ///< at most 25
        std::uint32_t limit = 500;
    };
    struct Response {
        std::vector<Row> rows;
        std::int64_t newest = 0;
        /// Rows after `after` are no longer there, or KODiAC was restored from a backup and has not got as far: look at
        /// the lists themselves anew, and go on after the last row, or `newest`.
        bool missed = false;
    };
};

} // namespace ssprotect::kodiac
