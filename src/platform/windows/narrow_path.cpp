#include "ssprotect/platform/narrow_path.h"

#include "wide_text.h"

namespace ssprotect::platform {

std::string narrowPath(const std::filesystem::path& path) { return narrowText(path.native()); }

std::filesystem::path pathOfNarrow(std::string_view text) { return wideText(text); }

} // namespace ssprotect::platform
