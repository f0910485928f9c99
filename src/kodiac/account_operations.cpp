#include "handlers.h"
#include "login_session.h"
#include "passwords.h"

namespace ssprotect::kodiac {
namespace {

Status replaceVault(Context& context, std::uint64_t expected, const Bytes& vault) {
    if (vault.empty())
        return makeError(ErrorCode::invalidInput, "the vault is missing");
    const auto changed = context.sql.execute(
        "UPDATE vaults SET content = $3, generation = generation + 1 WHERE account = $1 AND generation = $2",
        {context.caller.account, expected, vault});
    if (changed == 0)
        return makeError(ErrorCode::versionConflict,
                         "the vault was changed from another host meanwhile; fetch it and try again");
    return {};
}

std::vector<MemberStatement> membersOf(Context& context, const OrganizationId& organization) {
    std::vector<MemberStatement> members;
    for (const auto& row : context.sql.all("SELECT account, email, signing, agreement, signer, signature "
                                           "FROM member_keys WHERE organization = $1 ORDER BY account, generation",
                                           {organization}))
        members.push_back({row.get<AccountId>(0),
                           row.get<std::string>(1),
                           {row.get<crypto::PublicKey>(2), row.get<crypto::PublicKey>(3)},
                           row.get<AccountId>(4),
                           row.get<crypto::Signature>(5)});
    return members;
}

std::vector<KeyEnvelope> contentKeysOf(Context& context, const Caller& caller) {
    std::vector<KeyEnvelope> keys;
    for (const auto& row :
         context.sql.all("SELECT epoch, encapsulated, ciphertext, sealer, signature FROM content_keys "
                         "WHERE organization = $1 AND account = $2 ORDER BY epoch",
                         {caller.organization, caller.account}))
        keys.push_back({row.get<Epoch>(0), row.get<crypto::PublicKey>(1), row.get<Bytes>(2), row.get<AccountId>(3),
                        row.get<crypto::Signature>(4)});
    return keys;
}

struct AccountSwitch {
    std::string_view column;
    std::string_view name;
    std::optional<bool> wanted;
};

void set(Context& context, const AccountSwitch& change) {
    context.sql.execute("UPDATE accounts SET " + std::string(change.column) + " = $2 WHERE id = $1",
                        {context.caller.account, *change.wanted});
    AuditNote note;
    note.reason = std::string(change.name) + (*change.wanted ? " on" : " off");
    context.notes.push_back(std::move(note));
}

} // namespace

Result<GetVault::Response> execute(Context& context, const GetVault::Request&) {
    const Caller& caller = context.caller;
    const auto row = context.sql.one("SELECT v.content, v.generation, o.root FROM vaults v, organizations o "
                                     "WHERE v.account = $1 AND o.id = $2",
                                     {caller.account, caller.organization});
    if (!row)
        return makeError(ErrorCode::dataDamaged, "the account's vault is missing in KODiAC's database");
    GetVault::Response response;
    response.vault = row->get<Bytes>(0);
    response.generation = row->get<std::uint64_t>(1);
    response.organizationRoot.signing = row->get<crypto::PublicKey>(2);
    response.members = membersOf(context, caller.organization);
    response.contentKeys = contentKeysOf(context, caller);
    return response;
}

Result<PutVault::Response> execute(Context& context, const PutVault::Request& request) {
    if (auto replaced = replaceVault(context, request.expected, request.vault); !replaced)
        return std::move(replaced).error();
    return PutVault::Response{};
}

Result<ChangePassword::Response> execute(Context& context, const ChangePassword::Request& request) {
    if (auto fitting = checkNewPassword(context, request.password); !fitting)
        return std::move(fitting).error();
    if (auto replaced = replaceVault(context, request.expected, request.vault); !replaced)
        return std::move(replaced).error();
    storePassword(context, context.caller.account, request.password);
    // Whoever knew the old password is out.
    endSessions(context, context.caller.account, context.caller.session);
    return ChangePassword::Response{};
}

Result<ShowAccount::Response> execute(Context& context, const ShowAccount::Request&) {
    const Caller& caller = context.caller;
    const auto row = context.sql.one("SELECT email, state, privilege, software_id, created, release_protections, "
                                     "integrity_override, unsigned_apps, no_second_factor, no_bulk_second_factor, "
                                     "keep_unchanged FROM accounts WHERE id = $1",
                                     {caller.account});
    if (!row)
        return makeError(ErrorCode::dataDamaged, "the account is missing in KODiAC's database");
    ShowAccount::Response response;
    response.account = caller.account;
    response.organization = caller.organization;
    response.email = row->get<std::string>(0);
    response.state = row->get<std::string>(1);
    response.privilege = row->get<std::string>(2);
    response.softwareId = row->get<std::string>(3);
    response.created = row->get<TimePoint>(4);
    response.releaseProtections = row->get<bool>(5);
    response.integrityOverride = row->get<bool>(6);
    response.unsignedApps = row->get<bool>(7);
    response.noSecondFactor = row->get<bool>(8);
    response.noBulkSecondFactor = row->get<bool>(9);
    response.keepVersionWhenUnchanged = row->get<bool>(10);
    response.mode = caller.mode;
    response.keysExported = caller.keysExported;
    return response;
}

Result<SetAccount::Response> execute(Context& context, const SetAccount::Request& request) {
    const auto row = context.sql.one("SELECT privilege FROM accounts WHERE id = $1", {context.caller.account});
    if (!row || row->get<std::string>(0) != "individual")
        return makeError(ErrorCode::refused, "the settings of this account are its Organization's; ask one of its "
                                             "Privileged Users");
    if (!request.unsignedApps && !request.keepVersionWhenUnchanged)
        return makeError(ErrorCode::invalidInput, "there is nothing to set");
    for (const AccountSwitch& change :
         {AccountSwitch{"unsigned_apps", "Unsigned Apps", request.unsignedApps},
          AccountSwitch{"keep_unchanged", "Keep version when unchanged", request.keepVersionWhenUnchanged}})
        if (change.wanted)
            set(context, change);
    return SetAccount::Response{};
}

} // namespace ssprotect::kodiac
