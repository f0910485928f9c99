#include "fields_lock.h"
#include "message.h"

namespace ssprotect::kodiac {

template Reply encode(const LockStatus::Request&);
template Result<LockStatus::Request> decode(std::string_view, std::vector<crypto::SecretBytes>);
template Reply encode(const LockStatus::Response&);
template Result<LockStatus::Response> decode(std::string_view, std::vector<crypto::SecretBytes>);
template Reply encode(const RequestLock::Request&);
template Result<RequestLock::Request> decode(std::string_view, std::vector<crypto::SecretBytes>);
template Reply encode(const RequestLock::Response&);
template Result<RequestLock::Response> decode(std::string_view, std::vector<crypto::SecretBytes>);
template Reply encode(const ForceLock::Request&);
template Result<ForceLock::Request> decode(std::string_view, std::vector<crypto::SecretBytes>);
template Reply encode(const ForceLock::Response&);
template Result<ForceLock::Response> decode(std::string_view, std::vector<crypto::SecretBytes>);
template Reply encode(const RenewLock::Request&);
template Result<RenewLock::Request> decode(std::string_view, std::vector<crypto::SecretBytes>);
template Reply encode(const RenewLock::Response&);
template Result<RenewLock::Response> decode(std::string_view, std::vector<crypto::SecretBytes>);
template Reply encode(const ReleaseLock::Request&);
template Result<ReleaseLock::Request> decode(std::string_view, std::vector<crypto::SecretBytes>);
template Reply encode(const ReleaseLock::Response&);
template Result<ReleaseLock::Response> decode(std::string_view, std::vector<crypto::SecretBytes>);
template Reply encode(const ListEvents::Request&);
template Result<ListEvents::Request> decode(std::string_view, std::vector<crypto::SecretBytes>);
template Reply encode(const ListEvents::Response&);
template Result<ListEvents::Response> decode(std::string_view, std::vector<crypto::SecretBytes>);

} // namespace ssprotect::kodiac
