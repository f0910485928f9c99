#pragma once

#include <utility>
#include <windows.h>

namespace ssprotect::ipc {

/// Owns one kernel handle.
class UniqueHandle {
public:
    UniqueHandle() = default;
    /// Both values that the system uses for "none" are none.
    explicit UniqueHandle(HANDLE handle) : handle_(handle == INVALID_HANDLE_VALUE ? nullptr : handle) {}
    UniqueHandle(UniqueHandle&& other) noexcept : handle_(other.release()) {}
    UniqueHandle& operator=(UniqueHandle&& other) noexcept {
        std::swap(handle_, other.handle_);
        return *this;
    }
    ~UniqueHandle() {
        if (handle_ != nullptr)
            ::CloseHandle(handle_);
    }

    HANDLE get() const { return handle_; }
    HANDLE release() { return std::exchange(handle_, nullptr); }
    explicit operator bool() const { return handle_ != nullptr; }

private:
    HANDLE handle_ = nullptr;
};

} // namespace ssprotect::ipc
