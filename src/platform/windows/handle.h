#pragma once

#include <memory>
#include <type_traits>
#include <utility>
#include <windows.h>

namespace ssprotect::platform {

/// Owns a kernel handle; null and INVALID_HANDLE_VALUE are none.
class Handle {
public:
    Handle() = default;
    explicit Handle(HANDLE value) : value_(value == INVALID_HANDLE_VALUE ? nullptr : value) {}
    Handle(Handle&& other) noexcept : value_(std::exchange(other.value_, nullptr)) {}
    Handle& operator=(Handle&& other) noexcept {
        std::swap(value_, other.value_);
        return *this;
    }
    Handle(const Handle&) = delete;
    Handle& operator=(const Handle&) = delete;
    ~Handle() {
        if (value_ != nullptr)
            ::CloseHandle(value_);
    }

    explicit operator bool() const { return value_ != nullptr; }
    HANDLE get() const { return value_; }

private:
    HANDLE value_ = nullptr;
};

struct LocalFreed {
    void operator()(void* memory) const { ::LocalFree(memory); }
};

/// What the system allocated and LocalFree releases.
template <class T> using LocalMemory = std::unique_ptr<T, LocalFreed>;

struct RegistryKeyClosed {
    void operator()(HKEY key) const { ::RegCloseKey(key); }
};

using RegistryKey = std::unique_ptr<std::remove_pointer_t<HKEY>, RegistryKeyClosed>;

} // namespace ssprotect::platform
