#include "handlers.h"
#include "login_session.h"
#include "organization_row.h"
#include "quotas.h"
#include "seats.h"

namespace ssprotect::kodiac {
namespace {

// More would keep everybody out, or is a slip of the keyboard.
constexpr std::uint32_t kLongestRequired = 128;
constexpr std::uint32_t kClasses = 4;
constexpr std::uint32_t kMostDays = 3650;
constexpr std::uint32_t kMostHistory = 24;
constexpr std::uint32_t kMostRetained = 10'000;
constexpr std::uint32_t kMostSignUps = 1'000'000;

Status checkAtMost(std::string_view what, std::uint32_t value, std::uint32_t most) {
    if (value <= most)
        return {};
    return makeError(ErrorCode::invalidInput, std::string(what) + " can be " + std::to_string(most) + " at most");
}

Status checkRules(const PasswordRules& rules) {
    for (const auto& checked :
         {checkAtMost("the shortest password's length", rules.leastLength, kLongestRequired),
          checkAtMost("the kinds of characters", rules.leastClasses, kClasses),
          checkAtMost("the days a password lasts", rules.mostDays, kMostDays),
          checkAtMost("the earlier passwords that may not come back", rules.history, kMostHistory)})
        if (!checked)
            return checked;
    return {};
}

Status checkRules(const SignUpRules& rules) {
    if (auto total = checkAtMost("the accounts that come by sign-up", rules.mostTotal, kMostSignUps); !total)
        return total;
    return checkAtMost("the sign-ups that wait", rules.mostPending, kMostSignUps);
}

std::string onOff(std::string_view name, bool on) { return std::string(name) + (on ? " on" : " off"); }

/// Writes what a request gives into the locked row of the caller's Organization, a row of the audit trail each.
class PolicyChange {
public:
    PolicyChange(Context& context, const SetPolicy::Request& request)
        : context_(context), request_(request), organization_(context.caller.organization) {}

    Status check() const {
        if (request_.signUp)
            if (auto good = checkRules(*request_.signUp); !good)
                return good;
        if (request_.password)
            if (auto good = checkRules(*request_.password); !good)
                return good;
        if (request_.retainVersions)
            return checkAtMost("the versions to retain", *request_.retainVersions, kMostRetained);
        return {};
    }

    Status make() {
        if (request_.signUp)
            setSignUp(*request_.signUp);
        if (request_.password)
            setPassword(*request_.password);
        if (request_.changePasswordsNow)
            forceChange();
        if (request_.token)
            setToken(*request_.token);
        setSplits();
        if (request_.retainVersions)
            setRetention(*request_.retainVersions);
        if (changed_.empty())
            return makeError(ErrorCode::invalidInput, "there is nothing to set");
        tellOrganization(context_, organization_, "policy", changed_, context_.caller.account);
        return {};
    }

private:
    void setSignUp(const SignUpRules& rules) {
        context_.sql.execute(
            "UPDATE organizations SET sign_up = $2, sign_up_total = $3, sign_up_pending = $4 WHERE id = $1",
            {organization_, rules.allowed, rules.mostTotal, rules.mostPending});
        note("sign-up", onOff("Sign-Up Policy", rules.allowed) + ", total " + std::to_string(rules.mostTotal) +
                            ", pending " + std::to_string(rules.mostPending));
    }

    void setPassword(const PasswordRules& rules) {
        context_.sql.execute(
            "UPDATE organizations SET password_length = $2, password_classes = $3, password_days = $4, "
            "password_history = $5 WHERE id = $1",
            {organization_, rules.leastLength, rules.leastClasses, rules.mostDays, rules.history});
        note("password", "Pwd Policy: length " + std::to_string(rules.leastLength) + ", classes " +
                             std::to_string(rules.leastClasses) + ", days " + std::to_string(rules.mostDays) +
                             ", history " + std::to_string(rules.history));
    }

    void forceChange() {
        context_.sql.execute("UPDATE organizations SET password_forced = $2 WHERE id = $1",
                             {organization_, context_.now()});
        note("password", "every password is to be changed at the next login");
    }

