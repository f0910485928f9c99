#pragma once

#include "ssprotect/base/bytes.h"

#include <cstddef>
#include <memory>

namespace ssprotect {

/// Overwrites memory in a way the compiler keeps.
void wipeMemory(void* data, std::size_t size);

template <class T> struct WipingAllocator {
    using value_type = T;
    WipingAllocator() = default;
    template <class U> WipingAllocator(const WipingAllocator<U>&) {}
    T* allocate(std::size_t count) { return std::allocator<T>().allocate(count); }
    void deallocate(T* data, std::size_t count) {
        wipeMemory(data, count * sizeof(T));
        std::allocator<T>().deallocate(data, count);
    }
    template <class U> bool operator==(const WipingAllocator<U>&) const { return true; }
};

/// For secrets in transit below the crypto floor (frames, terminal input); keys
/// that stay live in crypto::SecretBytes.
using WipedBytes = std::vector<Byte, WipingAllocator<Byte>>;

} // namespace ssprotect
