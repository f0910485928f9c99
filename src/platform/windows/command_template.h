#pragma once

#include "ssprotect/platform/application_association.h"

#include <string>

namespace ssprotect::platform {

/// The command of an association as the registry has it (`"C:\…\app.exe" /n "%1" /o "%u"`) with slots for the
/// document. `executable` is what the system takes out of it; people forget the quotation marks around it.
std::vector<std::string> commandOfTemplate(const std::wstring& text, const Path& executable);

} // namespace ssprotect::platform
