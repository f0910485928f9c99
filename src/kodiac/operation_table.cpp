#include "operation_table.h"

#include "wire/fields.h"
#include "wire/schema_visitor.h"

#include <algorithm>
#include <array>

namespace ssprotect::kodiac {
namespace {

template <class Op> std::unique_ptr<Work> prepare(const Call& call) { return std::make_unique<TypedWork<Op>>(call); }

template <class Op> constexpr bool kIsUnattended = requires { Op::kUnattended; };

template <class Op> constexpr Operation anonymous(CodeRule code = CodeRule::never) {
    return {.name = Op::kName,
            .session = false,
            .code = code,
            .beforeKeyExport = true,
            .beforeEnrolment = true,
            .beforePasswordChange = true,
            .prepare = prepare<Op>,
            .request = wire::messageSchema<typename Op::Request>,
            .response = wire::messageSchema<typename Op::Response>};
}

template <class Op> constexpr Operation inSession(Repeat repeat = Repeat::again) {
    return {.name = Op::kName,
            .unattended = kIsUnattended<Op>,
            .repeat = repeat,
            .prepare = prepare<Op>,
            .request = wire::messageSchema<typename Op::Request>,
            .response = wire::messageSchema<typename Op::Response>};
}

constexpr Operation beforeKeyExport(Operation operation) {
    operation.beforeKeyExport = true;
    return operation;
}
constexpr Operation beforeEnrolment(Operation operation) {
    operation.beforeEnrolment = true;
    operation.beforePasswordChange = true;
    return beforeKeyExport(operation);
}
constexpr Operation beforePasswordChange(Operation operation) {
    operation.beforePasswordChange = true;
    return operation;
}
constexpr Operation closing(Operation operation) {
    operation.closing = true;
    return operation;
}
/// Changes what one of the locks guards: for Privileged Users.
constexpr Operation guarded(EditLock lock, Operation operation) {
    operation.privileged = true;
    operation.lock = lock;
    return operation;
}
constexpr Operation privileged(Operation operation) {
    operation.privileged = true;
    return operation;
}
constexpr Operation alone(Operation operation) {
    operation.alone = true;
    return operation;
}
constexpr Operation quiet(Operation operation) {
    operation.quiet = true;
    return operation;
}
/// What it does, in a sentence.
constexpr Operation about(std::string_view summary, Operation operation) {
    operation.summary = summary;
    return operation;
}
constexpr Operation withoutCode(Operation operation) {
    operation.code = CodeRule::never;
    return operation;
}
constexpr Operation endsToken(Operation operation) {
    operation.endsToken = true;
    return operation;
}

constexpr std::array kOperations{
    about("Makes an Individual Account: an organization of one, with its keys, on this host.",
          anonymous<CreateIndividual>()),
    about("Begins a login: tells how the password is stretched and gives a nonce for the proof.",
          anonymous<StartLogin>()),
    about("Proves the password over this very connection and opens a session.",
          anonymous<FinishLogin>(CodeRule::whenEnrolled)),
    about("Begins the repair of a lost password by the exported keys: gives a nonce to sign.", anonymous<StartReset>()),
    about("Sets a new password and vault, signed with the exported keys, and opens a session.",
          anonymous<FinishReset>()),
    about("Takes a mailed code: tells which account it is for, and what its host must know to make the keys.",
          anonymous<StartRegistration>()),
    about("Registers an account with its new keys, vault and password, and uses the code up.",
          anonymous<FinishRegistration>()),
    about("Prolongs the session and gives it a new token.",
          endsToken(beforePasswordChange(beforeKeyExport(inSession<RefreshSession>(Repeat::kept))))),
    about("Logs out: the session and its token end.", endsToken(beforeEnrolment(inSession<EndSession>(Repeat::kept)))),
    about("Gives this host its own secret of the second factor.", beforeEnrolment(inSession<EnrolHost>(Repeat::kept))),
    about("Fetches the sealed keys of the account and the signed keys of its Organization.",
          beforeEnrolment(inSession<GetVault>())),
    about("Stores the next generation of the sealed keys.",
          beforePasswordChange(beforeKeyExport(inSession<PutVault>(Repeat::kept)))),
    about("Sets a new password, with the sealed keys wrapped for it.",
          beforePasswordChange(inSession<ChangePassword>(Repeat::kept))),
    about("Says that the keys were exported to a file, which opens the account for use.",
          beforeKeyExport(inSession<KeysExported>())),
    about("Shows the account: state, privilege, attributes, Software ID.",
          beforePasswordChange(beforeKeyExport(inSession<ShowAccount>()))),
    about("Switches what an Individual may set for itself.", inSession<SetAccount>()),
    about("Begins to store versions: draws FileID or version number, records their identity, gives their shares.",
          closing(inSession<BeginStore>(Repeat::keptShares))),
    about("Completes stored versions, or abandons them.", closing(inSession<CommitStore>(Repeat::kept))),
    about("Authorises the opening of versions: gives their shares, digests and a grant to store the next.",
          inSession<OpenVersion>(Repeat::keptShares)),
    about("Lists the versions of a file, newest first.", inSession<ListVersions>()),
    about("Tells how far each store got, for recovery.", inSession<StoreState>()),
    about("Lists the audit trail, newest first.", inSession<ListAudit>()),
    about("Asks from outside to join an Organization; whatever comes of it comes by mail.", anonymous<RequestSignUp>()),
    about("Lists the accounts of the Organization with their states, attributes, seats and quotas.",
          privileged(inSession<ListUsers>())),
    about("Makes a Provisioned account and mails its registration code.",
          guarded(EditLock::users, inSession<NewUser>(Repeat::kept))),
    about("Saves the edited attributes of accounts: all of them or none.",
          guarded(EditLock::users, inSession<EditUsers>(Repeat::kept))),
    about("Mails a new code to a Provisioned account; the one before is void.",
          alone(privileged(inSession<ResendCode>(Repeat::kept)))),
    about("Forgets what an account's hosts have proved at enhanced logins.",
          privileged(inSession<ResetEnhancedLogin>(Repeat::kept))),
    about("Shows the Organization's policies and what is licensed.", beforePasswordChange(inSession<ShowPolicy>())),
    about("Sets the Organization's policies: sign-up, passwords, token, splits, retention.",
          guarded(EditLock::users, inSession<SetPolicy>(Repeat::kept))),
    about("Validates a registered account: signs it, and seals the Organization's content keys to it.",
          guarded(EditLock::users, inSession<ValidateUser>(Repeat::kept))),
    about("Refuses an account before it is validated.", guarded(EditLock::users, inSession<DismissUser>(Repeat::kept))),
    about("Removes an account: its seat and username are free again, its history stays.",
          guarded(EditLock::users, inSession<RemoveUser>(Repeat::kept))),
    about("Gives the Administrator's role, and the root with it, to a Delegate.",
          guarded(EditLock::users, inSession<TransferAdministrator>(Repeat::kept))),
    about("Voids an account's password and mails a code to register anew with.",
          alone(privileged(inSession<ResetUserPassword>(Repeat::kept)))),
    about("Gives the Organization its next content key, sealed to every validated account.",
          alone(privileged(inSession<RotateContentKey>(Repeat::kept)))),
    about("Reports which versions an account or a host could have disclosed.", inSession<ReportDisclosure>()),
    about("Shows both Edit Locks: who holds them, who waits.", privileged(inSession<LockStatus>())),
    about("Takes an Edit Lock that is free, or gets in line for it.",
          alone(privileged(inSession<RequestLock>(Repeat::kept)))),
    about("Takes an Edit Lock from whoever holds it.", alone(privileged(inSession<ForceLock>(Repeat::kept)))),
    about("Says that the holder of an Edit Lock, or who waits for it, is still there.",
          alone(quiet(privileged(inSession<RenewLock>())))),
    about("Releases an Edit Lock, or leaves its line.", privileged(inSession<ReleaseLock>(Repeat::kept))),
    about("Lists what happened in the Organization since; needs no code, and may be waited for.",
          quiet(privileged(withoutCode(inSession<ListEvents>())))),
    about("Asks the account's enrolled hosts to approve this one.", beforeEnrolment(inSession<RequestHost>())),
    about("Fetches what an enrolled host has sealed for this one.", beforeEnrolment(inSession<HostApproval>())),
    about("Lists the account's hosts, and those that ask to be approved.", inSession<ListHosts>()),
    about("Approves a new host whose code was compared.", inSession<ApproveHost>(Repeat::kept)),
    about("Removes a host: its sessions and its second factor end.", inSession<RemoveHost>(Repeat::kept)),
    about("Permits an account to bring a second factor back in step with KODiAC.",
          alone(privileged(inSession<PermitSync>(Repeat::kept)))),
    about("Brings host and KODiAC back in step with two consecutive codes.", anonymous<SyncSecondFactor>()),
    about("Puts an OATH token in the place of this host's secret of the second factor.",
          inSession<UseOathToken>(Repeat::kept)),
    about("Lists the profiles that the account keeps at KODiAC.", inSession<ListProfiles>()),
    about("Keeps a profile at KODiAC for the account's other hosts.", inSession<DeployProfile>()),
    about("Takes a profile back from KODiAC.", inSession<WithdrawProfile>(Repeat::kept)),
};

} // namespace

std::span<const Operation> operationTable() { return kOperations; }

const Operation* findOperation(std::string_view name) {
    const auto* found = std::find_if(kOperations.begin(), kOperations.end(),
                                     [&](const Operation& operation) { return operation.name == name; });
    return found == kOperations.end() ? nullptr : found;
}

} // namespace ssprotect::kodiac