    void setToken(bool on) {
        context_.sql.execute("UPDATE organizations SET token = $2 WHERE id = $1", {organization_, on});
        note("token", onOff("Use 2FA Token", on));
    }

    // VCH-2: hosts learn of it when they log in.
    void setSplits() {
        bool turnedOn = false;
        if (request_.splitVersionChains) {
            turnedOn = setSwitch("UPDATE organizations SET split_chains = $2 WHERE id = $1 AND split_chains <> $2",
                                 *request_.splitVersionChains);
            note("split-vchains", onOff("Split vChains", *request_.splitVersionChains));
        }
        if (request_.moveSplits) {
            turnedOn = setSwitch("UPDATE organizations SET move_splits = $2 WHERE id = $1 AND move_splits <> $2",
                                 *request_.moveSplits) ||
                       turnedOn;
            note("move-splits", onOff("Move Splits", *request_.moveSplits));
        }
        if (turnedOn)
            endAllOtherSessions();
    }

    bool setSwitch(std::string_view sql, bool on) { return context_.sql.execute(sql, {organization_, on}) > 0 && on; }

    void endAllOtherSessions() {
        for (const auto& row : context_.sql.all("SELECT DISTINCT s.account FROM sessions s JOIN accounts a "
                                                "ON a.id = s.account WHERE a.organization = $1 AND s.ended IS NULL",
                                                {organization_}))
            endSessions(context_, row.get<AccountId>(0), context_.caller.session);
    }

    void setRetention(std::uint32_t versions) {
        context_.sql.execute("UPDATE organizations SET retain_versions = $2 WHERE id = $1", {organization_, versions});
        note("retention", versions == 0 ? "Retain Versions off" : "Retain Versions " + std::to_string(versions));
    }

    void note(std::string_view word, std::string reason) {
        if (!changed_.ends_with(word))
            changed_ += (changed_.empty() ? "" : ", ") + std::string(word);
        AuditNote note;
        note.reason = std::move(reason);
        context_.notes.push_back(std::move(note));
    }

    Context& context_;
    const SetPolicy::Request& request_;
    const OrganizationId organization_;
    std::string changed_; ///< for the news
};

} // namespace

Result<ShowPolicy::Response> execute(Context& context, const ShowPolicy::Request&) {
    const OrganizationId& organization = context.caller.organization;
    const auto row = context.sql.one(
        "SELECT name, sign_up, sign_up_total, sign_up_pending, password_length, password_classes, password_days, "
        "password_history, token, enhanced_login, split_chains, move_splits, retain_versions, recover, seats "
        "FROM organizations WHERE id = $1",
        {organization});
    if (!row)
        return makeError(ErrorCode::dataDamaged, "the Organization is missing in KODiAC's database");
    const auto number = [&](std::size_t column) { return row->get<std::uint32_t>(column); };
    ShowPolicy::Response response;
    response.organizationName = row->get<std::string>(0);
    response.signUp = {row->get<bool>(1), number(2), number(3)};
    response.password = {number(4), number(5), number(6), number(7)};
    response.token = row->get<bool>(8);
    response.enhancedLogin = row->get<bool>(9);
    response.splitVersionChains = row->get<bool>(10);
    response.moveSplits = row->get<bool>(11);
    response.retainVersions = number(12);
    response.recover = row->get<bool>(13);
    response.seats = number(14);
    response.seatsUsed = seatsUsed(context, organization);
    const auto quotas = quotasOf(context, organization);
    response.quotaMegabytes = static_cast<std::uint32_t>(quotas.organization);
    response.quotaAvailable = quotas.available();
    return response;
}

Result<SetPolicy::Response> execute(Context& context, const SetPolicy::Request& request) {
    PolicyChange change(context, request);
    if (auto good = change.check(); !good)
        return std::move(good).error();
    if (auto made = change.make(); !made)
        return std::move(made).error();
    return SetPolicy::Response{};
}

} // namespace ssprotect::kodiac
