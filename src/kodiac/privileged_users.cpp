#include "privileged_users.h"

namespace ssprotect::kodiac {

Status checkPrivilegedUserLeft(Context& context, const OrganizationId& organization) {
    const auto left = context.sql.one("SELECT 1 FROM accounts WHERE organization = $1 AND state = 'validated' AND "
                                      "disabled = 0 AND privilege IN ('administrator', 'delegate') LIMIT 1",
                                      {organization});
    if (left)
        return {};
    return makeError(ErrorCode::lastPrivileged, "nobody could administer the Organization any more: this is its last "
                                                "Privileged User. Make somebody else a Delegate first");
}

} // namespace ssprotect::kodiac
