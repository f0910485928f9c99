#include "menu_icon.h"

#include "resource.h"

namespace ssprotect::shellext {

MenuIcon::~MenuIcon() {
    if (bitmap_ != nullptr)
        ::DeleteObject(bitmap_);
}

HBITMAP MenuIcon::bitmap() {
    std::lock_guard lock(mutex_);
    if (!tried_)
        bitmap_ = make();
    tried_ = true;
    return bitmap_;
}

HBITMAP MenuIcon::make() const {
    const int width = ::GetSystemMetrics(SM_CXSMICON);
    const int height = ::GetSystemMetrics(SM_CYSMICON);
    const auto icon = static_cast<HICON>(
        ::LoadImageW(module_, MAKEINTRESOURCEW(IDI_PRODUCT), IMAGE_ICON, width, height, LR_DEFAULTCOLOR));
    if (icon == nullptr)
        return nullptr;
    BITMAPINFO info{};
    info.bmiHeader.biSize = sizeof info.bmiHeader;
    info.bmiHeader.biWidth = width;
    info.bmiHeader.biHeight = -height;
    info.bmiHeader.biPlanes = 1;
    info.bmiHeader.biBitCount = 32;
    void* bits = nullptr;
    const HDC screen = ::GetDC(nullptr);
    const HDC device = ::CreateCompatibleDC(screen);
    const HBITMAP bitmap = ::CreateDIBSection(device, &info, DIB_RGB_COLORS, &bits, nullptr, 0);
    if (bitmap != nullptr) {
        const auto before = ::SelectObject(device, bitmap);
        ::DrawIconEx(device, 0, 0, icon, width, height, 0, nullptr, DI_NORMAL);
        ::SelectObject(device, before);
    }
    ::DeleteDC(device);
    ::ReleaseDC(nullptr, screen);
    ::DestroyIcon(icon);
    return bitmap;
}

} // namespace ssprotect::shellext
