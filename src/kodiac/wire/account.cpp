#include "fields_account.h"
#include "message.h"

namespace ssprotect::kodiac {

template Reply encode(const CreateIndividual::Request&);
template Result<CreateIndividual::Request> decode(std::string_view, std::vector<crypto::SecretBytes>);
template Reply encode(const CreateIndividual::Response&);
template Result<CreateIndividual::Response> decode(std::string_view, std::vector<crypto::SecretBytes>);
template Reply encode(const StartLogin::Request&);
template Result<StartLogin::Request> decode(std::string_view, std::vector<crypto::SecretBytes>);
template Reply encode(const StartLogin::Response&);
template Result<StartLogin::Response> decode(std::string_view, std::vector<crypto::SecretBytes>);
template Reply encode(const FinishLogin::Request&);
template Result<FinishLogin::Request> decode(std::string_view, std::vector<crypto::SecretBytes>);
template Reply encode(const FinishLogin::Response&);
template Result<FinishLogin::Response> decode(std::string_view, std::vector<crypto::SecretBytes>);
template Reply encode(const StartReset::Request&);
template Result<StartReset::Request> decode(std::string_view, std::vector<crypto::SecretBytes>);
template Reply encode(const StartReset::Response&);
template Result<StartReset::Response> decode(std::string_view, std::vector<crypto::SecretBytes>);
template Reply encode(const FinishReset::Request&);
template Result<FinishReset::Request> decode(std::string_view, std::vector<crypto::SecretBytes>);
template Reply encode(const FinishReset::Response&);
template Result<FinishReset::Response> decode(std::string_view, std::vector<crypto::SecretBytes>);
template Reply encode(const ShowAccount::Request&);
template Result<ShowAccount::Request> decode(std::string_view, std::vector<crypto::SecretBytes>);
template Reply encode(const ShowAccount::Response&);
template Result<ShowAccount::Response> decode(std::string_view, std::vector<crypto::SecretBytes>);
template Reply encode(const SetAccount::Request&);
template Result<SetAccount::Request> decode(std::string_view, std::vector<crypto::SecretBytes>);
template Reply encode(const SetAccount::Response&);
template Result<SetAccount::Response> decode(std::string_view, std::vector<crypto::SecretBytes>);

} // namespace ssprotect::kodiac
