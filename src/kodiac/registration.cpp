#include "first_keys.h"
#include "handlers.h"
#include "host_removal.h"
#include "login_delay.h"
#include "login_session.h"
#include "member_statements.h"
#include "organization_row.h"
#include "outbox.h"
#include "passwords.h"
#include "registration_code.h"
#include "rights.h"
#include "ssprotect/kodiac/email.h"
#include "wire/words.h"

namespace ssprotect::kodiac {
namespace {

Error invalid(std::string message) { return makeError(ErrorCode::invalidInput, std::move(message)); }

// Failures count by address, apart from those of its logins: a blank is in no address.
std::string delayKey(std::string_view email) { return "code " + emailKey(email); }

/// Who registers: the account behind the code.
struct Registering {
    AccountId account;
    OrganizationId organization;
    std::string email;
    std::string softwareId;
    AccountState state = AccountState::provisioned;
    std::uint32_t generation = 1;
    AccountKeys keys;
    bool administrator = false;
    bool disabled = false;
    crypto::PublicKey root{};

    bool makesRoot() const { return administrator && root == crypto::PublicKey{}; }
};

Result<Registering> registering(Context& context, const CodeHolder& holder) {
    const auto row =
        context.sql.one("SELECT a.email, a.software_id, a.state, a.key_generation, a.signing, a.agreement, "
                        "a.privilege, a.disabled, o.root FROM accounts a "
                        "JOIN organizations o ON o.id = a.organization WHERE a.id = $1",
                        {holder.account});
    if (!row)
        return makeError(ErrorCode::dataDamaged, "the account of a code is missing in KODiAC's database");
    Registering who;
    who.account = holder.account;
    who.organization = holder.organization;
    who.email = row->get<std::string>(0);
    who.softwareId = row->get<std::string>(1);
    who.state = wire::fromWord<AccountState>(row->get<std::string>(2)).value_or(AccountState::removed);
    who.generation = row->get<std::uint32_t>(3);
    who.keys = {row->get<crypto::PublicKey>(4), row->get<crypto::PublicKey>(5)};
    who.administrator = row->get<std::string>(6) == wire::Words<Privilege>::of(Privilege::administrator);
    who.disabled = row->get<bool>(7);
    who.root = row->get<crypto::PublicKey>(8);
    if (who.disabled)
        return makeError(ErrorCode::accountDisabled, "this account is disabled; ask a Privileged User of its "
                                                     "Organization, or whoever runs KODiAC");
    return who;
}

// Guessing is slowed down, whatever the guess was wrong about. What this counts stays when it is refused.
Error wrongCode(Context& context, std::string_view email, Error why) {
    LoginDelay delay(context, delayKey(email), std::nullopt);
    if (const auto left = delay.secondsLeft(); left > 0)
        return makeError(ErrorCode::refused, "too many wrong codes; try again in " + std::to_string(left) + " seconds");
    delay.countFailure();
    return why;
}

// The right code never waits: wrong ones of strangers would keep its holder out. They learn nothing by it that 120
// random bits do not hide, and a code is found by its hash, so that no time tells how much of one was right.
Status proveCode(Context& context, const std::string& email, const HostId& host, ByteView code) {
    if (auto shaped = checkEmail(email); !shaped)
        return shaped;
    if (host.isNull())
        return invalid("the host needs an id");
    context.claimedHost = host;
    auto holder = holderOfCode(context, email, code);
    if (!holder && holder.error().code == ErrorCode::expired)
        return std::move(holder).error();
    if (!holder)
        return wrongCode(context, email, std::move(holder).error());
    context.claimedAccount = holder->account;
    return {};
}

Status checkShapes(const Registering& who, const FinishRegistration::Request& request) {
    const Bytes message = registrationBytes(who.organization, who.account, request.keys, request.vault);
    if (request.keys.signing == crypto::PublicKey{} || request.keys.agreement == crypto::PublicKey{} ||
        !crypto::verifySignature(request.keys.signing, message, request.proof))
        return invalid("the registration is not signed with the account's new key");
    if (request.vault.empty())
        return invalid("the vault is missing");
    if (who.makesRoot() != request.self.has_value() || who.makesRoot() != request.contentKey.has_value())
        return invalid(who.makesRoot() ? "the first Administrator signs itself and makes the content key"
                                       : "only the first Administrator signs itself and makes the content key");
    if (!who.makesRoot())
        return {};
    if (request.self->keys.signing != request.keys.signing || request.self->keys.agreement != request.keys.agreement)
        return invalid("the statement is about other keys");
    return checkFirstKeys({who.organization, who.account, who.email, *request.self, *request.contentKey});
}

// The reply was lost: what was done stays done, and gives nothing a second time.
bool isRepetition(const Registering& who, const FinishRegistration::Request& request) {
    const bool same = who.keys.signing == request.keys.signing && who.keys.agreement == request.keys.agreement;
    return same &&
           (who.state == AccountState::registered || (who.administrator && who.state == AccountState::validated));
}

// A number of its own for keys that a member had before: what they signed stays proved by them.
std::uint32_t newGeneration(Context& context, const Registering& who) {
    const auto taken = context.sql.one("SELECT 1 FROM member_keys WHERE account = $1 AND generation = $2",
                                       {who.account, who.generation});
    return taken ? who.generation + 1 : who.generation;
}

// What was made for the account's former keys or proved by its former password. Its hosts hold the device secret of the
// former vault: each is to be approved anew.
void forgetFormer(Context& context, const AccountId& account) {
    removeHosts(context, account);
    endSessions(context, account);
    for (const std::string_view table : {"content_keys", "vaults"})
        context.sql.execute("DELETE FROM " + std::string(table) + " WHERE account = $1", {account});
}

Status takeKeys(Context& context, const Registering& who, const FinishRegistration::Request& request) {
    const auto changed = context.sql.execute(
        "UPDATE accounts SET state = 'registered', signing = $2, agreement = $3, key_generation = $4, "
        "keys_exported = NULL, exported_file = NULL WHERE id = $1 AND state = 'provisioned'",
        {who.account, request.keys.signing, request.keys.agreement, newGeneration(context, who)});
    if (changed == 0 || !useCodeOf(context, who.account))
        return codeWasUsed();
    forgetFormer(context, who.account);
    context.sql.execute("INSERT INTO vaults (account, generation, content) VALUES ($1, 1, $2)",
                        {who.account, request.vault});
    storePassword(context, who.account, request.password);
    return {};
}

void makeOrganization(Context& context, const Registering& who, const FinishRegistration::Request& request) {
    context.sql.execute("UPDATE organizations SET root = $2 WHERE id = $1", {who.organization, request.keys.signing});
    context.sql.execute("UPDATE accounts SET state = 'validated', validated = $2, validated_by = $1, compared = 1, "
                        "privileged_since = $2 WHERE id = $1",
                        {who.account, context.now()});
    insertFirstKeys(context, {who.organization, who.account, who.email, *request.self, *request.contentKey});
}

void askForValidation(Context& context, const Registering& who) {
    OutgoingMail mail;
    mail.kind = MailKind::readyForValidation;
    mail.organization = who.organization;
    mail.account = who.account;
    mail.facts = {{std::string(fact::kOrganization), organizationName(context, who.organization)},
                  {std::string(fact::kAccount), who.email}};
    queueMailToPrivilegedUsers(context, std::move(mail));
}

} // namespace

Status authenticate(Context& context, const StartRegistration::Request& request) {
    return proveCode(context, request.email, request.host, request.code);
}

Result<StartRegistration::Response> execute(Context& context, const StartRegistration::Request& request) {
    const auto holder = holderOfCode(context, request.email, request.code);
    if (!holder)
        return holder.error();
    if (holder->used)
        return codeWasUsed();
    auto who = registering(context, *holder);
    if (!who)
        return std::move(who).error();
    const auto row = context.sql.one("SELECT name, password_length, password_classes, password_days, "
                                     "password_history FROM organizations WHERE id = $1",
                                     {who->organization});
    if (!row)
        return makeError(ErrorCode::dataDamaged, "the account's Organization is missing in KODiAC's database");
    StartRegistration::Response response;
    response.account = who->account;
    response.organization = who->organization;
    response.organizationName = row->get<std::string>(0);
    response.makesRoot = who->makesRoot();
    response.root = who->root;
    response.passwordRules = {row->get<std::uint32_t>(1), row->get<std::uint32_t>(2), row->get<std::uint32_t>(3),
                              row->get<std::uint32_t>(4)};
    return response;
}

Status authenticate(Context& context, const FinishRegistration::Request& request) {
    return proveCode(context, request.email, request.host, request.code);
}

Result<FinishRegistration::Response> execute(Context& context, const FinishRegistration::Request& request) {
    auto holder = holderOfCode(context, request.email, request.code);
    if (!holder)
        return std::move(holder).error();
    lockOrganization(context, holder->organization);
    // Again, now that nobody else decides about the Organization's people.
    if (holder = holderOfCode(context, request.email, request.code); !holder)
        return std::move(holder).error();
    auto who = registering(context, *holder);
    if (!who)
        return std::move(who).error();
    if (holder->used) {
        const Bytes message = registrationBytes(who->organization, who->account, request.keys, request.vault);
        if (!isRepetition(*who, request) || !crypto::verifySignature(request.keys.signing, message, request.proof))
            return codeWasUsed();
        return FinishRegistration::Response{who->softwareId, std::nullopt};
    }
    if (auto shaped = checkShapes(*who, request); !shaped)
        return std::move(shaped).error();
    if (auto fitting = checkNewPassword(context, request.password); !fitting)
        return std::move(fitting).error();
    if (auto taken = takeKeys(context, *who, request); !taken)
        return std::move(taken).error();

    FinishRegistration::Response response{who->softwareId, std::nullopt};
    if (who->makesRoot()) {
        makeOrganization(context, *who, request);
        response.first = startFirstSession(context, who->account, request.host, request.hostName);
    } else {
        rememberHost(context, who->account, request.host, request.hostName);
        becomeCaller(context, who->account, request.host);
        askForValidation(context, *who);
    }
    tellOrganization(context, who->organization, "users", who->email, who->account);
    return response;
}

} // namespace ssprotect::kodiac
