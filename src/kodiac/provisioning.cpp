#include "provisioning.h"

#include "account_attributes.h"
#include "organization_row.h"
#include "outbox.h"
#include "ssprotect/kodiac/email.h"
#include "wire_words.h"

#include <array>

namespace ssprotect::kodiac {
namespace {

constexpr int kSoftwareIdDigits = 12;

MailKind mailOf(CodeKind kind) {
    return kind == CodeKind::registration ? MailKind::registrationCode : MailKind::passwordReset;
}

OrganizationId organizationOf(Context& context, const AccountId& account) {
    const auto row = context.sql.one("SELECT organization FROM accounts WHERE id = $1", {account});
    return row ? row->get<OrganizationId>(0) : OrganizationId{};
}

} // namespace

std::string drawSoftwareId(Context& context) {
    for (;;) {
        std::array<Byte, 8> bytes;
        context.services.random.fill(bytes);
        std::uint64_t number = loadBigEndian<std::uint64_t>(bytes);
        std::string digits(kSoftwareIdDigits, '0');
        for (auto digit = digits.rbegin(); digit != digits.rend(); ++digit, number /= 10)
            *digit = static_cast<char>('0' + number % 10);
        if (!context.sql.one("SELECT 1 FROM accounts WHERE software_id = $1", {digits}))
            return digits;
    }
}

std::string_view codeKindWord(CodeKind kind) {
    return kind == CodeKind::registration ? "registration" : "password-reset";
}

CodeKind codeKindOf(Context& context, const AccountId& account) {
    const auto row = context.sql.one("SELECT kind FROM registration_codes WHERE account = $1", {account});
    const bool reset = row && row->get<std::string>(0) == codeKindWord(CodeKind::passwordReset);
    return reset ? CodeKind::passwordReset : CodeKind::registration;
}

crypto::Sha256Digest codeHash(ByteView code) { return crypto::sha256({viewOf("ssprotect/kodiac/code/v1"), code}); }

IssuedCode issueCode(Context& context, const AccountId& account, CodeKind kind) {
    IssuedCode issued{drawSecret(context, kMailedCodeSize),
                      context.now() + context.services.settings.registrationCodeLife};
    context.sql.execute("INSERT INTO registration_codes (account, hash, kind, created, expires) "
                        "VALUES ($1, $2, $3, $4, $5) ON CONFLICT (account) DO UPDATE SET hash = excluded.hash, "
                        "kind = excluded.kind, created = excluded.created, expires = excluded.expires, used = NULL",
                        {account, codeHash(issued.code), codeKindWord(kind), context.now(), issued.expires});
    return issued;
}

IssuedCode mailCode(Context& context, const AccountId& account, CodeKind kind, const std::string& email,
                    std::string_view actor) {
    IssuedCode issued = issueCode(context, account, kind);
    OutgoingMail mail;
    mail.kind = mailOf(kind);
    mail.organization = organizationOf(context, account);
    mail.account = account;
    mail.recipient = email;
    mail.facts = {{std::string(fact::kOrganization), organizationName(context, mail.organization)},
                  {std::string(fact::kActor), std::string(actor)}};
    mail.code = crypto::SecretBytes::copyOf(viewOf(mailedCodeText(issued.code)));
    mail.expires = issued.expires;
    queueMail(context, mail);
    return issued;
}

std::optional<AccountId> provisionAccount(Context& context, const NewAccount& account) {
    const AccountAttributes& has = account.attributes;
    const auto id = draw<AccountId>(context);
    // Keys of zeros: it has none yet.
    const auto made = context.sql.execute(
        "INSERT INTO accounts (id, organization, email, email_key, state, privilege, software_id, signing, agreement, "
        "mode, release_protections, integrity_override, unsigned_apps, no_second_factor, no_bulk_second_factor, "
        "ignore_enhanced, split_chains, quota_mb, disabled, wants_delegate, signed_up, created) "
        "VALUES ($1, $2, $3, $4, 'provisioned', $5, $6, $7, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, "
        "$19, $20) ON CONFLICT (email_key) DO NOTHING",
        {id,
         account.organization,
         account.email,
         emailKey(account.email),
         wire::Words<Privilege>::of(account.privilege),
         drawSoftwareId(context),
         crypto::PublicKey{},
         static_cast<int>(modeOf(has)),
         has.releaseProtections,
         has.integrityOverride,
         has.unsignedApps,
         has.noSecondFactor,
         has.noBulkSecondFactor,
         has.ignoreEnhancedLogin,
         has.splitVersionChains,
         has.quotaMegabytes,
         has.disabled,
         has.delegate,
         account.signedUp,
         context.now()});
    if (made == 0)
        return std::nullopt;
    return id;
}

void retireAccount(Context& context, const AccountId& account) {
    context.sql.execute("UPDATE accounts SET state = 'removed', removed = $2, email_key = $3 WHERE id = $1",
                        {account, context.now(), "removed:" + account.hex()});
}

} // namespace ssprotect::kodiac
