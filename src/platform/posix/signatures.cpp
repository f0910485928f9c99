#include "ssprotect/platform/application_association.h"

namespace ssprotect::platform {

bool signaturesChecked() { return false; }

} // namespace ssprotect::platform
