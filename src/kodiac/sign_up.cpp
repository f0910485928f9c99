#include "account_attributes.h"
#include "handlers.h"
#include "known_accounts.h"
#include "organization_row.h"
#include "outbox.h"
#include "provisioning.h"
#include "ssprotect/kodiac/email.h"
#include "wire/words.h"

namespace ssprotect::kodiac {
namespace {

/// Between two mails to one address.
constexpr Duration kPause = std::chrono::hours(1);

/// Under which an address's pause is kept, beside the delays of logins: hashed like them.
Bytes pauseOf(const Context& context, std::string_view emailKey) {
    return crypto::hmac(crypto::HashAlgorithm::sha256, context.services.serverSecret,
                        {viewOf("ssprotect/kodiac/sign-up/v1"), viewOf(emailKey)});
}

struct Wanted {
    OrganizationId organization;
    bool allowed = false;
    std::uint32_t mostTotal = 0;
    std::uint32_t mostPending = 0;
};

struct Known {
    AccountId account;
    OrganizationId organization;
    std::string email;
    AccountState state = AccountState::provisioned;
    bool holdsCode = false; ///< that can still be used
    bool asked = false;     ///< it came by a sign-up, and nobody has let it in yet
};

/// What asking leads to. The asker sees nothing of it.
enum class Outcome { provision, newCode, tellHolder, nothing };

/// One request to join (ACC-4). Whoever asks learns nothing, neither from the answer nor from the time it takes: the
/// work of an account that is made is done in any case, and undone unless it is to be.
class SignUp {
public:
    SignUp(Context& context, const RequestSignUp::Request& request)
        : context_(context), email_(request.email), key_(emailKey(request.email)) {
        takeTurn();
        findOrganization(organizationKey(request.organizationName));
        if (organization_)
            forgetTheExpired();
        findHolder();
    }

    void walk() {
        const Outcome outcome = decide();
        provision(outcome == Outcome::provision);
        if (outcome == Outcome::newCode)
            mailNewCode();
        if (outcome == Outcome::tellHolder)
            tellHolder();
        keepPause();
        AuditNote note;
        note.reason = reason_;
        note.subject = subject_;
        context_.notes.push_back(std::move(note));
    }

private:
    // The address's row is locked, there or not: of two requests at once the second sees what became of the first.
    void takeTurn() {
        const Bytes pause = pauseOf(context_, key_);
        context_.sql.execute("INSERT INTO login_delays (who, failures, retry_at) VALUES ($1, 0, $2) "
                             "ON CONFLICT (who) DO NOTHING",
                             {pause, context_.now()});
        const auto row = context_.sql.one("SELECT retry_at FROM login_delays WHERE who = $1 FOR UPDATE", {pause});
        pausedUntil_ = row ? row->get<TimePoint>(0) : context_.now();
        paused_ = pausedUntil_ > context_.now();
    }

    // Only a mail makes the address wait, else strangers could ask for it in vain and so keep its holder out. Written
    // in any case: the asker does not see by the time whether there was one.
    void keepPause() {
        context_.sql.execute("UPDATE login_delays SET retry_at = $2 WHERE who = $1",
                             {pauseOf(context_, key_), mailed_ ? context_.now() + kPause : pausedUntil_});
    }

    // Locked before its rules are read and its sign-ups are counted.
    void findOrganization(const std::string& nameKey) {
        const auto found = context_.sql.one("SELECT id FROM organizations WHERE name_key = $1", {nameKey});
        if (!found)
            return;
        const auto id = found->get<OrganizationId>(0);
        lockOrganization(context_, id);
        const auto row = context_.sql.one("SELECT sign_up, sign_up_total, sign_up_pending, seats FROM organizations "
                                          "WHERE id = $1",
                                          {id});
        if (!row)
            return;
        const auto orSeats = [&](std::uint32_t most) { return most == 0 ? row->get<std::uint32_t>(3) : most; };
        organization_ =
            Wanted{id, row->get<bool>(0), orSeats(row->get<std::uint32_t>(1)), orSeats(row->get<std::uint32_t>(2))};
    }

    // Who never came would hold a username and a quota for ever. The one that asks again is still to be found.
    void forgetTheExpired() {
        for (const auto& row : context_.sql.all(
                 "SELECT a.id FROM accounts a JOIN registration_codes c ON c.account = a.id WHERE a.organization = $1 "
                 "AND a.signed_up = 1 AND a.state = 'provisioned' AND a.validated IS NULL AND c.expires <= $2 "
                 "AND a.email_key <> $3",
                 {organization_->organization, context_.now(), key_})) {
            const auto account = row.get<AccountId>(0);
            retireAccount(context_, account);
            withdrawMails(context_, account);
        }
    }

    void findHolder() {
        const auto row = context_.sql.one("SELECT a.id, a.organization, a.email, a.state, c.expires, c.used, "
                                          "a.signed_up, a.validated FROM accounts a "
                                          "LEFT JOIN registration_codes c ON c.account = a.id "
                                          "WHERE a.email_key = $1",
                                          {key_});
        if (!row)
            return;
        const auto expires = row->get<std::optional<TimePoint>>(4);
        known_ = Known{row->get<AccountId>(0),
                       row->get<OrganizationId>(1),
                       row->get<std::string>(2),
                       wire::fromWord<AccountState>(row->get<std::string>(3)).value_or(AccountState::removed),
                       expires && *expires > context_.now() && row->isNull(5),
                       row->get<bool>(6) && row->isNull(7)};
    }

