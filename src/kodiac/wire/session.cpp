#include "fields_account.h"
#include "message.h"

namespace ssprotect::kodiac {

template Reply encode(const RefreshSession::Request&);
template Result<RefreshSession::Request> decode(std::string_view, std::vector<crypto::SecretBytes>);
template Reply encode(const RefreshSession::Response&);
template Result<RefreshSession::Response> decode(std::string_view, std::vector<crypto::SecretBytes>);
template Reply encode(const EndSession::Request&);
template Result<EndSession::Request> decode(std::string_view, std::vector<crypto::SecretBytes>);
template Reply encode(const EndSession::Response&);
template Result<EndSession::Response> decode(std::string_view, std::vector<crypto::SecretBytes>);
template Reply encode(const EnrolHost::Request&);
template Result<EnrolHost::Request> decode(std::string_view, std::vector<crypto::SecretBytes>);
template Reply encode(const EnrolHost::Response&);
template Result<EnrolHost::Response> decode(std::string_view, std::vector<crypto::SecretBytes>);
template Reply encode(const GetVault::Request&);
template Result<GetVault::Request> decode(std::string_view, std::vector<crypto::SecretBytes>);
template Reply encode(const GetVault::Response&);
template Result<GetVault::Response> decode(std::string_view, std::vector<crypto::SecretBytes>);
template Reply encode(const PutVault::Request&);
template Result<PutVault::Request> decode(std::string_view, std::vector<crypto::SecretBytes>);
template Reply encode(const PutVault::Response&);
template Result<PutVault::Response> decode(std::string_view, std::vector<crypto::SecretBytes>);
template Reply encode(const ChangePassword::Request&);
template Result<ChangePassword::Request> decode(std::string_view, std::vector<crypto::SecretBytes>);
template Reply encode(const ChangePassword::Response&);
template Result<ChangePassword::Response> decode(std::string_view, std::vector<crypto::SecretBytes>);
template Reply encode(const KeysExported::Request&);
template Result<KeysExported::Request> decode(std::string_view, std::vector<crypto::SecretBytes>);
template Reply encode(const KeysExported::Response&);
template Result<KeysExported::Response> decode(std::string_view, std::vector<crypto::SecretBytes>);

} // namespace ssprotect::kodiac
