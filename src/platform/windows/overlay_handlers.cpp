#include "ssprotect/platform/overlay_handlers.h"

#include <windows.h>

namespace ssprotect::platform {
namespace {

bool exists(const wchar_t* event) {
    const HANDLE handle = ::OpenEventW(SYNCHRONIZE, FALSE, event);
    if (handle == nullptr)
        return false;
    ::CloseHandle(handle);
    return true;
}

} // namespace

std::optional<bool> overlayHandlersLoaded() {
    if (::GetShellWindow() == nullptr)
        return std::nullopt;
    return exists(kRedOverlayLoaded) && exists(kYellowOverlayLoaded);
}

} // namespace ssprotect::platform
