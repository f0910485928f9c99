#include "fields_users.h"
#include "message.h"

namespace ssprotect::kodiac {

template Reply encode(const ValidateUser::Request&);
template Result<ValidateUser::Request> decode(std::string_view, std::vector<crypto::SecretBytes>);
template Reply encode(const ValidateUser::Response&);
template Result<ValidateUser::Response> decode(std::string_view, std::vector<crypto::SecretBytes>);
template Reply encode(const DismissUser::Request&);
template Result<DismissUser::Request> decode(std::string_view, std::vector<crypto::SecretBytes>);
template Reply encode(const DismissUser::Response&);
template Result<DismissUser::Response> decode(std::string_view, std::vector<crypto::SecretBytes>);
template Reply encode(const RemoveUser::Request&);
template Result<RemoveUser::Request> decode(std::string_view, std::vector<crypto::SecretBytes>);
template Reply encode(const RemoveUser::Response&);
template Result<RemoveUser::Response> decode(std::string_view, std::vector<crypto::SecretBytes>);
template Reply encode(const ResetUserPassword::Request&);
template Result<ResetUserPassword::Request> decode(std::string_view, std::vector<crypto::SecretBytes>);
template Reply encode(const ResetUserPassword::Response&);
template Result<ResetUserPassword::Response> decode(std::string_view, std::vector<crypto::SecretBytes>);
template Reply encode(const TransferAdministrator::Request&);
template Result<TransferAdministrator::Request> decode(std::string_view, std::vector<crypto::SecretBytes>);
template Reply encode(const TransferAdministrator::Response&);
template Result<TransferAdministrator::Response> decode(std::string_view, std::vector<crypto::SecretBytes>);
template Reply encode(const RotateContentKey::Request&);
template Result<RotateContentKey::Request> decode(std::string_view, std::vector<crypto::SecretBytes>);
template Reply encode(const RotateContentKey::Response&);
template Result<RotateContentKey::Response> decode(std::string_view, std::vector<crypto::SecretBytes>);

} // namespace ssprotect::kodiac
