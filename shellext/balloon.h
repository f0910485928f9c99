#pragma once

#include "task_thread.h"

#include <string>
#include <windows.h>

namespace ssprotect::shellext {

/// Says something beside the clock, from a thread of its own, when the tray process cannot: a notification holds up
/// nobody, a message box would hold up Explorer. Any thread.
class Balloon {
public:
    explicit Balloon(HINSTANCE module) : module_(module), thread_(kMostWaiting) {}

    /// Shown one after another, each for a few seconds.
    void show(std::wstring title, std::wstring text);

    /// The invisible window behind a notification; its title is the text.
    static constexpr const wchar_t* kWindowClass = L"SSProtectNotice";

private:
    static constexpr std::size_t kMostWaiting = 3;
    void showNow(const std::wstring& title, const std::wstring& text) const;

    const HINSTANCE module_;
    TaskThread thread_;
};

} // namespace ssprotect::shellext
