#include "fields_people.h"
#include "message.h"

namespace ssprotect::kodiac {

template Reply encode(const ListUsers::Request&);
template Result<ListUsers::Request> decode(std::string_view, std::vector<crypto::SecretBytes>);
template Reply encode(const ListUsers::Response&);
template Result<ListUsers::Response> decode(std::string_view, std::vector<crypto::SecretBytes>);
template Reply encode(const NewUser::Request&);
template Result<NewUser::Request> decode(std::string_view, std::vector<crypto::SecretBytes>);
template Reply encode(const NewUser::Response&);
template Result<NewUser::Response> decode(std::string_view, std::vector<crypto::SecretBytes>);
template Reply encode(const EditUsers::Request&);
template Result<EditUsers::Request> decode(std::string_view, std::vector<crypto::SecretBytes>);
template Reply encode(const EditUsers::Response&);
template Result<EditUsers::Response> decode(std::string_view, std::vector<crypto::SecretBytes>);
template Reply encode(const ResendCode::Request&);
template Result<ResendCode::Request> decode(std::string_view, std::vector<crypto::SecretBytes>);
template Reply encode(const ResendCode::Response&);
template Result<ResendCode::Response> decode(std::string_view, std::vector<crypto::SecretBytes>);
template Reply encode(const ResetEnhancedLogin::Request&);
template Result<ResetEnhancedLogin::Request> decode(std::string_view, std::vector<crypto::SecretBytes>);
template Reply encode(const ResetEnhancedLogin::Response&);
template Result<ResetEnhancedLogin::Response> decode(std::string_view, std::vector<crypto::SecretBytes>);
template Reply encode(const RequestSignUp::Request&);
template Result<RequestSignUp::Request> decode(std::string_view, std::vector<crypto::SecretBytes>);
template Reply encode(const RequestSignUp::Response&);
template Result<RequestSignUp::Response> decode(std::string_view, std::vector<crypto::SecretBytes>);

} // namespace ssprotect::kodiac
