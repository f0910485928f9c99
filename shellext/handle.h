#pragma once

#include <memory>
#include <windows.h>

namespace ssprotect::shellext {

struct CloseHandleOf {
    using pointer = HANDLE;
    void operator()(HANDLE handle) const { ::CloseHandle(handle); }
};

/// Owns a handle; INVALID_HANDLE_VALUE counts as none.
class Handle {
public:
    Handle() = default;
    explicit Handle(HANDLE handle) : handle_(handle == INVALID_HANDLE_VALUE ? nullptr : handle) {}

    HANDLE get() const { return handle_.get(); }
    explicit operator bool() const { return handle_ != nullptr; }

private:
    std::unique_ptr<void, CloseHandleOf> handle_;
};

} // namespace ssprotect::shellext
