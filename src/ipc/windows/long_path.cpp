#include "long_path.h"

namespace ssprotect::ipc {

std::wstring longPath(std::filesystem::path name) {
    // With this prefix the system takes the name as it is.
    name = name.lexically_normal().make_preferred();
    const auto& text = name.native();
    if (text.starts_with(LR"(\\?\)") || text.starts_with(LR"(\\.\)") || !name.is_absolute())
        return text;
    return text.starts_with(LR"(\\)") ? LR"(\\?\UNC\)" + text.substr(2) : LR"(\\?\)" + text;
}

} // namespace ssprotect::ipc
