#include "fields_file.h"
#include "message.h"

namespace ssprotect::kodiac {

template Reply encode(const BeginStore::Request&);
template Result<BeginStore::Request> decode(std::string_view, std::vector<crypto::SecretBytes>);
template Reply encode(const BeginStore::Response&);
template Result<BeginStore::Response> decode(std::string_view, std::vector<crypto::SecretBytes>);
template Reply encode(const CommitStore::Request&);
template Result<CommitStore::Request> decode(std::string_view, std::vector<crypto::SecretBytes>);
template Reply encode(const CommitStore::Response&);
template Result<CommitStore::Response> decode(std::string_view, std::vector<crypto::SecretBytes>);
template Reply encode(const OpenVersion::Request&);
template Result<OpenVersion::Request> decode(std::string_view, std::vector<crypto::SecretBytes>);
template Reply encode(const OpenVersion::Response&);
template Result<OpenVersion::Response> decode(std::string_view, std::vector<crypto::SecretBytes>);
template Reply encode(const ListVersions::Request&);
template Result<ListVersions::Request> decode(std::string_view, std::vector<crypto::SecretBytes>);
template Reply encode(const ListVersions::Response&);
template Result<ListVersions::Response> decode(std::string_view, std::vector<crypto::SecretBytes>);
template Reply encode(const StoreState::Request&);
template Result<StoreState::Request> decode(std::string_view, std::vector<crypto::SecretBytes>);
template Reply encode(const StoreState::Response&);
template Result<StoreState::Response> decode(std::string_view, std::vector<crypto::SecretBytes>);

} // namespace ssprotect::kodiac
