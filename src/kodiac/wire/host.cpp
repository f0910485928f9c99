#include "fields_host.h"
#include "message.h"

namespace ssprotect::kodiac {

template Reply encode(const RequestHost::Request&);
template Result<RequestHost::Request> decode(std::string_view, std::vector<crypto::SecretBytes>);
template Reply encode(const RequestHost::Response&);
template Result<RequestHost::Response> decode(std::string_view, std::vector<crypto::SecretBytes>);
template Reply encode(const HostApproval::Request&);
template Result<HostApproval::Request> decode(std::string_view, std::vector<crypto::SecretBytes>);
template Reply encode(const HostApproval::Response&);
template Result<HostApproval::Response> decode(std::string_view, std::vector<crypto::SecretBytes>);
template Reply encode(const ListHosts::Request&);
template Result<ListHosts::Request> decode(std::string_view, std::vector<crypto::SecretBytes>);
template Reply encode(const ListHosts::Response&);
template Result<ListHosts::Response> decode(std::string_view, std::vector<crypto::SecretBytes>);
template Reply encode(const ApproveHost::Request&);
template Result<ApproveHost::Request> decode(std::string_view, std::vector<crypto::SecretBytes>);
template Reply encode(const ApproveHost::Response&);
template Result<ApproveHost::Response> decode(std::string_view, std::vector<crypto::SecretBytes>);
template Reply encode(const RemoveHost::Request&);
template Result<RemoveHost::Request> decode(std::string_view, std::vector<crypto::SecretBytes>);
template Reply encode(const RemoveHost::Response&);
template Result<RemoveHost::Response> decode(std::string_view, std::vector<crypto::SecretBytes>);
template Reply encode(const PermitSync::Request&);
template Result<PermitSync::Request> decode(std::string_view, std::vector<crypto::SecretBytes>);
template Reply encode(const PermitSync::Response&);
template Result<PermitSync::Response> decode(std::string_view, std::vector<crypto::SecretBytes>);
template Reply encode(const SyncSecondFactor::Request&);
template Result<SyncSecondFactor::Request> decode(std::string_view, std::vector<crypto::SecretBytes>);
template Reply encode(const SyncSecondFactor::Response&);
template Result<SyncSecondFactor::Response> decode(std::string_view, std::vector<crypto::SecretBytes>);
template Reply encode(const UseOathToken::Request&);
template Result<UseOathToken::Request> decode(std::string_view, std::vector<crypto::SecretBytes>);
template Reply encode(const UseOathToken::Response&);
template Result<UseOathToken::Response> decode(std::string_view, std::vector<crypto::SecretBytes>);
template Reply encode(const ListProfiles::Request&);
template Result<ListProfiles::Request> decode(std::string_view, std::vector<crypto::SecretBytes>);
template Reply encode(const ListProfiles::Response&);
template Result<ListProfiles::Response> decode(std::string_view, std::vector<crypto::SecretBytes>);
template Reply encode(const DeployProfile::Request&);
template Result<DeployProfile::Request> decode(std::string_view, std::vector<crypto::SecretBytes>);
template Reply encode(const DeployProfile::Response&);
template Result<DeployProfile::Response> decode(std::string_view, std::vector<crypto::SecretBytes>);
template Reply encode(const WithdrawProfile::Request&);
template Result<WithdrawProfile::Request> decode(std::string_view, std::vector<crypto::SecretBytes>);
template Reply encode(const WithdrawProfile::Response&);
template Result<WithdrawProfile::Response> decode(std::string_view, std::vector<crypto::SecretBytes>);

} // namespace ssprotect::kodiac
