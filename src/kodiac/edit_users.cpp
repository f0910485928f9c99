#include "account_attributes.h"
#include "edit_lock.h"
#include "handlers.h"
#include "login_session.h"
#include "member_statements.h"
#include "new_user.h"
#include "organization_row.h"
#include "privileged_users.h"
#include "resigned_statements.h"
#include "user_row.h"

#include <map>
#include <set>

namespace ssprotect::kodiac {
namespace {

Error refused(std::string message) { return makeError(ErrorCode::refused, std::move(message)); }

struct EditedUser : UserRow {
    AccountAttributes attributes;
};

/// *Save* of one account after the other, within one transaction that has locked the Organization; written down for
/// many of them at once.
class Saving {
public:
    explicit Saving(Context& context)
        : context_(context), recoverLicensed_(usualAttributes(context, context.caller.organization, {}).recover) {}

    Status save(const std::vector<EditUsers::Edit>& edits) {
        readUsers(edits);
        for (const auto& edit : edits) {
            context_.subject = {};
            const auto found = users_.find(edit.account);
            if (found == users_.end() || found->second.state == AccountState::removed)
                return noSuchUser();
            const EditedUser& row = found->second;
            context_.subject = row.account;
            if (auto saved = save(edit, row); !saved)
                return about(row.email, saved.error());
        }
        context_.subject = {};
        write();
        return {};
    }

    Status add(const std::vector<EditUsers::Added>& wanted) {
        if (wanted.empty())
            return {};
        const AddedUsers added = addUsers(context_, wanted);
        if (added.refusal)
            return about(wanted[added.made.size()].email, *added.refusal);
        for (const auto& made : added.made) {
            AuditNote note;
            note.subject = made.account;
            note.reason = "provisioned";
            context_.notes.push_back(std::move(note));
        }
        return {};
    }

private:
    // Those that the Organization has; they stay locked for this transaction.
    void readUsers(const std::vector<EditUsers::Edit>& edits) {
        static const std::string kSelect = "SELECT " + std::string(kUserColumns) + ", " +
                                           std::string(kAttributeColumns) +
                                           " FROM accounts a WHERE a.id IN (VALUES ($2)) AND a.organization = $1 "
                                           "FOR UPDATE";
        store::ValueRows wanted(1);
        for (const auto& edit : edits)
            wanted.add({edit.account});
        for (const auto& row : context_.sql.allFor(kSelect, {context_.caller.organization}, wanted)) {
            EditedUser user{userOf(row), attributesOf(row, kUserCount)};
            users_.emplace(user.account, std::move(user));
        }
    }

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
        saved_.push_back({&row, *wanted});
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

    // What each account has now, by statements about many.
    void write() {
        store::ValueRows rows(11);
        for (const auto& [row, has] : saved_)
            rows.add({row->account, has.disabled, has.integrityOverride, has.unsignedApps, has.releaseProtections,
                      has.ignoreEnhancedLogin, has.noBulkSecondFactor, has.noSecondFactor, has.splitVersionChains,
                      static_cast<int>(modeOf(has)), has.quotaMegabytes});
        context_.sql.postFor(
            "UPDATE accounts SET disabled = w.column2, integrity_override = w.column3, unsigned_apps = w.column4, "
            "release_protections = w.column5, ignore_enhanced = w.column6, no_bulk_second_factor = w.column7, "
            "no_second_factor = w.column8, split_chains = w.column9, mode = w.column10, quota_mb = w.column11 "
            "FROM (VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)) AS w WHERE id = w.column1",
            {}, rows);
        mailUsers(context_, MailKind::accountDisabled, shutOut_);
        tellOrganization(context_, context_.caller.organization, "users", news_, context_.caller.account);
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
            shutOut_.push_back(&row);
    }

    // An account that is saved as it was is no news, but a row of the audit trail.
    void note(const EditedUser& row, std::string differences) {
        if (!differences.empty())
            news_.push_back(row.email);
        AuditNote note;
        note.subject = row.account;
        note.reason = std::move(differences);
        context_.notes.push_back(std::move(note));
    }

    struct Saved {
        const EditedUser* row;
        AccountAttributes has;
    };

    Context& context_;
    const bool recoverLicensed_;
    std::map<AccountId, EditedUser> users_; ///< those that are edited, as they were
    std::vector<Saved> saved_;
    std::vector<const UserRow*> shutOut_;
    std::vector<std::string_view> news_; ///< whose accounts are otherwise now
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
    if (auto saved = saving.save(request.edits); !saved)
        return std::move(saved).error();
    if (auto made = saving.add(request.added); !made)
        return std::move(made).error();
    // Of all of them together: one account may get what another gives up.
    if (auto enough = checkQuotas(context, organization, before); !enough)
        return std::move(enough).error();
    if (auto left = checkPrivilegedUserLeft(context, organization); !left)
        return std::move(left).error();
    return EditUsers::Response{};
}

} // namespace ssprotect::kodiac
