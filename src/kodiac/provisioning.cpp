#include "provisioning.h"

#include "account_attributes.h"
#include "mail_facts.h"
#include "organization_row.h"
#include "outbox.h"
#include "ssprotect/base/wiped_bytes.h"
#include "ssprotect/kodiac/email.h"
#include "wire/words.h"

#include <array>
#include <set>

namespace ssprotect::kodiac {
namespace {

constexpr int kSoftwareIdDigits = 12;

MailKind mailOf(CodeKind kind) {
    return kind == CodeKind::registration ? MailKind::registrationCode : MailKind::passwordReset;
}

// Keys of zeros: it has none yet. Without its condition SQLite would take ON for that of a join.
constexpr std::string_view kProvision =
    "INSERT INTO accounts (id, organization, email, email_key, state, privilege, software_id, signing, agreement, "
    "mode, release_protections, integrity_override, unsigned_apps, no_second_factor, no_bulk_second_factor, "
    "ignore_enhanced, split_chains, quota_mb, disabled, wants_delegate, signed_up, created) "
    "SELECT w.column1, w.column2, w.column3, w.column4, 'provisioned', w.column5, w.column6, $1, $1, w.column7, "
    "w.column8, w.column9, w.column10, w.column11, w.column12, w.column13, w.column14, w.column15, w.column16, "
    "w.column17, w.column18, $2 "
    "FROM (VALUES ($3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)) AS w "
    "WHERE w.column1 IS NOT NULL ON CONFLICT (email_key) DO NOTHING RETURNING id";

std::string drawDigits(Context& context) {
    std::array<Byte, 8> bytes;
    context.services.random.fill(bytes);
    std::uint64_t number = loadBigEndian<std::uint64_t>(bytes);
    std::string digits(kSoftwareIdDigits, '0');
    for (auto digit = digits.rbegin(); digit != digits.rend(); ++digit, number /= 10)
        *digit = static_cast<char>('0' + number % 10);
    return digits;
}

OrganizationId organizationOf(Context& context, const AccountId& account) {
    const auto row = context.sql.one("SELECT organization FROM accounts WHERE id = $1", {account});
    return row ? row->get<OrganizationId>(0) : OrganizationId{};
}

crypto::SecretBytes textOfCode(const crypto::SecretBytes& code) {
    std::string text = mailedCodeText(code);
    auto kept = crypto::SecretBytes::copyOf(viewOf(text));
    wipeMemory(text.data(), text.size());
    return kept;
}

/// The codes are new.
std::vector<OutgoingMail> mailedCodes(Context& context, const OrganizationId& organization,
                                      std::span<const CodeReceiver> receivers, CodeKind kind, std::string_view actor) {
    const TimePoint expires = context.now() + context.services.settings.registrationCodeLife;
    const MailFacts facts{{std::string(fact::kOrganization), organizationName(context, organization)},
                          {std::string(fact::kActor), std::string(actor)}};
    std::vector<OutgoingMail> mails;
    std::vector<crypto::Sha256Digest> hashes;
    for (const CodeReceiver& receiver : receivers) {
        const auto code = drawSecret(context, kMailedCodeSize);
        hashes.push_back(codeHash(code));
        mails.push_back(
            {mailOf(kind), organization, receiver.account, receiver.email, facts, textOfCode(code), expires});
    }
    store::ValueRows rows(2);
    for (std::size_t i = 0; i < mails.size(); ++i)
        rows.add({mails[i].account, hashes[i]});
    context.sql.postFor("INSERT INTO registration_codes (account, hash, kind, created, expires) "
                        "SELECT w.column1, w.column2, $1, $2, $3 FROM (VALUES ($4, $5)) AS w "
                        "WHERE w.column1 IS NOT NULL ON CONFLICT (account) DO UPDATE SET hash = excluded.hash, "
                        "kind = excluded.kind, created = excluded.created, expires = excluded.expires, used = NULL",
                        {codeKindWord(kind), context.now(), expires}, rows);
    queueMails(context, mails);
    return mails;
}

} // namespace

std::string drawSoftwareId(Context& context) { return drawSoftwareIds(context, 1).front(); }

std::vector<std::string> drawSoftwareIds(Context& context, std::size_t count) {
    std::set<std::string> free;
    while (free.size() < count) {
        std::set<std::string> drawn;
        while (free.size() + drawn.size() < count)
            if (auto digits = drawDigits(context); !free.contains(digits))
                drawn.insert(std::move(digits));
        store::ValueRows wanted(1);
        for (const auto& digits : drawn)
            wanted.add({digits});
        for (const auto& row : context.sql.allFor("SELECT a.software_id FROM (VALUES ($1)) AS w "
                                                  "JOIN accounts a ON a.software_id = w.column1",
                                                  {}, wanted))
            drawn.erase(row.get<std::string>(0));
        free.merge(drawn);
    }
    return {free.begin(), free.end()};
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

void mailCodes(Context& context, const OrganizationId& organization, std::span<const CodeReceiver> receivers,
               CodeKind kind, std::string_view actor) {
    static_cast<void>(mailedCodes(context, organization, receivers, kind, actor));
}

crypto::SecretBytes mailCode(Context& context, const AccountId& account, CodeKind kind, const std::string& email,
                             std::string_view actor) {
    const CodeReceiver receiver{account, email};
    auto mails = mailedCodes(context, organizationOf(context, account), {&receiver, 1}, kind, actor);
    return std::move(mails.front().code);
}

std::optional<AccountId> provisionAccount(Context& context, const NewAccount& account) {
    return provisionAccounts(context, {&account, 1}).front();
}

std::vector<std::optional<AccountId>> provisionAccounts(Context& context, std::span<const NewAccount> accounts) {
    const auto softwareIds = drawSoftwareIds(context, accounts.size());
    std::vector<std::string> emailKeys;
    std::vector<std::optional<AccountId>> ids;
    for (const NewAccount& account : accounts) {
        emailKeys.push_back(emailKey(account.email));
        ids.emplace_back(draw<AccountId>(context));
    }
    store::ValueRows rows(18);
    for (std::size_t i = 0; i < accounts.size(); ++i) {
        const NewAccount& account = accounts[i];
        const AccountAttributes& has = account.attributes;
        rows.add({*ids[i], account.organization, account.email, emailKeys[i],
                  wire::Words<Privilege>::of(account.privilege), softwareIds[i], static_cast<int>(modeOf(has)),
                  has.releaseProtections, has.integrityOverride, has.unsignedApps, has.noSecondFactor,
                  has.noBulkSecondFactor, has.ignoreEnhancedLogin, has.splitVersionChains, has.quotaMegabytes,
                  has.disabled, has.delegate, account.signedUp});
    }
    // Of two with one e-mail the first is made, also of two in one statement.
    std::set<AccountId> made;
    for (const auto& row : context.sql.allFor(kProvision, {crypto::PublicKey{}, context.now()}, rows))
        made.insert(row.get<AccountId>(0));
    for (auto& id : ids)
        if (!made.contains(*id))
            id.reset();
    return ids;
}

void retireAccount(Context& context, const AccountId& account) {
    context.sql.execute("UPDATE accounts SET state = 'removed', removed = $2, email_key = $3 WHERE id = $1",
                        {account, context.now(), "removed:" + account.hex()});
}

} // namespace ssprotect::kodiac
