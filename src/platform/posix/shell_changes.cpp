#include "ssprotect/platform/shell_changes.h"

namespace ssprotect::platform {

std::unique_ptr<ShellChanges> makeShellChanges() { return nullptr; }

} // namespace ssprotect::platform
