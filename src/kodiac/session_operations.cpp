#include "handlers.h"
#include "login_session.h"
#include "second_factor.h"

namespace ssprotect::kodiac {

Result<RefreshSession::Response> execute(Context& context, const RefreshSession::Request&) {
    return RefreshSession::Response{refreshSession(context)};
}

Result<EndSession::Response> execute(Context& context, const EndSession::Request&) {
    endSession(context);
    return EndSession::Response{};
}

Result<EnrolHost::Response> execute(Context& context, const EnrolHost::Request& request) {
    const Caller& caller = context.caller;
    const auto row = context.sql.one("SELECT signing FROM accounts WHERE id = $1", {caller.account});
    const Bytes message = enrolSignedBytes(caller.session, caller.account, caller.host);
    if (!row || !crypto::verifySignature(row->get<crypto::PublicKey>(0), message, request.signature))
        return makeError(ErrorCode::secondFactorRefused, "the enrolment is not signed with the account's key");
    context.sql.execute("DELETE FROM host_requests WHERE account = $1 AND host = $2", {caller.account, caller.host});
    return EnrolHost::Response{enrolSecondFactor(context, caller.account, caller.host)};
}

Result<KeysExported::Response> execute(Context& context, const KeysExported::Request& request) {
    context.sql.execute("UPDATE accounts SET keys_exported = $2, exported_file = $3 WHERE id = $1",
                        {context.caller.account, context.now(), request.file});
    context.caller.keysExported = true;
    return KeysExported::Response{presentSession(context)};
}

} // namespace ssprotect::kodiac
