#pragma once

#include "ssprotect/base/bytes.h"

#include <cstddef>

namespace ssprotect::crypto {

/// Key material, a password or a passphrase: wiped when it dies, kept in locked
/// memory that core dumps leave out (OpenSSL's secure heap) while that has room,
/// moved but copied only by `clone`. One owner at a time; not thread-safe.
class SecretBytes {
public:
    SecretBytes() = default;
    explicit SecretBytes(std::size_t size); ///< zeroed
    static SecretBytes copyOf(ByteView bytes);

    SecretBytes(SecretBytes&& other) noexcept;
    SecretBytes& operator=(SecretBytes&& other) noexcept;
    SecretBytes(const SecretBytes&) = delete;
    SecretBytes& operator=(const SecretBytes&) = delete;
    ~SecretBytes();

    SecretBytes clone() const { return copyOf(view()); }

    std::size_t size() const { return size_; }
    bool empty() const { return size_ == 0; }
    ByteView view() const { return {data_, size_}; }
    MutableByteView bytes() { return {data_, size_}; }
    operator ByteView() const { return view(); }

private:
    Byte* data_ = nullptr;
    std::size_t size_ = 0;
};

/// Constant time for equal lengths.
bool equalSecrets(ByteView a, ByteView b);
/// Overwrites memory in a way the compiler keeps.
void wipe(MutableByteView bytes);

} // namespace ssprotect::crypto
