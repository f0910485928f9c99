#include "balloon.h"

#include "resource.h"

#include <algorithm>
#include <iterator>
#include <memory>
#include <shellapi.h>

namespace ssprotect::shellext {
namespace {

constexpr UINT kIconMessage = WM_APP;
constexpr UINT_PTR kEndTimer = 1;
constexpr UINT kShownMillis = 8'000;

LRESULT CALLBACK noticeProcedure(HWND window, UINT message, WPARAM wide, LPARAM longer) {
    const bool clickedOrGone =
        message == kIconMessage && (LOWORD(longer) == NIN_BALLOONUSERCLICK || LOWORD(longer) == NIN_BALLOONTIMEOUT);
    if (clickedOrGone || message == WM_TIMER) {
        ::PostQuitMessage(0);
        return 0;
    }
    return ::DefWindowProcW(window, message, wide, longer);
}

template <std::size_t size> void copyText(const std::wstring& from, wchar_t (&to)[size]) {
    const auto count = std::min(from.size(), size - 1);
    std::copy_n(from.begin(), count, to);
    to[count] = 0;
}

} // namespace

void Balloon::show(std::wstring title, std::wstring text) {
    thread_.run([this, title = std::move(title), text = std::move(text)] { showNow(title, text); });
}

void Balloon::showNow(const std::wstring& title, const std::wstring& text) const {
    WNDCLASSEXW kind{};
    kind.cbSize = sizeof kind;
    kind.lpfnWndProc = noticeProcedure;
    kind.hInstance = module_;
    kind.lpszClassName = kWindowClass;
    ::RegisterClassExW(&kind); // the second time it is there already
    const HWND window =
        ::CreateWindowExW(0, kWindowClass, text.c_str(), 0, 0, 0, 0, 0, HWND_MESSAGE, nullptr, module_, nullptr);
    if (window == nullptr)
        return;
    NOTIFYICONDATAW icon{};
    icon.cbSize = sizeof icon;
    icon.hWnd = window;
    icon.uID = 1;
    icon.uFlags = NIF_ICON | NIF_INFO | NIF_MESSAGE;
    icon.uCallbackMessage = kIconMessage;
    icon.dwInfoFlags = NIIF_WARNING;
    icon.hIcon = static_cast<HICON>(
        ::LoadImageW(module_, MAKEINTRESOURCEW(IDI_PRODUCT), IMAGE_ICON, 0, 0, LR_DEFAULTSIZE | LR_SHARED));
    copyText(title, icon.szInfoTitle);
    copyText(text, icon.szInfo);
    ::Shell_NotifyIconW(NIM_ADD, &icon);
    ::SetTimer(window, kEndTimer, kShownMillis, nullptr);
    MSG message{};
    while (::GetMessageW(&message, nullptr, 0, 0) > 0)
        ::DispatchMessageW(&message);
    ::Shell_NotifyIconW(NIM_DELETE, &icon);
    ::DestroyWindow(window);
}

} // namespace ssprotect::shellext
