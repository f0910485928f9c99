#include "ssprotect/crypto/system_random.h"

#include "openssl.h"

#include <algorithm>

#include <openssl/crypto.h>
#include <openssl/rand.h>

namespace ssprotect::crypto {
namespace {

constexpr std::size_t kSecureHeapSize = 2 << 20;
constexpr std::size_t kSmallestSecureBlock = 32;
constexpr std::size_t kMostPerCall = 1 << 20; // OpenSSL counts in int

} // namespace

void SystemRandom::fill(MutableByteView to) {
    while (!to.empty()) {
        const std::size_t count = std::min(to.size(), kMostPerCall);
        openssl::require(RAND_priv_bytes(to.data(), static_cast<int>(count)) == 1);
        to = to.subspan(count);
    }
}

void startSecureHeap() {
    // Without it (no room to lock) secrets live in ordinary memory and are wiped all the same.
    static_cast<void>(CRYPTO_secure_malloc_init(kSecureHeapSize, kSmallestSecureBlock));
}

} // namespace ssprotect::crypto
