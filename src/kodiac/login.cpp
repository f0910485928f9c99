#include "handlers.h"
#include "known_accounts.h"
#include "login_delay.h"
#include "login_nonce.h"
#include "login_session.h"
#include "passwords.h"
#include "rights.h"
#include "second_factor.h"
#include "ssprotect/kodiac/email.h"

namespace ssprotect::kodiac {
namespace {

Error loginFailed() { return makeError(ErrorCode::loginFailed, "there is no account with this e-mail and password"); }

StartLogin::Response challenge(Context& context, const std::optional<AccountId>& account, std::string_view key) {
    auto pretended = pretend(context, key);
    StartLogin::Response response;
    const auto known = passwordDerivation(context, account.value_or(pretended.account));
    // Without a password there is nothing to log in with, and nobody is told that there is an account: it may have been
    // made this very moment, by a stranger's sign-up.
    response.account = account && known ? *account : pretended.account;
    response.derivation = known ? *known : std::move(pretended.derivation);
    return response;
}

} // namespace

Status authenticate(Context& context, const StartLogin::Request& request) {
    if (auto shaped = checkEmail(request.email); !shaped)
        return shaped;
    accountOf(context, emailKey(request.email), request.host);
    return {};
}

Result<StartLogin::Response> execute(Context& context, const StartLogin::Request& request) {
    const std::string key = emailKey(request.email);
    auto response = challenge(context, accountOf(context, key, request.host), key);
    response.serverNonce = issueNonce(context, NonceKind::login, key, request.host, request.clientNonce);
    return response;
}

// The password here, the code of an enrolled host at the corridor's next door.
Status authenticate(Context& context, const FinishLogin::Request& request) {
    const std::string key = emailKey(request.email);
    const auto account = accountOf(context, key, request.host);
    const auto clientNonce = takeNonce(context, NonceKind::login, request.serverNonce, key, request.host);
    if (!clientNonce)
        return makeError(ErrorCode::loginFailed,
                         "this login was not started here, or more than a minute ago; try again");

    const bool enrolled = account && hasProvenSecondFactor(context, *account, request.host);
    LoginDelay delay(context, key, enrolled ? std::optional(request.host) : std::nullopt);
    if (auto patient = delay.check(); !patient)
        return patient;

    auto password = passwordVerifier(context, account);
    if (!password)
        return std::move(password).error();
    StartLogin::Response told = challenge(context, account, key);
    told.serverNonce = request.serverNonce;
    const Bytes message =
        loginAuthMessage({request.email, request.host, *clientNonce}, told, context.call.channelBinding);
    const bool proved = crypto::scramVerifyClient(password->verifier, message, request.proof);
    if (!proved || !account) {
        delay.countFailure();
        return loginFailed();
    }
    delay.forget();
    becomeCaller(context, *account, request.host);
    const bool named =
        context.call.code.empty() || (context.call.account == *account && context.call.host == request.host);
    if (!named)
        return makeError(ErrorCode::secondFactorRefused, "the code belongs to another account or host");
    context.loginSignature = crypto::scramServerSignature(password->verifier, message);
    context.provedPassword = std::move(password->sealed);
    return {};
}

Result<FinishLogin::Response> execute(Context& context, const FinishLogin::Request& request) {
    const Caller& caller = context.caller;
    // Only now: a stranger without the password is not told how far the account has come.
    if (auto validated = checkValidated(caller); !validated)
        return std::move(validated).error();
    rememberHost(context, caller.account, caller.host, request.hostName);
    FinishLogin::Response response;
    response.session = startSession(context, context.factor == Factor::accepted);
    // Whoever replaced the password meanwhile has ended the sessions of then, and this is none of them.
    if (!isStillPassword(context, caller.account, context.provedPassword))
        return loginFailed();
    response.serverSignature = context.loginSignature;
    return response;
}

} // namespace ssprotect::kodiac
