#pragma once

#include "ssprotect/base/result.h"
#include "ssprotect/crypto/secret.h"

#include <cstdint>

namespace ssprotect::session {

/// Writes records of keys into wiped memory: fields as 4-byte big-endian length and bytes, numbers as 8 bytes.
class SecretWriter {
public:
    void number(std::uint64_t value);
    void field(ByteView bytes);
    crypto::SecretBytes finish();

private:
    void write(ByteView bytes);
    crypto::SecretBytes buffer_{256};
    std::size_t used_ = 0;
};

/// Reads what SecretWriter wrote. The first thing that does not fit makes all that follows empty; `finish` tells.
class SecretReader {
public:
    explicit SecretReader(ByteView bytes) : rest_(bytes) {}

    std::uint64_t number();
    ByteView field();
    /// A field of exactly that size.
    ByteView field(std::size_t size);
    /// A number of records to follow, each at least `leastSize` bytes: never more than the rest can hold.
    std::uint64_t count(std::size_t leastSize);
    template <class Array> void array(Array& to) {
        const ByteView bytes = field(to.size());
        if (!failed_)
            std::copy(bytes.begin(), bytes.end(), to.begin());
    }
    template <class Id> Id id() {
        std::array<Byte, Id::kSize> bytes{};
        array(bytes);
        return Id(bytes);
    }

    bool failed() const { return failed_; }
    /// `data-damaged` unless everything was read and fitted.
    Status finish() const;

private:
    ByteView take(std::uint64_t size);
    ByteView rest_;
    bool failed_ = false;
};

} // namespace ssprotect::session
