#pragma once

#include "context.h"

namespace ssprotect::kodiac {

/// USR-2, the one guard of it: `last-privileged` when the Organization has no Validated, enabled Administrator or
/// Delegate any more. Asked after the change and in its transaction by whatever takes somebody's privilege, validity
/// or access; the refusal undoes the change. The Organization must be locked (organization_row.h) before the change,
/// else two changes may each rely on the other's Privileged User.
Status checkPrivilegedUserLeft(Context& context, const OrganizationId& organization);

} // namespace ssprotect::kodiac
