#include "mail_facts.h"
#include "mail_rows.h"
#include "operator.h"
#include "ssprotect/kodiac/outbox.h"
#include "ssprotect/store/database.h"

#include <algorithm>
#include <array>

namespace ssprotect::kodiac {
namespace {

constexpr std::array kStates{mailrow::kWaiting, mailrow::kSent, mailrow::kFailed};

constexpr std::string_view kList = "SELECT id, kind, recipient, state, attempts, created, error FROM mails "
                                   "WHERE $1 = '' OR state = $1 ORDER BY created DESC, id LIMIT $2";

Error refused(std::string message) { return makeError(ErrorCode::refused, std::move(message)); }

/// A code that went out, or is void, is not in the database any more.
Status checkSendable(store::Transaction& sql, const store::Row& row) {
    if (row.get<std::string>(0) == mailrow::kSent)
        return refused("this mail was sent; who needs it anew gets a new one by what caused it");
    if (row.get<std::string>(1).empty())
        return refused("this mail has no address that it could go to");
    const auto kind = mailKindOf(row.get<std::string>(2));
    const auto facts = factsFrom(row.get<std::string>(3));
    const auto expires = facts ? expiryIn(*facts) : std::nullopt;
    if (kind && carriesCode(*kind) && (row.isNull(4) || !expires || *expires <= sql.now()))
        return refused("the code in this mail does not hold any more; have a new one mailed");
    return {};
}

} // namespace

Result<std::vector<ListedMail>> Outbox::list(std::string_view state, std::size_t most) {
    if (!state.empty() && std::find(kStates.begin(), kStates.end(), state) == kStates.end())
        return makeError(ErrorCode::invalidInput, "mails are waiting, sent or failed");
    return database_->read([&](store::Transaction& sql) -> Result<std::vector<ListedMail>> {
        std::vector<ListedMail> mails;
        for (const auto& row : sql.all(kList, {state, most})) {
            ListedMail mail;
            mail.id = row.get<MailId>(0);
            mail.kind = row.get<std::string>(1);
            mail.recipient = row.get<std::string>(2);
            mail.state = row.get<std::string>(3);
            mail.attempts = row.get<std::uint32_t>(4);
            mail.created = row.get<TimePoint>(5);
            mail.reason = row.get<std::string>(6);
            mails.push_back(std::move(mail));
        }
        return mails;
    });
}

Status Outbox::sendAgain(const MailId& id) {
    return database_->write([&](store::Transaction& sql) -> Status {
        const auto row = sql.one("SELECT state, recipient, kind, facts, sealed, organization, account FROM mails "
                                 "WHERE id = $1 FOR UPDATE",
                                 {id});
        if (!row)
            return makeError(ErrorCode::notFound, "there is no mail with this id");
        if (auto sendable = checkSendable(sql, *row); !sendable)
            return sendable;
        sql.execute("UPDATE mails SET state = $2, due = $3, attempts = 0, error = '' WHERE id = $1",
                    {id, mailrow::kWaiting, sql.now()});
        auditOperator(sql, {.operation = "operator.resend-mail",
                            .organization = row->get<std::optional<OrganizationId>>(5),
                            .subject = row->get<std::optional<AccountId>>(6),
                            .change = "mail " + row->get<std::string>(2) + " is due again"});
        return {};
    });
}

} // namespace ssprotect::kodiac
