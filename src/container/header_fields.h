#pragma once

#include "ssprotect/base/bytes.h"
#include "ssprotect/base/result.h"

#include <algorithm>

namespace ssprotect::container {

inline Error damaged(std::string_view why) {
    return makeError(ErrorCode::dataDamaged, "the protected file's header is damaged: " + std::string(why) +
                                                 "; restore the file from the archive or a backup");
}

template <class Integer> Integer integerAt(ByteView bytes, std::size_t at) {
    return loadBigEndian<Integer>(bytes.subspan(at, sizeof(Integer)));
}

inline bool zeroAt(ByteView bytes, std::size_t at, std::size_t count) {
    return std::ranges::all_of(bytes.subspan(at, count), [](Byte byte) { return byte == 0; });
}

} // namespace ssprotect::container
