#include "outbox.h"

#include "mail_facts.h"
#include "mail_rows.h"
#include "ssprotect/kodiac/email.h"
#include "ssprotect/kodiac/mail_reason.h"
#include "ssprotect/kodiac/outbox.h"

namespace ssprotect::kodiac {
namespace {

constexpr std::string_view kInsert =
    "INSERT INTO mails (id, organization, account, kind, recipient, facts, sealed, created, due, state, error) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8, $9, $10)";
constexpr std::string_view kPrivileged = "SELECT email FROM accounts WHERE organization = $1 AND state = 'validated' "
                                         "AND disabled = 0 AND privilege IN ('administrator', 'delegate') "
                                         "ORDER BY email_key";
constexpr std::string_view kEverybody = "SELECT email FROM accounts WHERE organization = $1 AND state = 'validated' "
                                        "ORDER BY email_key";

MailFacts withExpiry(const OutgoingMail& mail) {
    MailFacts facts = mail.facts;
    if (mail.expires)
        facts[std::string(fact::kExpires)] = expiryText(*mail.expires);
    return facts;
}

bool canBeSent(const OutgoingMail& mail, const MailFacts& facts) {
    return checkEmail(mail.recipient).ok() && factsFit(mail.kind, facts) && carriesCode(mail.kind) != mail.code.empty();
}

void keepAsFailed(Context& context, const OutgoingMail& mail) {
    context.sql.execute(kInsert, {draw<MailId>(context), store::Value::orNull(mail.organization),
                                  store::Value::orNull(mail.account), mailKindWord(mail.kind), "", "{}", nullptr,
                                  context.now(), mailrow::kFailed, mailreason::kInvalid});
}

void queueForEach(Context& context, OutgoingMail mail, std::string_view accounts) {
    for (const auto& row : context.sql.all(accounts, {mail.organization})) {
        mail.recipient = row.get<std::string>(0);
        queueMail(context, mail);
    }
}

Delivery deliveryIn(const store::Row& row, std::size_t first) {
    Delivery delivery;
    const auto state = row.get<std::string>(first);
    if (state != mailrow::kWaiting)
        delivery.state = state == mailrow::kSent ? DeliveryState::sent : DeliveryState::failed;
    delivery.attempts = row.get<std::uint32_t>(first + 1);
    delivery.error = row.get<std::string>(first + 2);
    delivery.at = row.get<std::optional<TimePoint>>(first + 4).value_or(row.get<TimePoint>(first + 3));
    return delivery;
}

/// The latest mail of a kind about an account.
struct KeptMail {
    MailId id;
    std::optional<OrganizationId> organization;
    std::string recipient;
    std::string facts;
    bool sealed = false;
    bool sent = false;
};

std::optional<KeptMail> latestOf(Context& context, const AccountId& account, MailKind kind) {
    const auto row = context.sql.one("SELECT id, organization, recipient, facts, sealed, state FROM mails "
                                     "WHERE account = $1 AND kind = $2 ORDER BY created DESC, id LIMIT 1 FOR UPDATE",
                                     {account, mailKindWord(kind)});
    if (!row)
        return std::nullopt;
    return KeptMail{row->get<MailId>(0),      row->get<std::optional<OrganizationId>>(1),
                    row->get<std::string>(2), row->get<std::string>(3),
                    !row->isNull(4),          row->get<std::string>(5) == mailrow::kSent};
}

// A letter that arrived once would be taken for a repetition under the same Message-ID: it goes as a new one.
void sendCopy(Context& context, const AccountId& account, MailKind kind, const KeptMail& mail) {
    context.sql.execute(kInsert, {draw<MailId>(context), mail.organization, account, mailKindWord(kind), mail.recipient,
                                  mail.facts, nullptr, context.now(), mailrow::kWaiting, ""});
}

bool codeHolds(const KeptMail& mail, TimePoint now) {
    const auto facts = factsFrom(mail.facts);
    const auto expires = facts ? expiryIn(*facts) : std::nullopt;
    return mail.sealed && expires && *expires > now;
}

} // namespace

std::string_view deliveryWord(DeliveryState state) {
    switch (state) {
    case DeliveryState::waiting:
        return mailrow::kWaiting;
    case DeliveryState::sent:
        return mailrow::kSent;
    case DeliveryState::failed:
        break;
    }
    return mailrow::kFailed;
}

void queueMail(Context& context, const OutgoingMail& mail) {
    if (carriesCode(mail.kind) && !mail.account.isNull())
        context.sql.execute("DELETE FROM mails WHERE account = $1 AND kind = $2 AND state <> $3",
                            {mail.account, mailKindWord(mail.kind), mailrow::kSent});
    const MailFacts facts = withExpiry(mail);
    const auto text = factsText(facts);
    if (!text || !canBeSent(mail, facts))
        return keepAsFailed(context, mail);
    const auto id = draw<MailId>(context);
    std::optional<Bytes> sealed;
    if (!mail.code.empty())
        sealed = context.services.atRest.seal(mailrow::kSealedKind, id.bytes(), mail.code);
    context.sql.execute(kInsert,
                        {id, store::Value::orNull(mail.organization), store::Value::orNull(mail.account),
                         mailKindWord(mail.kind), mail.recipient, *text, sealed, context.now(), mailrow::kWaiting, ""});
}

void queueMailToPrivilegedUsers(Context& context, OutgoingMail mail) {
    queueForEach(context, std::move(mail), kPrivileged);
}

void queueMailToEverybody(Context& context, OutgoingMail mail) { queueForEach(context, std::move(mail), kEverybody); }

void withdrawMails(Context& context, const AccountId& account) {
    context.sql.execute("DELETE FROM mails WHERE account = $1 AND state = $2", {account, mailrow::kWaiting});
}

std::optional<Delivery> deliveryOf(Context& context, const AccountId& account, MailKind kind) {
    const auto row = context.sql.one("SELECT state, attempts, error, due, sent FROM mails WHERE account = $1 "
                                     "AND kind = $2 ORDER BY created DESC, id LIMIT 1",
                                     {account, mailKindWord(kind)});
    return row ? std::optional(deliveryIn(*row, 0)) : std::nullopt;
}

std::map<AccountId, Delivery> deliveriesOf(Context& context, const OrganizationId& organization, MailKind kind) {
    std::map<AccountId, Delivery> latest;
    for (const auto& row : context.sql.all("SELECT account, state, attempts, error, due, sent FROM mails "
                                           "WHERE organization = $1 AND kind = $2 AND account IS NOT NULL "
                                           "ORDER BY created, id DESC",
                                           {organization, mailKindWord(kind)}))
        latest[row.get<AccountId>(0)] = deliveryIn(row, 1);
    return latest;
}

bool resendMail(Context& context, const AccountId& account, MailKind kind) {
    const auto mail = latestOf(context, account, kind);
    if (!mail || mail->recipient.empty())
        return false;
    if (carriesCode(kind) && !codeHolds(*mail, context.now()))
        return false;
    if (mail->sent) {
        sendCopy(context, account, kind, *mail);
        return true;
    }
    context.sql.execute("UPDATE mails SET state = $2, due = $3, attempts = 0, error = '' WHERE id = $1",
                        {mail->id, mailrow::kWaiting, context.now()});
    return true;
}

} // namespace ssprotect::kodiac
