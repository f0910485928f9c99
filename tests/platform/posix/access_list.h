#pragma once

#include "ssprotect/base/bytes.h"

#include <initializer_list>

namespace ssprotect::platform {

struct AccessEntry {
    unsigned tag = 0;
    unsigned permissions = 0;
    std::uint32_t id = 0xFFFFFFFF;
};

inline constexpr unsigned kUserObject = 0x01;
inline constexpr unsigned kNamedUser = 0x02;
inline constexpr unsigned kGroupObject = 0x04;
inline constexpr unsigned kMask = 0x10;
inline constexpr unsigned kOther = 0x20;

/// An ACL as `system.posix_acl_access` holds it.
inline Bytes accessList(std::initializer_list<AccessEntry> entries) {
    Bytes list{2, 0, 0, 0};
    for (const auto& entry : entries) {
        for (const unsigned value : {entry.tag, entry.permissions})
            list.insert(list.end(), {static_cast<Byte>(value), static_cast<Byte>(value >> 8)});
        for (int shift = 0; shift < 32; shift += 8)
            list.push_back(static_cast<Byte>(entry.id >> shift));
    }
    return list;
}

} // namespace ssprotect::platform
