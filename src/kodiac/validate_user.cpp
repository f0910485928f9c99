#include "content_keys.h"
#include "handlers.h"
#include "member_statements.h"
#include "seats.h"
#include "user_row.h"

#include <algorithm>

namespace ssprotect::kodiac {
namespace {

Error invalid(std::string message) { return makeError(ErrorCode::invalidInput, std::move(message)); }

Status checkRegistered(const UserRow& user) {
    switch (user.state) {
    case AccountState::registered:
        return {};
    case AccountState::provisioned:
        return makeError(ErrorCode::refused, user.email + " has not registered yet; send the code again if it is lost");
    case AccountState::validated:
        return makeError(ErrorCode::refused, user.email + " is validated already");
    default:
        return makeError(ErrorCode::accountDismissed, user.email + " was dismissed; remove the account and make a new "
                                                                   "one");
    }
}

Status checkStatement(Context& context, const UserRow& user, const MemberStatement& statement) {
    if (statement.email != user.email)
        return invalid("the statement is about another e-mail than the account has");
    if (statement.keys.signing != user.keys.signing || statement.keys.agreement != user.keys.agreement)
        return makeError(ErrorCode::changedMeanwhile, user.email + " has registered with other keys meanwhile; compare "
                                                                   "the codes again");
    return checkSignedByCaller(context, statement);
}

// One for every epoch: a member opens what was stored before it came.
Status takeContentKeys(Context& context, const UserRow& user, const std::vector<KeyEnvelope>& envelopes) {
    const Epoch newest = contentKeyEpoch(context);
    std::vector<bool> there(newest, false);
    const auto callersKey = keysOf(context, context.caller.account).signing;
    for (const KeyEnvelope& envelope : envelopes) {
        if (envelope.epoch == 0 || envelope.epoch > newest || there[envelope.epoch - 1])
            return makeError(ErrorCode::changedMeanwhile, "the content keys are not those of the Organization's "
                                                          "epochs; log in again, which fetches them");
        if (auto sealed = checkSealedByCaller(context, callersKey, {user.account, user.keys.agreement}, envelope);
            !sealed)
            return sealed;
        there[envelope.epoch - 1] = true;
        putContentKey(context, user.account, envelope);
    }
    if (std::find(there.begin(), there.end(), false) != there.end())
        return makeError(ErrorCode::changedMeanwhile, "a content key of the Organization is missing; log in again, "
                                                      "which fetches them");
    return {};
}

void insertMember(Context& context, const UserRow& user, const MemberStatement& statement) {
    context.sql.execute("INSERT INTO member_keys (account, generation, organization, email, signing, agreement, "
                        "signer, signature) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
                        {user.account, user.generation, context.caller.organization, statement.email,
                         statement.keys.signing, statement.keys.agreement, statement.signer, statement.signature});
}

} // namespace

Result<ValidateUser::Response> execute(Context& context, const ValidateUser::Request& request) {
    auto user = userToAdminister(context, request.statement.account);
    if (!user)
        return std::move(user).error();
    if (auto registered = checkRegistered(*user); !registered)
        return std::move(registered).error();
    if (auto stated = checkStatement(context, *user, request.statement); !stated)
        return std::move(stated).error();
    if (request.delegate)
        if (auto named = checkDelegateStatement(context, *request.delegate, user->account, user->keys); !named)
            return std::move(named).error();
    if (!user->validated)
        if (auto free = checkSeatFree(context, context.caller.organization); !free)
            return std::move(free).error();
    if (auto taken = takeContentKeys(context, *user, request.contentKeys); !taken)
        return std::move(taken).error();

    insertMember(context, *user, request.statement);
    context.sql.execute("UPDATE accounts SET state = 'validated', validated = $2, validated_by = $3, compared = $4 "
                        "WHERE id = $1",
                        {user->account, context.now(), context.caller.account, request.compared});
    mailUser(context, MailKind::validated, *user);
    if (request.delegate) {
        makeDelegate(context, *request.delegate);
        mailRole(context, user->account, Privilege::delegate);
    }
    AuditNote note;
    note.reason = request.compared ? "the codes were compared" : "unverified: the codes were not compared";
    context.notes.push_back(std::move(note));
    tellOfUser(context, *user);
    return ValidateUser::Response{};
}

} // namespace ssprotect::kodiac