    Outcome decide() {
        if (!organization_)
            return nothing("no such Organization");
        if (!organization_->allowed)
            return nothing("the Sign-Up Policy does not allow it");
        if (paused_)
            return nothing("this address was mailed within the hour");
        return known_ ? decideAboutKnown() : decideAboutStranger();
    }

    Outcome decideAboutKnown() {
        subject_ = known_->account;
        const bool here = known_->organization == organization_->organization;
        if (known_->state == AccountState::dismissed)
            return nothing("the account was dismissed");
        if (!here || known_->state != AccountState::provisioned) {
            reason_ = "the address has an account; its holder is told";
            return Outcome::tellHolder;
        }
        if (known_->holdsCode)
            return nothing("the address has a code that can be used");
        // How long such a code holds is for whoever gave it to say, not for a stranger who asks again and again.
        if (!known_->asked)
            return nothing("the code of this address has run out; a Privileged User gave it and sends a new one");
        reason_ = "a new code is mailed";
        return Outcome::newCode;
    }

    Outcome decideAboutStranger() {
        if (countSignUps("") >= organization_->mostTotal)
            return nothing("as many have signed up as the Sign-Up Policy allows");
        if (countSignUps(" AND a.validated IS NULL") >= organization_->mostPending)
            return nothing("as many sign-ups wait as the Sign-Up Policy allows");
        return Outcome::provision;
    }

    // One whose code has run out unused does not count.
    std::uint32_t countSignUps(std::string_view which) {
        const auto row = context_.sql.one(
            "SELECT COUNT(*) FROM accounts a LEFT JOIN registration_codes c ON c.account = a.id "
            "WHERE a.organization = $1 AND a.signed_up = 1 AND (a.state IN ('registered', 'validated') OR "
            "(a.state = 'provisioned' AND c.expires > $2))" +
                std::string(which),
            {organization_->organization, context_.now()});
        return row ? row->get<std::uint32_t>(0) : 0;
    }

    Outcome nothing(std::string_view reason) {
        reason_ = reason;
        return Outcome::nothing;
    }

    /// Makes the account, its code and the mails, or does all of that for an address that nobody has and undoes it.
    void provision(bool really) {
        const auto home = really ? std::optional(organization_->organization) : anyOrganization();
        if (!home)
            return;
        const std::string email = really ? email_ : nobodysEmail();
        const auto done = context_.sql.attempt([&]() -> Status {
            const auto account = make(*home, email);
            if (!really || !account)
                return makeError(ErrorCode::refused, "");
            subject_ = context_.claimedAccount = *account;
            return {};
        });
        if (!done)
            return;
        reason_ = "a code is mailed";
        mailed_ = true;
    }

    std::optional<AccountId> make(const OrganizationId& home, const std::string& email) {
        const auto attributes = usualAttributes(context_, home, quotasOf(context_, home));
        const auto account = provisionAccount(context_, {email, home, Privilege::user, attributes, /*signedUp=*/true});
        if (!account)
            return std::nullopt;
        mailCode(context_, *account, CodeKind::registration, email, email);
        OutgoingMail mail = mailAbout(home, MailKind::signUpReceived);
        mail.facts[std::string(fact::kAccount)] = email;
        queueMailToPrivilegedUsers(context_, std::move(mail));
        tellOrganization(context_, home, "users", email, std::nullopt);
        return account;
    }

    std::optional<OrganizationId> anyOrganization() {
        if (organization_)
            return organization_->organization;
        const auto row = context_.sql.one("SELECT id FROM organizations ORDER BY id LIMIT 1");
        return row ? std::optional(row->get<OrganizationId>(0)) : std::nullopt;
    }

    std::string nobodysEmail() { return draw<AccountId>(context_).hex() + "@nobody.invalid"; }

    OutgoingMail mailAbout(const OrganizationId& organization, MailKind kind) {
        OutgoingMail mail;
        mail.kind = kind;
        mail.organization = organization;
        mail.facts = {{std::string(fact::kOrganization), organizationName(context_, organization)}};
        return mail;
    }

    void mailNewCode() {
        mailCode(context_, known_->account, codeKindOf(context_, known_->account), known_->email, known_->email);
        mailed_ = true;
    }

    void tellHolder() {
        OutgoingMail mail = mailAbout(organization_->organization, MailKind::signUpKnown);
        mail.recipient = known_->email;
        queueMail(context_, mail);
        mailed_ = true;
    }

    Context& context_;
    const std::string email_;
    const std::string key_;
    TimePoint pausedUntil_{};
    bool paused_ = false;
    bool mailed_ = false; ///< to the address
    std::optional<Wanted> organization_;
    std::optional<Known> known_;
    std::string reason_;
    AccountId subject_;
};

} // namespace

Status authenticate(Context& context, const RequestSignUp::Request& request) {
    if (auto good = checkEmail(request.email); !good)
        return good;
    accountOf(context, emailKey(request.email), request.host);
    return {};
}

Result<RequestSignUp::Response> execute(Context& context, const RequestSignUp::Request& request) {
    SignUp(context, request).walk();
    return RequestSignUp::Response{};
}

} // namespace ssprotect::kodiac
