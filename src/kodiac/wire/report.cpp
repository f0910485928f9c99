#include "fields_report.h"
#include "message.h"

namespace ssprotect::kodiac {

template Reply encode(const ListAudit::Request&);
template Result<ListAudit::Request> decode(std::string_view, std::vector<crypto::SecretBytes>);
template Reply encode(const ListAudit::Response&);
template Result<ListAudit::Response> decode(std::string_view, std::vector<crypto::SecretBytes>);
template Reply encode(const ReportDisclosure::Request&);
template Result<ReportDisclosure::Request> decode(std::string_view, std::vector<crypto::SecretBytes>);
template Reply encode(const ReportDisclosure::Response&);
template Result<ReportDisclosure::Response> decode(std::string_view, std::vector<crypto::SecretBytes>);

} // namespace ssprotect::kodiac
