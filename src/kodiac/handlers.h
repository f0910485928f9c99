#pragma once

#include "context.h"
#include "ssprotect/kodiac/host_operations.h"
#include "ssprotect/kodiac/lock_operations.h"
#include "ssprotect/kodiac/operations.h"
#include "ssprotect/kodiac/policy_operations.h"
#include "ssprotect/kodiac/registration_operations.h"
#include "ssprotect/kodiac/report_operations.h"
#include "ssprotect/kodiac/user_operations.h"

/// What each operation does at its place in the corridor. An Error refuses the whole operation: its
/// changes are undone and it is audited.
namespace ssprotect::kodiac {

/// Who asks, for the operations that come before a session. What this changes stays when the
/// operation is refused: nonces are used up, failures counted.
Status authenticate(Context& context, const CreateIndividual::Request& request);
Status authenticate(Context& context, const StartLogin::Request& request);
Status authenticate(Context& context, const FinishLogin::Request& request);
Status authenticate(Context& context, const StartReset::Request& request);
Status authenticate(Context& context, const FinishReset::Request& request);
Status authenticate(Context& context, const RequestSignUp::Request& request);
Status authenticate(Context& context, const SyncSecondFactor::Request& request);

Status authenticate(Context& context, const StartRegistration::Request& request);
Status authenticate(Context& context, const FinishRegistration::Request& request);

Result<StartRegistration::Response> execute(Context& context, const StartRegistration::Request& request);
Result<FinishRegistration::Response> execute(Context& context, const FinishRegistration::Request& request);
Result<ValidateUser::Response> execute(Context& context, const ValidateUser::Request& request);
Result<DismissUser::Response> execute(Context& context, const DismissUser::Request& request);
Result<RemoveUser::Response> execute(Context& context, const RemoveUser::Request& request);
Result<ResetUserPassword::Response> execute(Context& context, const ResetUserPassword::Request& request);
Result<TransferAdministrator::Response> execute(Context& context, const TransferAdministrator::Request& request);
Result<RotateContentKey::Response> execute(Context& context, const RotateContentKey::Request& request);

Result<CreateIndividual::Response> execute(Context& context, const CreateIndividual::Request& request);
Result<StartLogin::Response> execute(Context& context, const StartLogin::Request& request);
Result<FinishLogin::Response> execute(Context& context, const FinishLogin::Request& request);
Result<StartReset::Response> execute(Context& context, const StartReset::Request& request);
Result<FinishReset::Response> execute(Context& context, const FinishReset::Request& request);
Result<RefreshSession::Response> execute(Context& context, const RefreshSession::Request& request);
Result<EndSession::Response> execute(Context& context, const EndSession::Request& request);
Result<EnrolHost::Response> execute(Context& context, const EnrolHost::Request& request);
Result<GetVault::Response> execute(Context& context, const GetVault::Request& request);
Result<PutVault::Response> execute(Context& context, const PutVault::Request& request);
Result<ChangePassword::Response> execute(Context& context, const ChangePassword::Request& request);
Result<KeysExported::Response> execute(Context& context, const KeysExported::Request& request);
Result<ShowAccount::Response> execute(Context& context, const ShowAccount::Request& request);
Result<SetAccount::Response> execute(Context& context, const SetAccount::Request& request);
Result<BeginStore::Response> execute(Context& context, const BeginStore::Request& request);
Result<CommitStore::Response> execute(Context& context, const CommitStore::Request& request);
Result<OpenVersion::Response> execute(Context& context, const OpenVersion::Request& request);
Result<ListVersions::Response> execute(Context& context, const ListVersions::Request& request);
Result<StoreState::Response> execute(Context& context, const StoreState::Request& request);
Result<ListAudit::Response> execute(Context& context, const ListAudit::Request& request);
Result<RequestSignUp::Response> execute(Context& context, const RequestSignUp::Request& request);
Result<ListUsers::Response> execute(Context& context, const ListUsers::Request& request);
Result<NewUser::Response> execute(Context& context, const NewUser::Request& request);
Result<EditUsers::Response> execute(Context& context, const EditUsers::Request& request);
Result<ResendCode::Response> execute(Context& context, const ResendCode::Request& request);
Result<ResetEnhancedLogin::Response> execute(Context& context, const ResetEnhancedLogin::Request& request);
Result<ShowPolicy::Response> execute(Context& context, const ShowPolicy::Request& request);
Result<SetPolicy::Response> execute(Context& context, const SetPolicy::Request& request);
Result<ReportDisclosure::Response> execute(Context& context, const ReportDisclosure::Request& request);

Result<LockStatus::Response> execute(Context& context, const LockStatus::Request& request);
Result<RequestLock::Response> execute(Context& context, const RequestLock::Request& request);
Result<ForceLock::Response> execute(Context& context, const ForceLock::Request& request);
Result<RenewLock::Response> execute(Context& context, const RenewLock::Request& request);
Result<ReleaseLock::Response> execute(Context& context, const ReleaseLock::Request& request);
Result<ListEvents::Response> execute(Context& context, const ListEvents::Request& request);

Result<RequestHost::Response> execute(Context& context, const RequestHost::Request& request);
Result<HostApproval::Response> execute(Context& context, const HostApproval::Request& request);
Result<ListHosts::Response> execute(Context& context, const ListHosts::Request& request);
Result<ApproveHost::Response> execute(Context& context, const ApproveHost::Request& request);
Result<RemoveHost::Response> execute(Context& context, const RemoveHost::Request& request);
Result<PermitSync::Response> execute(Context& context, const PermitSync::Request& request);
Result<SyncSecondFactor::Response> execute(Context& context, const SyncSecondFactor::Request& request);
Result<UseOathToken::Response> execute(Context& context, const UseOathToken::Request& request);
Result<ListProfiles::Response> execute(Context& context, const ListProfiles::Request& request);
Result<DeployProfile::Response> execute(Context& context, const DeployProfile::Request& request);
Result<WithdrawProfile::Response> execute(Context& context, const WithdrawProfile::Request& request);

/// A repeated request: each item of the reply that was kept is authorised again and gets its share again. Nothing is
/// done a second time.
Status renewShares(Context& context, const BeginStore::Request& request, BeginStore::Response& kept);
Status renewShares(Context& context, const OpenVersion::Request& request, OpenVersion::Response& kept);

} // namespace ssprotect::kodiac
