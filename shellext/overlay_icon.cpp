#include "overlay_icon.h"

#include "module_path.h"
#include "ssprotect/platform/overlay_handlers.h"

#include <algorithm>

namespace ssprotect::shellext {
namespace {

constexpr int kRedPlace = 1; // among the icons of the DLL
constexpr int kYellowPlace = 2;

/// Named, for the tray process to see that Explorer took this handler among its fifteen; kept for as long as Explorer
/// lives.
void leaveTrace(container::Overlay overlay) {
    ::CreateEventW(nullptr, TRUE, TRUE,
                   overlay == container::Overlay::red ? platform::kRedOverlayLoaded : platform::kYellowOverlayLoaded);
}

} // namespace

HRESULT OverlayIcon::IsMemberOf(PCWSTR path, DWORD attributes) {
    return guarded([&] {
        if (path == nullptr || (attributes & FILE_ATTRIBUTE_DIRECTORY) != 0)
            return S_FALSE;
        const auto mark = services_.files.glance(path);
        if (mark.kind != FileKind::sealed)
            return S_FALSE;
        return services_.viewer.overlayOf(mark.owner, mark.organization) == overlay_ ? S_OK : S_FALSE;
    });
}

HRESULT OverlayIcon::GetOverlayInfo(PWSTR iconFile, int room, int* index, DWORD* flags) {
    return guarded([&] {
        if (iconFile == nullptr || index == nullptr || flags == nullptr)
            return E_POINTER;
        const auto file = modulePath(services_.module);
        if (room <= 0 || file.size() >= static_cast<std::size_t>(room))
            return HRESULT_FROM_WIN32(ERROR_INSUFFICIENT_BUFFER);
        *std::ranges::copy(file, iconFile).out = 0;
        *index = overlay_ == container::Overlay::red ? kRedPlace : kYellowPlace;
        *flags = ISIOI_ICONFILE | ISIOI_ICONINDEX;
        leaveTrace(overlay_);
        return S_OK;
    });
}

HRESULT OverlayIcon::GetPriority(int* priority) {
    if (priority == nullptr)
        return E_POINTER;
    *priority = overlay_ == container::Overlay::red ? 0 : 1; // 0 is the highest
    return S_OK;
}

} // namespace ssprotect::shellext
