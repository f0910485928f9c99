#include "operator.h"

#include "first_keys.h"
#include "licence.h"
#include "login_session.h"
#include "mail_facts.h"
#include "organization_row.h"
#include "outbox.h"
#include "privileged_users.h"
#include "provisioning.h"
#include "quotas.h"
#include "seats.h"
#include "shares.h"
#include "ssprotect/kodiac/email.h"
#include "wire/limits.h"
#include "wire/words.h"

namespace ssprotect::kodiac {
namespace {

const std::string& overviewSql() {
    static const std::string kSelect =
        "SELECT o.id, o.name, o.seats, o.quota_mb, o.recover, o.created, a.email, a.state, a.disabled, "
        "(SELECT COUNT(*) FROM accounts s WHERE s.organization = o.id AND " +
        std::string(kHasSeat) +
        ") FROM organizations o LEFT JOIN accounts a ON a.organization = o.id AND "
        "a.privilege IN ('administrator', 'individual') ORDER BY o.kind DESC, o.name_key, a.email_key";
    return kSelect;
}

Error invalid(std::string message) { return makeError(ErrorCode::invalidInput, std::move(message)); }

Error noSuchAccount() { return makeError(ErrorCode::notFound, "there is no account with this e-mail"); }

Status checkShape(const NewOrganization& organization) {
    const std::string& name = organization.name;
    if (name.empty() || name.size() > wire::kLongestName || !isMailLine(name))
        return invalid("an Organization needs a name, one line of at most " + std::to_string(wire::kLongestName) +
                       " bytes");
    if (organization.seats == 0)
        return invalid("an Organization needs at least one seat, its Administrator's");
    if (auto licensed = checkLicensable(organization.seats, organization.quotaMegabytes); !licensed)
        return licensed;
    return checkEmail(organization.administratorEmail);
}

Result<OrganizationId> insertOrganization(Context& context, const NewOrganization& organization) {
    const auto id = draw<OrganizationId>(context);
    // The Administrator's registration makes the root.
    const crypto::PublicKey noRoot{};
    const auto inserted = context.sql.execute(
        "INSERT INTO organizations (id, root, share_epoch, key_epoch, created, kind, name, name_key, seats, quota_mb, "
        "recover) VALUES ($1, $2, $3, $3, $4, 'organization', $5, $6, $7, $8, $9) ON CONFLICT (name_key) DO NOTHING",
        {id, noRoot, kFirstEpoch, context.now(), organization.name, organizationKey(organization.name),
         organization.seats, organization.quotaMegabytes, organization.recover});
    if (inserted == 0)
        return makeError(ErrorCode::alreadyExists, "there is an Organization of this name already");
    drawShareRoot(context, id, kFirstEpoch);
    return id;
}

std::string licenceText(const NewOrganization& organization) {
    return std::to_string(organization.seats) + " seats, " + std::to_string(organization.quotaMegabytes) +
           " MB, :Recover " + (organization.recover ? "on" : "off");
}

NewAccount administratorOf(const OrganizationId& id, const NewOrganization& organization) {
    NewAccount account;
    account.organization = id;
    account.email = organization.administratorEmail;
    account.privilege = Privilege::administrator;
    account.attributes.recover = organization.recover;
    account.attributes.quotaMegabytes = usualQuota({organization.quotaMegabytes, 0});
    return account;
}

} // namespace

Result<crypto::SecretBytes> createOrganization(Context& context, const NewOrganization& organization) {
    if (auto shaped = checkShape(organization); !shaped)
        return std::move(shaped).error();
    auto id = insertOrganization(context, organization);
    if (!id)
        return std::move(id).error();
    const auto account = provisionAccount(context, administratorOf(*id, organization));
    if (!account)
        return makeError(ErrorCode::alreadyExists, "there is an account with the Administrator's e-mail already");
    auditOperator(context.sql, {.operation = "operator.create-organization",
                                .organization = *id,
                                .subject = *account,
                                .change = licenceText(organization)});
    return mailCode(context, *account, CodeKind::registration, organization.administratorEmail, kOperator);
}

std::vector<OrganizationOverview> organizationsOf(Context& context) {
    std::vector<OrganizationOverview> all;
    for (const auto& row : context.sql.all(overviewSql())) {
        OrganizationOverview overview;
        overview.organization = row.get<OrganizationId>(0);
        overview.name = row.get<std::string>(1);
        overview.seats = row.get<std::uint32_t>(2);
        overview.quotaMegabytes = row.get<std::uint32_t>(3);
        overview.recover = row.get<bool>(4);
        overview.created = row.get<TimePoint>(5);
        overview.administrator = row.get<std::optional<std::string>>(6).value_or("");
        const auto state = row.get<std::optional<std::string>>(7).value_or("");
        overview.administratorState = wire::fromWord<AccountState>(state).value_or(AccountState::removed);
        overview.administratorDisabled = row.get<std::optional<bool>>(8).value_or(false);
        overview.seatsUsed = row.get<std::uint32_t>(9);
        all.push_back(std::move(overview));
    }
    return all;
}

Status setDisabled(Context& context, std::string_view email, bool disabled) {
    const auto home = context.sql.one("SELECT organization FROM accounts WHERE email_key = $1", {emailKey(email)});
    if (!home)
        return noSuchAccount();
    const auto organization = home->get<OrganizationId>(0);
    lockOrganization(context, organization);
    // Read behind the lock: what a Privileged User has just changed counts.
    const auto row = context.sql.one("SELECT a.id, a.email, o.kind, a.disabled FROM accounts a "
                                     "JOIN organizations o ON o.id = a.organization "
                                     "WHERE a.email_key = $1 AND a.organization = $2",
                                     {emailKey(email), organization});
    if (!row)
        return noSuchAccount();
    const auto account = row->get<AccountId>(0);
    const auto address = row->get<std::string>(1);
    const bool alone = row->get<std::string>(2) == "individual";
    const bool asBefore = row->get<bool>(3) == disabled;
    context.sql.execute("UPDATE accounts SET disabled = $2 WHERE id = $1", {account, disabled});
    if (disabled && !alone)
        if (auto left = checkPrivilegedUserLeft(context, organization); !left)
            return left;
    auditOperator(context.sql,
                  {.operation = disabled ? "operator.disable" : "operator.enable",
                   .organization = organization,
                   .subject = account,
                   .change = std::string("Disabled ") + (disabled ? "on" : "off") + (asBefore ? ", as before" : "")});
    if (alone || asBefore)
        return {};
    tellOrganization(context, organization, "users", address, std::nullopt);
    if (disabled) {
        endSessions(context, account);
        OutgoingMail mail;
        mail.kind = MailKind::accountDisabled;
        mail.organization = organization;
        mail.account = account;
        mail.recipient = address;
        mail.facts = {{std::string(fact::kOrganization), organizationName(context, organization)},
                      {std::string(fact::kActor), std::string(kOperator)}};
        queueMail(context, mail);
    }
    return {};
}

void auditOperator(store::Transaction& sql, const OperatorAct& act) {
    sql.execute("INSERT INTO audit (at, proven, operation, result, reason, organization, subject) "
                "VALUES ($1, 1, $2, 'ok', $3, $4, $5)",
                {sql.now(), act.operation, act.change, act.organization, act.subject});
}

Status recordOperatorAct(store::Database& database, std::string_view act) {
    return database.write([&](store::Transaction& sql) -> Status {
        const std::string operation = "operator." + std::string(act);
        auditOperator(sql, {.operation = operation});
        return {};
    });
}

} // namespace ssprotect::kodiac
