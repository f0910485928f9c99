#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace ssprotect {

using Byte = std::uint8_t;
using Bytes = std::vector<Byte>;
using ByteView = std::span<const Byte>;
using MutableByteView = std::span<Byte>;

inline ByteView viewOf(std::string_view text) { return {reinterpret_cast<const Byte*>(text.data()), text.size()}; }

inline std::string_view textOf(ByteView bytes) { return {reinterpret_cast<const char*>(bytes.data()), bytes.size()}; }

inline Bytes copyOf(ByteView bytes) { return {bytes.begin(), bytes.end()}; }

inline void append(Bytes& to, ByteView more) { to.insert(to.end(), more.begin(), more.end()); }

/// Big-endian integers, as every format of the product writes them.
template <class Integer> void storeBigEndian(Integer value, MutableByteView to) {
    for (std::size_t i = 0; i < sizeof(Integer); ++i)
        to[i] = static_cast<Byte>(value >> (8 * (sizeof(Integer) - 1 - i)));
}

template <class Integer> Integer loadBigEndian(ByteView from) {
    Integer value = 0;
    for (std::size_t i = 0; i < sizeof(Integer); ++i)
        value = static_cast<Integer>((value << 8) | from[i]);
    return value;
}

} // namespace ssprotect
