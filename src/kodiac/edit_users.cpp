#include "account_attributes.h"
#include "edit_lock.h"
#include "handlers.h"
#include "login_session.h"
#include "member_statements.h"
#include "new_user.h"
#include "privileged_users.h"
#include "resigned_statements.h"
#include "user_row.h"

#include <set>

namespace ssprotect::kodiac {
namespace {

Error refused(std::string message) { return makeError(ErrorCode::refused, std::move(message)); }

struct EditedUser : UserRow {
    AccountAttributes attributes;
};

/// *Save* of one account after the other, within one transaction that has locked the Organization.
class Saving {
public:
    explicit Saving(Context& context)
        : context_(context), recoverLicensed_(usualAttributes(context, context.caller.organization, {}).recover) {}

    Status save(const EditUsers::Edit& edit) {
        auto user = userToAdminister(context_, edit.account);
        if (!user)
            return std::move(user).error();
        if (auto saved = save(edit, {*user, attributesOf(context_, edit.account)}); !saved)
            return about(user->email, saved.error());
        return {};
    }

    Status add(const EditUsers::Added& wanted) {
        const auto made = addUser(context_, wanted.email, wanted.attributes);
        if (!made)
            return about(wanted.email, made.error());
        AuditNote note;
        note.subject = made->account;
        note.reason = "provisioned";
        context_.notes.push_back(std::move(note));
        return {};
    }

private:
    static Error about(const std::string& email, const Error& error) {
        return makeError(error.code, email + ": " + error.message);
    }

    Status save(const EditUsers::Edit& edit, const EditedUser& row) {
        if (row.state == AccountState::dismissed)
            return refused("this account was dismissed; it cannot be edited");
        const auto wanted = changed(row.attributes, edit.changes, recoverLicensed_);
        if (!wanted)
            return wanted.error();
        if (auto may = mayChange(row, *wanted); !may)
            return may;
        write(row.account, *wanted);
        if (auto delegated = saveDelegate(edit, row, *wanted); !delegated)
            return delegated;
        if (wanted->disabled && !row.attributes.disabled)
            shutOut(row);
        AccountAttributes before = row.attributes;
        before.delegate = before.delegate && !bringsSignature(edit, row);
        note(row, differences(before, *wanted));
        return {};
    }

    static Status mayChange(const EditedUser& row, const AccountAttributes& wanted) {
        if (row.privilege != Privilege::administrator)
            return {};
        if (wanted.disabled && !row.attributes.disabled)
            return refused("the Administrator cannot be disabled; transfer the Administrator role first");
        if (wanted.delegate != row.attributes.delegate)
            return refused("the Administrator is no Delegate; transfer the Administrator role to make it one");
        return {};
    }

    void write(const AccountId& account, const AccountAttributes& has) {
        context_.sql.execute(
            "UPDATE accounts SET disabled = $2, integrity_override = $3, unsigned_apps = $4, release_protections = $5, "
            "ignore_enhanced = $6, no_bulk_second_factor = $7, no_second_factor = $8, split_chains = $9, mode = $10, "
            "quota_mb = $11 WHERE id = $1",
            {account, has.disabled, has.integrityOverride, has.unsignedApps, has.releaseProtections,
             has.ignoreEnhancedLogin, has.noBulkSecondFactor, has.noSecondFactor, has.splitVersionChains,
             static_cast<int>(modeOf(has)), has.quotaMegabytes});
    }

    // Of the root, for who is to be a Delegate already.
    static bool bringsSignature(const EditUsers::Edit& edit, const EditedUser& row) {
        return edit.delegate && row.privilege == Privilege::user && row.state == AccountState::validated;
    }

    Status saveDelegate(const EditUsers::Edit& edit, const EditedUser& row, const AccountAttributes& wanted) {
        if (wanted.delegate && (!row.attributes.delegate || bringsSignature(edit, row)))
            return row.state == AccountState::validated ? appoint(edit, row) : wish(row.account);
        if (wanted.delegate && edit.delegate && row.privilege == Privilege::delegate)
            return sign(edit, row);
        if (!wanted.delegate && row.attributes.delegate)
            return dismissDelegate(edit, row);
        return {};
    }

    // Its Validation brings the root's signature: it has no keys yet that could be signed.
    Status wish(const AccountId& account) {
        context_.sql.execute("UPDATE accounts SET wants_delegate = 1 WHERE id = $1", {account});
        return {};
    }

    Status appoint(const EditUsers::Edit& edit, const EditedUser& row) {
        if (auto named = sign(edit, row); !named)
            return named;
        mailRole(context_, row.account, Privilege::delegate);
        return {};
    }

    // Also anew, by an Administrator who took the role over: who comes to the Organization now knows that root alone.
    Status sign(const EditUsers::Edit& edit, const EditedUser& row) {
        if (auto proved =
                checkDelegateStatement(context_, edit.delegate.value_or(DelegateStatement{}), row.account, row.keys);
            !proved)
            return proved;
        makeDelegate(context_, *edit.delegate);
        return {};
    }

    Status dismissDelegate(const EditUsers::Edit& edit, const EditedUser& row) {
        const bool hadBeen = row.privilege == Privilege::delegate;
        if (hadBeen)
            if (auto resigned = resignStatements(context_, row.account, edit.resigned); !resigned)
                return resigned;
        endDelegate(context_, row.account);
        if (hadBeen) {
            releaseLocks(row.account);
            mailRole(context_, row.account, Privilege::user);
        }
        return {};
    }

    // It may neither hold nor wait for one any more; its sessions go on.
    void releaseLocks(const AccountId& account) {
        for (const auto& row :
             context_.sql.all("SELECT id FROM sessions WHERE account = $1 AND ended IS NULL", {account}))
            releaseLocksOf(context_, context_.caller.organization, row.get<SessionId>(0));
    }

    void shutOut(const EditedUser& row) {
        endSessions(context_, row.account);
        if (row.state == AccountState::validated || row.state == AccountState::registered)
            mailUser(context_, MailKind::accountDisabled, row);
    }

    // An account that is saved as it was is no news, but a row of the audit trail.
    void note(const EditedUser& row, std::string differences) {
        if (!differences.empty())
            tellOfUser(context_, row);
        AuditNote note;
        note.subject = row.account;
        note.reason = std::move(differences);
        context_.notes.push_back(std::move(note));
    }

    Context& context_;
    const bool recoverLicensed_;
};

Status checkShape(const EditUsers::Request& request) {
    if (request.edits.empty() && request.added.empty())
        return makeError(ErrorCode::invalidInput, "there is nothing to save");
    std::set<AccountId> edited;
    for (const auto& edit : request.edits)
        if (!edited.insert(edit.account).second)
            return makeError(ErrorCode::invalidInput, "an account is edited twice in one Save All");
    return {};
}

} // namespace

Result<EditUsers::Response> execute(Context& context, const EditUsers::Request& request) {
    const OrganizationId& organization = context.caller.organization;
    if (auto good = checkShape(request); !good)
        return std::move(good).error();
    const auto before = quotasOf(context, organization);
    Saving saving(context);
    for (const auto& edit : request.edits)
        if (auto saved = saving.save(edit); !saved)
            return std::move(saved).error();
    for (const auto& wanted : request.added)
        if (auto made = saving.add(wanted); !made)
            return std::move(made).error();
    // Of all of them together: one account may get what another gives up.
    if (auto enough = checkQuotas(context, organization, before); !enough)
        return std::move(enough).error();
    if (auto left = checkPrivilegedUserLeft(context, organization); !left)
        return std::move(left).error();
    return EditUsers::Response{};
}

} // namespace ssprotect::kodiac
