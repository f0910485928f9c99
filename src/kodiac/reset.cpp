#include "handlers.h"
#include "known_accounts.h"
#include "login_nonce.h"
#include "login_session.h"
#include "passwords.h"
#include "second_factor.h"
#include "ssprotect/kodiac/email.h"

namespace ssprotect::kodiac {

Status authenticate(Context& context, const StartReset::Request& request) {
    if (auto shaped = checkEmail(request.email); !shaped)
        return shaped;
    accountOf(context, emailKey(request.email), request.host);
    return {};
}

Result<StartReset::Response> execute(Context& context, const StartReset::Request& request) {
    const std::string key = emailKey(request.email);
    const auto pretended = pretend(context, key);
    const auto account = accountOf(context, key, request.host);
    StartReset::Response response{account.value_or(pretended.account), {}, pretended.vaultGeneration};
    if (const auto row = context.sql.one("SELECT generation FROM vaults WHERE account = $1", {response.account}))
        response.vaultGeneration = row->get<std::uint64_t>(0);
    response.serverNonce = issueNonce(context, NonceKind::reset, key, request.host);
    return response;
}

// The account's own signature stands for the password and for the second factor: only the exported keys have it.
Status authenticate(Context& context, const FinishReset::Request& request) {
    const std::string key = emailKey(request.email);
    const auto account = accountOf(context, key, request.host);
    if (!takeNonce(context, NonceKind::reset, request.serverNonce, key, request.host))
        return makeError(ErrorCode::loginFailed,
                         "this reset was not started here, or more than a minute ago; try again");
    const AccountId claimed = account.value_or(pretend(context, key).account);
    // Keys that were reset prove nothing any more, and keys of zeros everything.
    const auto row = context.sql.one("SELECT signing FROM accounts WHERE id = $1 AND state = 'validated'", {claimed});
    const auto signing = row ? row->get<crypto::PublicKey>(0) : crypto::PublicKey{};
    const Bytes message = resetSignedBytes(request.serverNonce, claimed, request.host, request.vault);
    if (!crypto::verifySignature(signing, message, request.signature) || !row)
        return makeError(ErrorCode::loginFailed, "these exported keys are not those of an account with this e-mail");
    becomeCaller(context, claimed, request.host);
    return {};
}

Result<FinishReset::Response> execute(Context& context, const FinishReset::Request& request) {
    const Caller& caller = context.caller;
    if (auto fitting = checkNewPassword(context, request.password); !fitting)
        return std::move(fitting).error();
    const auto changed = context.sql.execute(
        "UPDATE vaults SET content = $2, generation = generation + 1 WHERE account = $1 AND generation + 1 = $3",
        {caller.account, request.vault, request.vaultGeneration});
    if (changed == 0)
        return makeError(ErrorCode::versionConflict, "the vault was changed meanwhile; start the reset again");
    storePassword(context, caller.account, request.password);
    // The vault that remembers the last passwords is lost with the one that opened it.
    askForChangeUnderRules(context, caller.account);
    becomeCaller(context, caller.account, caller.host);
    endSessions(context, caller.account);
    rememberHost(context, caller.account, caller.host, request.hostName);
    FinishReset::Response response;
    response.hotpSecret = enrolSecondFactor(context, caller.account, caller.host);
    response.session = startSession(context, true);
    return response;
}

} // namespace ssprotect::kodiac
