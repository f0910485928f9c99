#pragma once

#include <mutex>
#include <windows.h>

namespace ssprotect::shellext {

/// The product's icon as menus want it: a bitmap with transparency, made once. Any thread.
class MenuIcon {
public:
    explicit MenuIcon(HINSTANCE module) : module_(module) {}
    ~MenuIcon();
    MenuIcon(const MenuIcon&) = delete;
    MenuIcon& operator=(const MenuIcon&) = delete;

    /// Null when it can't be made; the menu then does without.
    HBITMAP bitmap();

private:
    HBITMAP make() const;

    const HINSTANCE module_;
    std::mutex mutex_;
    bool tried_ = false;
    HBITMAP bitmap_ = nullptr;
};

} // namespace ssprotect::shellext
