#include "module_path.h"

namespace ssprotect::shellext {

std::wstring modulePath(HINSTANCE module) {
    constexpr DWORD kLongest = 32'768;
    std::wstring path;
    for (DWORD room = MAX_PATH; room <= 2 * kLongest; room *= 2) {
        path.resize(room);
        const DWORD size = ::GetModuleFileNameW(module, path.data(), room);
        path.resize(size);
        if (size < room)
            return path;
    }
    return {};
}

} // namespace ssprotect::shellext
