#include "ssprotect/base/wiped_bytes.h"

namespace ssprotect {

void wipeMemory(void* data, std::size_t size) {
    auto* bytes = static_cast<volatile Byte*>(data);
    for (std::size_t i = 0; i < size; ++i)
        bytes[i] = 0;
}

} // namespace ssprotect
