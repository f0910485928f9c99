#include "handlers.h"
#include "known_accounts.h"
#include "login_nonce.h"
#include "login_session.h"
#include "passwords.h"
#include "second_factor.h"
#include "ssprotect/kodiac/email.h"

#include <algorithm>

namespace ssprotect::kodiac {
namespace {

/// What a reset sets out from. Kept with its nonce.
struct Outset {
    std::uint64_t present = 0; ///< generation of the vault; 0 for a stranger
    std::uint64_t told = 0;    ///< the new vault has the next one
};

Bytes bytesOf(const Outset& outset) {
    Bytes bytes(2 * sizeof(std::uint64_t));
    storeBigEndian(outset.present, MutableByteView(bytes).first(sizeof(std::uint64_t)));
    storeBigEndian(outset.told, MutableByteView(bytes).last(sizeof(std::uint64_t)));
    return bytes;
}

std::optional<Outset> outsetFrom(ByteView bytes) {
    if (bytes.size() != 2 * sizeof(std::uint64_t))
        return std::nullopt;
    return Outset{loadBigEndian<std::uint64_t>(bytes.first(sizeof(std::uint64_t))),
                  loadBigEndian<std::uint64_t>(bytes.last(sizeof(std::uint64_t)))};
}

// How often a vault was changed tells a stranger that there is one, so everybody is told the time: beyond any count of
// changes, so that the new vault is newer for every host.
Outset outsetOf(Context& context, const AccountId& account) {
    Outset outset;
    if (const auto row = context.sql.one("SELECT generation FROM vaults WHERE account = $1", {account}))
        outset.present = row->get<std::uint64_t>(0);
    outset.told = std::max(outset.present, static_cast<std::uint64_t>(toUnixMillis(context.now())));
    return outset;
}

// Locked: it stays so until the new one is there.
bool isUnchanged(Context& context, const AccountId& account, const Outset& outset) {
    return context.sql
        .one("SELECT 1 FROM vaults WHERE account = $1 AND generation = $2 FOR UPDATE", {account, outset.present})
        .has_value();
}

} // namespace

Status authenticate(Context& context, const StartReset::Request& request) {
    if (auto shaped = checkEmail(request.email); !shaped)
        return shaped;
    accountOf(context, emailKey(request.email), request.host);
    return {};
}

Result<StartReset::Response> execute(Context& context, const StartReset::Request& request) {
    const std::string key = emailKey(request.email);
    const auto pretended = pretend(context, key);
    const AccountId account = accountOf(context, key, request.host).value_or(pretended.account);
    const Outset outset = outsetOf(context, account);
    // An account without a vault has no keys that could be exported: nobody is told that it is there.
    const AccountId& told = outset.present == 0 ? pretended.account : account;
    return StartReset::Response{told, issueNonce(context, NonceKind::reset, key, request.host, bytesOf(outset)),
                                outset.told};
}

// The account's own signature stands for the password and for the second factor: only the exported keys have it.
Status authenticate(Context& context, const FinishReset::Request& request) {
    const std::string key = emailKey(request.email);
    const auto account = accountOf(context, key, request.host);
    const auto kept = takeNonce(context, NonceKind::reset, request.serverNonce, key, request.host);
    const auto outset = outsetFrom(kept.value_or(Bytes()));
    if (!outset)
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
    if (request.vaultGeneration != outset->told + 1 || !isUnchanged(context, claimed, *outset))
        return makeError(ErrorCode::versionConflict, "the vault was changed meanwhile; start the reset again");
    return {};
}

Result<FinishReset::Response> execute(Context& context, const FinishReset::Request& request) {
    const Caller& caller = context.caller;
    if (auto fitting = checkNewPassword(context, request.password); !fitting)
        return std::move(fitting).error();
    context.sql.execute("UPDATE vaults SET content = $2, generation = $3 WHERE account = $1",
                        {caller.account, request.vault, request.vaultGeneration});
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
