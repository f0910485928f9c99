#include "fields_registration.h"
#include "message.h"

namespace ssprotect::kodiac {

template Reply encode(const StartRegistration::Request&);
template Result<StartRegistration::Request> decode(std::string_view, std::vector<crypto::SecretBytes>);
template Reply encode(const StartRegistration::Response&);
template Result<StartRegistration::Response> decode(std::string_view, std::vector<crypto::SecretBytes>);
template Reply encode(const FinishRegistration::Request&);
template Result<FinishRegistration::Request> decode(std::string_view, std::vector<crypto::SecretBytes>);
template Reply encode(const FinishRegistration::Response&);
template Result<FinishRegistration::Response> decode(std::string_view, std::vector<crypto::SecretBytes>);

} // namespace ssprotect::kodiac
