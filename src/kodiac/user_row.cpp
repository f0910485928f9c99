#include "user_row.h"

#include "organization_row.h"
#include "outbox.h"
#include "wire_words.h"

namespace ssprotect::kodiac {
namespace {

OutgoingMail mailByCaller(Context& context, MailKind kind, const AccountId& account, std::string recipient) {
    OutgoingMail mail;
    mail.kind = kind;
    mail.organization = context.caller.organization;
    mail.account = account;
    mail.recipient = std::move(recipient);
    mail.facts = {{std::string(fact::kOrganization), organizationName(context, context.caller.organization)},
                  {std::string(fact::kActor), emailOf(context, context.caller.account)}};
    return mail;
}

} // namespace

Result<UserRow> userToAdminister(Context& context, const AccountId& account) {
    const auto row = context.sql.one("SELECT email, state, privilege, signing, agreement, key_generation, disabled, "
                                     "wants_delegate, validated FROM accounts WHERE id = $1 AND organization = $2",
                                     {account, context.caller.organization});
    UserRow user;
    if (row) {
        context.subject = account; // not before: another Organization's is nothing that the audit trail may tell of
        user.account = account;
        user.email = row->get<std::string>(0);
        user.state = wire::fromWord<AccountState>(row->get<std::string>(1)).value_or(AccountState::removed);
        user.privilege = wire::fromWord<Privilege>(row->get<std::string>(2)).value_or(Privilege::user);
        user.keys = {row->get<crypto::PublicKey>(3), row->get<crypto::PublicKey>(4)};
        user.generation = row->get<std::uint32_t>(5);
        user.disabled = row->get<bool>(6);
        user.wantsDelegate = row->get<bool>(7);
        user.validated = row->get<std::optional<TimePoint>>(8);
    }
    if (!row || user.state == AccountState::removed)
        return makeError(ErrorCode::notFound, "the Organization has no such account");
    return user;
}

std::string emailOf(Context& context, const AccountId& account) {
    const auto row = context.sql.one("SELECT email FROM accounts WHERE id = $1", {account});
    return row ? row->get<std::string>(0) : std::string();
}

void mailUser(Context& context, MailKind kind, const UserRow& user) {
    queueMail(context, mailByCaller(context, kind, user.account, user.email));
}

void mailRole(Context& context, const AccountId& account, Privilege role) {
    auto mail = mailByCaller(context, MailKind::roleChanged, account, emailOf(context, account));
    mail.facts[std::string(fact::kRole)] = wire::Words<Privilege>::of(role);
    queueMail(context, mail);
}

void tellOfUser(Context& context, const UserRow& user) {
    tellOrganization(context, context.caller.organization, "users", user.email, context.caller.account);
}

} // namespace ssprotect::kodiac
