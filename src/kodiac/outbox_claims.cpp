#include "at_rest.h"
#include "mail_facts.h"
#include "mail_rows.h"
#include "ssprotect/kodiac/mail_reason.h"
#include "ssprotect/kodiac/outbox.h"
#include "ssprotect/store/database.h"

#include <algorithm>

namespace ssprotect::kodiac {
namespace {

constexpr Duration kFirstPause = std::chrono::minutes(1);
constexpr Duration kLongestPause = std::chrono::hours(4);
constexpr Duration kPatience = std::chrono::days(3);
// A server that was off for longer than the patience still gets past a mail server that says "later" at first.
constexpr std::uint32_t kFewestAttempts = 5;

Duration pauseAfter(std::uint32_t attempts) {
    Duration pause = kFirstPause;
    for (std::uint32_t i = 1; i < attempts && pause < kLongestPause; ++i)
        pause *= 2;
    return std::min(pause, kLongestPause);
}

Result<std::vector<MailId>> dueMails(store::Database& database, std::size_t most) {
    return database.read([&](store::Transaction& sql) -> Result<std::vector<MailId>> {
        std::vector<MailId> ids;
        for (const auto& row : sql.all("SELECT id FROM mails WHERE state = $1 AND due <= $2 AND claimed_until <= $2 "
                                       "ORDER BY due, id LIMIT $3",
                                       {mailrow::kWaiting, sql.now(), most}))
            ids.push_back(row.get<MailId>(0));
        return ids;
    });
}

// Whoever comes second, from whichever daemon, finds the lease taken.
std::optional<store::Row> take(store::Transaction& sql, const MailId& id, Duration lease) {
    return sql.one("UPDATE mails SET claimed_until = $2, attempts = attempts + 1 WHERE id = $1 AND state = $4 "
                   "AND due <= $3 AND claimed_until <= $3 "
                   "RETURNING kind, recipient, facts, sealed, created, attempts, claimed_until",
                   {id, sql.now() + lease, sql.now(), mailrow::kWaiting});
}

void failForGood(store::Transaction& sql, const MailId& id, std::string_view reason) {
    sql.execute("UPDATE mails SET state = $2, error = $3, due = $4, claimed_until = 0, sealed = NULL WHERE id = $1",
                {id, mailrow::kFailed, reason, sql.now()});
}

/// The mail in a row of `take`, or the reason why it cannot be sent.
std::variant<ClaimedMail, std::string_view> read(const MailId& id, const store::Row& row, const AtRest& atRest,
                                                 TimePoint now) {
    ClaimedMail mail;
    mail.id = id;
    const auto kind = mailKindOf(row.get<std::string>(0));
    auto facts = factsFrom(row.get<std::string>(2));
    if (!kind || !facts)
        return mailreason::kInvalid;
    mail.kind = *kind;
    mail.recipient = row.get<std::string>(1);
    mail.facts = std::move(*facts);
    mail.created = row.get<TimePoint>(4);
    mail.attempts = row.get<std::uint32_t>(5);
    mail.lease = row.get<TimePoint>(6);
    if (const auto expires = expiryIn(mail.facts); expires && *expires <= now)
        return mailreason::kExpired;
    if (const auto sealed = row.get<std::optional<Bytes>>(3)) {
        auto code = atRest.open(mailrow::kSealedKind, id.bytes(), *sealed);
        if (!code)
            return mailreason::kIntegrity;
        mail.code = std::move(*code);
    }
    return mail;
}

} // namespace

Result<std::vector<ClaimedMail>> Outbox::claim(std::size_t most, Duration lease) {
    const auto due = dueMails(*database_, most);
    if (!due)
        return due.error();
    if (due->empty())
        return std::vector<ClaimedMail>{};
    return database_->write([&](store::Transaction& sql) -> Result<std::vector<ClaimedMail>> {
        std::vector<ClaimedMail> mails;
        for (const MailId& id : *due) {
            const auto row = take(sql, id, lease);
            if (!row)
                continue;
            auto mail = read(id, *row, *atRest_, sql.now());
            if (const auto* reason = std::get_if<std::string_view>(&mail))
                failForGood(sql, id, *reason);
            else
                mails.push_back(std::move(std::get<ClaimedMail>(mail)));
        }
        return mails;
    });
}

Status Outbox::delivered(const ClaimedMail& mail) {
    return database_->write([&](store::Transaction& sql) -> Status {
        sql.execute(
            "UPDATE mails SET state = $2, sent = $3, sealed = NULL, error = '', claimed_until = 0 WHERE id = $1",
            {mail.id, mailrow::kSent, sql.now()});
        return {};
    });
}

Status Outbox::failed(const ClaimedMail& mail, std::string_view reason, bool permanent) {
    return database_->write([&](store::Transaction& sql) -> Status {
        const bool tooOld = sql.now() - mail.created >= kPatience && mail.attempts >= kFewestAttempts;
        const bool forGood = permanent || tooOld;
        const TimePoint due = forGood ? sql.now() : sql.now() + pauseAfter(mail.attempts);
        sql.execute(
            "UPDATE mails SET state = $3, error = $4, due = $5, claimed_until = 0 "
            "WHERE id = $1 AND claimed_until = $2 AND state = $6",
            {mail.id, mail.lease, forGood ? mailrow::kFailed : mailrow::kWaiting, reason, due, mailrow::kWaiting});
        return {};
    });
}

Status Outbox::release(const ClaimedMail& mail) {
    return database_->write([&](store::Transaction& sql) -> Status {
        sql.execute("UPDATE mails SET claimed_until = 0, attempts = attempts - 1 "
                    "WHERE id = $1 AND claimed_until = $2 AND state = $3 AND attempts > 0",
                    {mail.id, mail.lease, mailrow::kWaiting});
        return {};
    });
}

Result<std::int64_t> Outbox::forget(Duration age) {
    return database_->write([&](store::Transaction& sql) -> Result<std::int64_t> {
        sql.execute("UPDATE mails SET sealed = NULL WHERE state = $1 AND sealed IS NOT NULL AND due <= $2",
                    {mailrow::kFailed, sql.now() - kPatience});
        return sql.execute("DELETE FROM mails WHERE (state = $1 OR state = $2) AND due <= $3 "
                           "AND (sent IS NULL OR sent <= $3)",
                           {mailrow::kSent, mailrow::kFailed, sql.now() - age});
    });
}

} // namespace ssprotect::kodiac
