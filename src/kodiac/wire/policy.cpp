#include "fields_policy.h"
#include "message.h"

namespace ssprotect::kodiac {

template Reply encode(const ShowPolicy::Request&);
template Result<ShowPolicy::Request> decode(std::string_view, std::vector<crypto::SecretBytes>);
template Reply encode(const ShowPolicy::Response&);
template Result<ShowPolicy::Response> decode(std::string_view, std::vector<crypto::SecretBytes>);
template Reply encode(const SetPolicy::Request&);
template Result<SetPolicy::Request> decode(std::string_view, std::vector<crypto::SecretBytes>);
template Reply encode(const SetPolicy::Response&);
template Result<SetPolicy::Response> decode(std::string_view, std::vector<crypto::SecretBytes>);

} // namespace ssprotect::kodiac
