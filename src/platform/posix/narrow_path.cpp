#include "ssprotect/platform/narrow_path.h"

namespace ssprotect::platform {

std::string narrowPath(const std::filesystem::path& path) { return path.native(); }

std::filesystem::path pathOfNarrow(std::string_view text) { return text; }

} // namespace ssprotect::platform
