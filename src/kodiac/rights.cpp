#include "rights.h"

#include "wire/words.h"

namespace ssprotect::kodiac {
namespace {

// REC-7: who else could help somebody who lost the password.
bool hasDeputy(Context& context, const Caller& caller) {
    return context.sql
        .one("SELECT 1 FROM accounts WHERE organization = $1 AND id <> $2 AND privilege = 'delegate' AND "
             "state = 'validated' AND disabled = 0 LIMIT 1",
             {caller.organization, caller.account})
        .has_value();
}

bool mustExportKeys(Context& context, const Caller& caller) {
    switch (caller.privilege) {
    case Privilege::individual:
        return true;
    case Privilege::administrator:
        return !hasDeputy(context, caller);
    default:
        return false;
    }
}

// ACC-5: asked for by a login, or a refresh. Who is at work then goes on.
bool isPasswordDue(TimePoint changed, TimePoint forced, std::int64_t days, TimePoint login) {
    return (changed < forced && forced <= login) || (days > 0 && changed + std::chrono::days(days) <= login);
}

} // namespace

void takeRights(Context& context, Caller& caller, const store::Row& row, std::size_t column) {
    caller.organization = row.get<OrganizationId>(column);
    caller.accountState =
        wire::fromWord<AccountState>(row.get<std::string>(column + 1)).value_or(AccountState::removed);
    caller.privilege = wire::fromWord<Privilege>(row.get<std::string>(column + 2)).value_or(Privilege::user);
    caller.disabled = row.get<bool>(column + 3);
    caller.keysExported = !row.isNull(column + 4) || !mustExportKeys(context, caller);
    caller.releaseProtections = row.get<bool>(column + 5);
    caller.mode = static_cast<container::ConversionMode>(row.get<int>(column + 6));
    const auto changed = row.get<std::optional<TimePoint>>(column + 9);
    const bool due = changed && row.get<bool>(column + 10);
    caller.passwordDue =
        due || (changed && isPasswordDue(*changed, row.get<TimePoint>(column + 7), row.get<std::int64_t>(column + 8),
                                         caller.since.value_or(context.now())));
}

bool takeRights(Context& context, Caller& caller) {
    static const std::string kSelect =
        "SELECT " + std::string(kRightsColumns) + " FROM " + std::string(kRightsTables) + " WHERE a.id = $1";
    const auto row = context.sql.one(kSelect, {caller.account});
    if (row)
        takeRights(context, caller, *row, 0);
    return row.has_value();
}

Status checkValidated(const Caller& caller) {
    switch (caller.accountState) {
    case AccountState::validated:
        return {};
    case AccountState::provisioned:
        return makeError(ErrorCode::notValidated, "this account is not registered yet; register it with the code that "
                                                  "was mailed");
    case AccountState::registered:
        return makeError(ErrorCode::notValidated, "this account waits for its Validation by a Privileged User of the "
                                                  "Organization; a mail will say when it is done");
    default:
        return makeError(ErrorCode::accountDismissed, "this account was dismissed or removed; ask a Privileged User of "
                                                      "the Organization");
    }
}

} // namespace ssprotect::kodiac
