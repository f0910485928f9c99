#include "audit_trail.h"

#include "context.h"

namespace ssprotect::kodiac {
namespace {

void write(Context& context, std::string_view operation, const AuditNotes& notes) {
    const Caller& caller = context.caller;
    const bool proven = !caller.account.isNull();
    const AccountId& account = proven ? caller.account : context.claimedAccount;
    const HostId& host = proven ? caller.host : context.claimedHost;
    // One that is only named is of nobody yet.
    const SessionId session = proven && caller.session == context.call.session ? caller.session : SessionId{};
    store::ValueRows rows(5);
    for (const AuditNote& note : notes)
        rows.add({store::Value::orNull(note.file), note.version, note.result, note.reason,
                  store::Value::orNull(note.subject.isNull() ? context.subject : note.subject)});
    // Also of an account that was only claimed: its Organization's Privileged Users see who tries to get in.
    context.sql.postFor("INSERT INTO audit (at, account, host, session, proven, operation, file, version, result, "
                        "reason, subject, organization) SELECT $1, $2, $3, $4, $5, $6, w.column1, w.column2, "
                        "w.column3, w.column4, w.column5, (SELECT organization FROM accounts WHERE id = $2) "
                        "FROM (VALUES ($7, $8, $9, $10, $11)) AS w",
                        {context.now(), store::Value::orNull(account), store::Value::orNull(host),
                         store::Value::orNull(session), proven, operation},
                        rows);
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
        return write(context, operation, {noteOf({}, 0, refusal)});
    write(context, operation, context.notes);
}

} // namespace ssprotect::kodiac
