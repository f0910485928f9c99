#include "outbox.h"

#include "mail_facts.h"
#include "mail_rows.h"
#include "ssprotect/kodiac/email.h"
#include "ssprotect/kodiac/mail_reason.h"
#include "ssprotect/kodiac/outbox.h"

namespace ssprotect::kodiac {
namespace {

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

/// A mail as it is written down.
struct MailRow {
    MailId id;
    OrganizationId organization;
    AccountId account;
    MailKind kind;
    std::string recipient{};
    std::string facts = "{}";
    std::optional<Bytes> sealed{};
    std::string_view state = mailrow::kFailed;
    std::string_view error = mailreason::kInvalid;
};

MailRow rowOf(Context& context, const OutgoingMail& mail) {
    MailRow row{draw<MailId>(context), mail.organization, mail.account, mail.kind};
    const MailFacts facts = withExpiry(mail);
    auto text = factsText(facts);
    if (!text || !canBeSent(mail, facts))
        return row;
    row.recipient = mail.recipient;
    row.facts = std::move(*text);
    if (!mail.code.empty())
        row.sealed = context.services.atRest.seal(mailrow::kSealedKind, row.id.bytes(), mail.code);
    row.state = mailrow::kWaiting;
    row.error = "";
    return row;
}

// Their code is void.
void dropReplaced(Context& context, const std::vector<MailRow>& mails) {
    store::ValueRows replaced(2);
    for (const MailRow& mail : mails)
        if (carriesCode(mail.kind) && !mail.account.isNull())
            replaced.add({mail.account, mailKindWord(mail.kind)});
    context.sql.postFor("DELETE FROM mails WHERE id IN (SELECT m.id FROM (VALUES ($2, $3)) AS w JOIN mails m "
                        "ON m.account = w.column1 AND m.kind = w.column2 WHERE m.state <> $1)",
                        {mailrow::kSent}, replaced);
}

void insert(Context& context, const std::vector<MailRow>& mails) {
    store::ValueRows rows(9);
    for (const MailRow& mail : mails)
        rows.add({mail.id, store::Value::orNull(mail.organization), store::Value::orNull(mail.account),
                  mailKindWord(mail.kind), mail.recipient, mail.facts, mail.sealed, mail.state, mail.error});
    context.sql.postFor("INSERT INTO mails (id, organization, account, kind, recipient, facts, sealed, state, error, "
                        "created, due) SELECT w.column1, w.column2, w.column3, w.column4, w.column5, w.column6, "
                        "w.column7, w.column8, w.column9, $1, $1 "
                        "FROM (VALUES ($2, $3, $4, $5, $6, $7, $8, $9, $10)) AS w",
                        {context.now()}, rows);
}

void queueForEach(Context& context, OutgoingMail mail, std::string_view accounts) {
    std::vector<MailRow> rows;
    for (const auto& row : context.sql.all(accounts, {mail.organization})) {
        mail.recipient = row.get<std::string>(0);
        rows.push_back(rowOf(context, mail));
    }
    insert(context, rows);
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
    MailRow copy{draw<MailId>(context), mail.organization.value_or(OrganizationId{}), account, kind};
    copy.recipient = mail.recipient;
    copy.facts = mail.facts;
    copy.state = mailrow::kWaiting;
    copy.error = "";
    insert(context, {copy});
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

void queueMail(Context& context, const OutgoingMail& mail) { queueMails(context, {&mail, 1}); }

void queueMails(Context& context, std::span<const OutgoingMail> mails) {
    std::vector<MailRow> rows;
    for (const OutgoingMail& mail : mails)
        rows.push_back(rowOf(context, mail));
    dropReplaced(context, rows);
    insert(context, rows);
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

std::map<AccountId, Delivery> deliveriesOf(Context& context, std::span<const AccountId> accounts, MailKind kind) {
    store::ValueRows wanted(1);
    for (const AccountId& account : accounts)
        wanted.add({account});
    std::map<AccountId, Delivery> latest;
    for (const auto& row : context.sql.allFor("SELECT m.account, m.state, m.attempts, m.error, m.due, m.sent "
                                              "FROM (VALUES ($2)) AS w JOIN mails m ON m.account = w.column1 "
                                              "WHERE m.kind = $1 ORDER BY m.created, m.id DESC",
                                              {mailKindWord(kind)}, wanted))
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
