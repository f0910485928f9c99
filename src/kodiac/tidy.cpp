#include "authority_inside.h"

namespace ssprotect::kodiac {
namespace {

constexpr std::int64_t kBatch = 500;
constexpr std::int64_t kEventsKept = 10'000; ///< of each Organization
constexpr Duration kDelayKept = std::chrono::hours(24);
constexpr Duration kRequestKept = std::chrono::hours(24);
constexpr Duration kStrangeHostKept = std::chrono::hours(24);
// Closing works after the session's end too (PROT-14): what lies open for longer than this is closed in a new one.
constexpr Duration kSessionKept = std::chrono::hours(24 * 365);

/// Rows that `statement` takes away; its $1 is the moment before which they are old, $2 how many may go at once.
struct Broom {
    std::int64_t Tidied::*counter;
    Duration kept;
    std::string_view statement;
};

constexpr std::array kBrooms{
    Broom{&Tidied::nonces, Duration{0},
          "DELETE FROM nonces WHERE nonce IN (SELECT nonce FROM nonces WHERE expires <= $1 LIMIT $2)"},
    Broom{&Tidied::loginDelays, kDelayKept,
          "DELETE FROM login_delays WHERE who IN (SELECT who FROM login_delays WHERE retry_at <= $1 LIMIT $2)"},
    Broom{&Tidied::hostRequests, kRequestKept,
          "DELETE FROM host_requests WHERE (account, host) IN "
          "(SELECT account, host FROM host_requests WHERE expires <= $1 LIMIT $2)"},
    // Whoever has the password can bring in any number. Removed, not deleted: the audit trail takes their names from
    // here.
    Broom{&Tidied::hosts, kStrangeHostKept,
          "UPDATE hosts SET removed = $1 WHERE sealed IS NULL AND removed IS NULL AND (account, host) IN "
          "(SELECT h.account, h.host FROM hosts h WHERE h.sealed IS NULL AND h.removed IS NULL AND NOT EXISTS "
          "(SELECT 1 FROM sessions s WHERE s.account = h.account AND s.host = h.host AND s.expires > $1) LIMIT $2)"},
    Broom{&Tidied::sessions, kSessionKept,
          "DELETE FROM sessions WHERE id IN (SELECT id FROM sessions WHERE expires <= $1 LIMIT $2)"},
};

constexpr std::string_view kTrimEvents =
    "DELETE FROM events WHERE (organization, sequence) IN (SELECT e.organization, e.sequence FROM events e "
    "JOIN organizations o ON o.id = e.organization WHERE e.sequence <= o.events - $1 LIMIT $2)";

/// Batch by batch, each in a transaction of its own, until one is not full.
template <class Delete> Status sweep(store::Database& database, std::int64_t& counter, Delete deleteBatch) {
    for (std::int64_t gone = kBatch; gone >= kBatch; counter += gone)
        if (auto deleted = database.write([&](store::Transaction& sql) -> Status {
                gone = deleteBatch(sql);
                return {};
            });
            !deleted)
            return deleted;
    return {};
}

} // namespace

Result<Tidied> Authority::tidy() {
    Tidied tidied;
    for (const Broom& broom : kBrooms) {
        auto swept = sweep(*inside_->database, tidied.*broom.counter, [&](store::Transaction& sql) {
            return sql.execute(broom.statement, {sql.now() - broom.kept, kBatch});
        });
        if (!swept)
            return std::move(swept).error();
    }
    auto trimmed = sweep(*inside_->database, tidied.events, [](store::Transaction& sql) {
        return sql.execute(kTrimEvents, {kEventsKept, kBatch});
    });
    if (!trimmed)
        return std::move(trimmed).error();
    return tidied;
}

} // namespace ssprotect::kodiac
