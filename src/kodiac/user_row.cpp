#include "user_row.h"

#include "mail_facts.h"
#include "organization_row.h"
#include "outbox.h"
#include "wire/words.h"

namespace ssprotect::kodiac {
namespace {

/// Facts of a mail that says only what the caller did.
MailFacts factsOfCaller(Context& context) {
    return {{std::string(fact::kOrganization), organizationName(context, context.caller.organization)},
            {std::string(fact::kActor), emailOf(context, context.caller.account)}};
}

OutgoingMail mailByCaller(const Context& context, MailKind kind, const AccountId& account, std::string recipient,
                          MailFacts facts) {
    OutgoingMail mail;
    mail.kind = kind;
    mail.organization = context.caller.organization;
    mail.account = account;
    mail.recipient = std::move(recipient);
    mail.facts = std::move(facts);
    return mail;
}

} // namespace

UserRow userOf(const store::Row& row) {
    UserRow user;
    user.account = row.get<AccountId>(0);
    user.email = row.get<std::string>(1);
    user.state = wire::fromWord<AccountState>(row.get<std::string>(2)).value_or(AccountState::removed);
    user.privilege = wire::fromWord<Privilege>(row.get<std::string>(3)).value_or(Privilege::user);
    user.keys = {row.get<crypto::PublicKey>(4), row.get<crypto::PublicKey>(5)};
    user.generation = row.get<std::uint32_t>(6);
    user.disabled = row.get<bool>(7);
    user.wantsDelegate = row.get<bool>(8);
    user.validated = row.get<std::optional<TimePoint>>(9);
    return user;
}

Error noSuchUser() { return makeError(ErrorCode::notFound, "the Organization has no such account"); }

Result<UserRow> userToAdminister(Context& context, const AccountId& account) {
    static const std::string kSelect =
        "SELECT " + std::string(kUserColumns) + " FROM accounts a WHERE a.id = $1 AND a.organization = $2";
    const auto row = context.sql.one(kSelect, {account, context.caller.organization});
    UserRow user;
    if (row) {
        context.subject = account; // not before: another Organization's is nothing that the audit trail may tell of
        user = userOf(*row);
    }
    if (!row || user.state == AccountState::removed)
        return noSuchUser();
    return user;
}

std::string emailOf(Context& context, const AccountId& account) {
    const auto row = context.sql.one("SELECT email FROM accounts WHERE id = $1", {account});
    return row ? row->get<std::string>(0) : std::string();
}

void mailUser(Context& context, MailKind kind, const UserRow& user) {
    const UserRow* const only = &user;
    mailUsers(context, kind, {&only, 1});
}

void mailUsers(Context& context, MailKind kind, std::span<const UserRow* const> users) {
    if (users.empty())
        return;
    const MailFacts facts = factsOfCaller(context);
    std::vector<OutgoingMail> mails;
    for (const UserRow* user : users)
        mails.push_back(mailByCaller(context, kind, user->account, user->email, facts));
    queueMails(context, mails);
}

void mailRole(Context& context, const AccountId& account, Privilege role) {
    auto mail =
        mailByCaller(context, MailKind::roleChanged, account, emailOf(context, account), factsOfCaller(context));
    mail.facts[std::string(fact::kRole)] = wire::Words<Privilege>::of(role);
    queueMail(context, mail);
}

void tellOfUser(Context& context, const UserRow& user) {
    tellOrganization(context, context.caller.organization, "users", user.email, context.caller.account);
}

} // namespace ssprotect::kodiac
