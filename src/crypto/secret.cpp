#include "ssprotect/crypto/secret.h"

#include <algorithm>
#include <cstring>
#include <new>
#include <utility>

#include <openssl/crypto.h>

namespace ssprotect::crypto {

SecretBytes::SecretBytes(std::size_t size) : size_(size) {
    if (size == 0)
        return;
    void* memory = OPENSSL_secure_zalloc(size);
    if (memory == nullptr) // the locked arena is full: wiped memory is still better than none
        memory = OPENSSL_zalloc(size);
    if (memory == nullptr)
        throw std::bad_alloc();
    data_ = static_cast<Byte*>(memory);
}

SecretBytes SecretBytes::copyOf(ByteView bytes) {
    SecretBytes copy(bytes.size());
    std::copy(bytes.begin(), bytes.end(), copy.data_);
    return copy;
}

SecretBytes::SecretBytes(SecretBytes&& other) noexcept
    : data_(std::exchange(other.data_, nullptr)), size_(std::exchange(other.size_, 0)) {}

SecretBytes& SecretBytes::operator=(SecretBytes&& other) noexcept {
    SecretBytes taken(std::move(other));
    std::swap(data_, taken.data_);
    std::swap(size_, taken.size_);
    return *this;
}

SecretBytes::~SecretBytes() {
    // Also frees (and wipes) what came from the ordinary heap.
    OPENSSL_secure_clear_free(data_, size_);
}

bool equalSecrets(ByteView a, ByteView b) {
    return a.size() == b.size() && (a.empty() || CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0);
}

void wipe(MutableByteView bytes) { OPENSSL_cleanse(bytes.data(), bytes.size()); }

} // namespace ssprotect::crypto
