#include "audit_trail.h"

#include "context.h"

namespace ssprotect::kodiac {
namespace {

void write(Context& context, std::string_view operation, const AuditNote& note) {
    const Caller& caller = context.caller;
    const bool proven = !caller.account.isNull();
    const AccountId& account = proven ? caller.account : context.claimedAccount;
    const HostId& host = proven ? caller.host : context.claimedHost;
    const AccountId& subject = note.subject.isNull() ? context.subject : note.subject;
    // Also of an account that was only claimed: its Organization's Privileged Users see who tries to get in.
    context.sql.post("INSERT INTO audit (at, account, host, session, proven, operation, file, version, result, "
                     "reason, subject, organization) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, "
                     "(SELECT organization FROM accounts WHERE id = $2))",
                     {context.now(), store::Value::orNull(account), store::Value::orNull(host),
                      store::Value::orNull(context.call.session), proven, operation, store::Value::orNull(note.file),
                      note.version, note.result, note.reason, store::Value::orNull(subject)});
}

} // namespace

AuditNote noteOf(const FileId& file, VersionNumber version, const std::optional<Error>& error) {
    AuditNote note{file, version, "ok", {}};
    if (error) {
        note.result = error->word();
        note.reason = error->message;
    }
    return note;
}

void recordAudit(Context& context, std::string_view operation, const std::optional<Error>& refusal) {
    if (refusal || context.notes.empty())
        return write(context, operation, noteOf({}, 0, refusal));
    for (const AuditNote& note : context.notes)
        write(context, operation, note);
}

} // namespace ssprotect::kodiac
