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

std::vector<Member> membersOf(Context& context, const OrganizationId& organization) {
    std::vector<Member> members;
    for (const auto& row :
         context.sql.all("SELECT m.account, m.email, m.signing, m.agreement, m.signer, m.signature, m.generation, "
                         "CASE WHEN a.state = 'validated' AND a.key_generation = m.generation THEN 1 ELSE 0 END "
                         "FROM member_keys m JOIN accounts a ON a.id = m.account WHERE m.organization = $1 "
                         "ORDER BY m.account, m.generation",
                         {organization})) {
        const MemberStatement statement{row.get<AccountId>(0),
                                        row.get<std::string>(1),
                                        {row.get<crypto::PublicKey>(2), row.get<crypto::PublicKey>(3)},
                                        row.get<AccountId>(4),
                                        row.get<crypto::Signature>(5)};
        members.push_back({statement, row.get<std::uint32_t>(6), row.get<bool>(7)});
    }
    return members;
}

std::vector<DelegateStatement> delegatesOf(Context& context, const OrganizationId& organization) {
    std::vector<DelegateStatement> delegates;
    for (const auto& row : context.sql.all("SELECT account, signer, signature FROM delegates WHERE organization = $1 "
                                           "ORDER BY account",
                                           {organization}))
        delegates.push_back({row.get<AccountId>(0), row.get<AccountId>(1), row.get<crypto::Signature>(2)});
    return delegates;
}

std::vector<RootTransfer> transfersOf(Context& context, const OrganizationId& organization) {
    std::vector<RootTransfer> transfers;
    for (const auto& row : context.sql.all("SELECT number, giver, taker, old_root, new_root, signature "
                                           "FROM root_transfers WHERE organization = $1 ORDER BY number",
                                           {organization}))
        transfers.push_back({row.get<std::uint32_t>(0), row.get<AccountId>(1), row.get<AccountId>(2),
                             row.get<crypto::PublicKey>(3), row.get<crypto::PublicKey>(4),
                             row.get<crypto::Signature>(5)});
    return transfers;
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
    const auto row = context.sql.one("SELECT v.content, v.generation, o.root, o.key_epoch, o.rotation_pending "
                                     "FROM vaults v, organizations o WHERE v.account = $1 AND o.id = $2",
                                     {caller.account, caller.organization});
    if (!row)
        return makeError(ErrorCode::dataDamaged, "the account's vault is missing in KODiAC's database");
    GetVault::Response response;
    response.vault = row->get<Bytes>(0);
    response.generation = row->get<std::uint64_t>(1);
    response.organizationRoot.signing = row->get<crypto::PublicKey>(2);
    response.transfers = transfersOf(context, caller.organization);
    response.delegates = delegatesOf(context, caller.organization);
    response.members = membersOf(context, caller.organization);
    response.keyEpoch = row->get<Epoch>(3);
    response.rotationPending = row->get<bool>(4);
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
                                     "keep_unchanged, ignore_enhanced, quota_mb, used_bytes FROM accounts WHERE id = $1",
                                     {caller.account});
    const auto home = context.sql.one("SELECT a.split_chains, o.split_chains, o.move_splits, o.name FROM accounts a "
                                      "JOIN organizations o ON o.id = a.organization WHERE a.id = $1",
                                      {caller.account});
    if (!row || !home)
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
    response.ignoreEnhancedLogin = row->get<bool>(11);
    response.quotaMegabytes = row->get<std::uint32_t>(12);
    response.usedMegabytes = static_cast<std::uint32_t>(row->get<std::uint64_t>(13) >> 20);
    response.splitVersionChains = home->get<bool>(0) && home->get<bool>(1);
    response.moveSplits = response.splitVersionChains && home->get<bool>(2);
    response.organizationName = home->get<std::string>(3);
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
