#include "ssprotect/crypto/aead.h"
#include "ssprotect/crypto/hash.h"
#include "ssprotect/session/keys_file.h"
#include "support/seeded_random.h"

#include <algorithm>
#include <cstdlib>

/// Any bytes as a file of exported keys; once more with the checksum made right; and as the content of a file that is
/// right all around, made by docs/keys-file.md alone. Whatever the bytes: an error or keys, never a crash.
namespace ssprotect::session {
namespace {

constexpr std::string_view kPassphrase = "kept in the fire-proof box";
constexpr crypto::ScryptParameters kCheap{2, 8, 1};
constexpr crypto::ScryptLimits kLimits{2, 16};
constexpr std::size_t kHeaderSize = 48;

void require(bool holds) {
    if (!holds)
        std::abort();
}

Bytes withSum(ByteView front) {
    Bytes file = copyOf(front);
    append(file, crypto::sha256({file}));
    return file;
}

Bytes fileAround(ByteView content) {
    Bytes header(kHeaderSize);
    const Bytes front{0x89, 'S', 'S', 'K', 0x0D, 0x0A, 0x1A, 0x0A, 0, 1, 1, 8, 1};
    std::copy(front.begin(), front.end(), header.begin());
    const auto stretched = crypto::scrypt(viewOf(kPassphrase), ByteView(header).subspan(16, 16), kCheap, kLimits, 32);
    require(stretched.ok());
    const auto derive = [&](std::string_view info, std::size_t length) {
        return crypto::hkdf(crypto::HashAlgorithm::sha512, *stretched, {}, viewOf(info), length);
    };
    const auto check = derive("ssprotect/keys-file/check/v1", 16);
    std::copy_n(check.view().begin(), check.size(), header.begin() + 32);
    test::SeededRandom random(1);
    Bytes file = header;
    append(file, crypto::sealWithRandomNonce(derive("ssprotect/keys-file/v1", 32), header, content, random));
    return withSum(file);
}

/// What opened comes back the same after it was sealed again.
void requireRoundTrip(const ExportedKeys& keys) {
    test::SeededRandom random(2);
    const auto sealed = sealKeysFile(keys, viewOf(kPassphrase), kCheap, kLimits, random);
    require(sealed.ok());
    const auto again = openKeysFile(*sealed, viewOf(kPassphrase), kLimits);
    require(again && again->email == keys.email && again->account == keys.account && again->root == keys.root &&
            again->contentKeys.size() == keys.contentKeys.size() &&
            crypto::equalSecrets(again->deviceSecret, keys.deviceSecret));
}

void open(ByteView file) {
    if (const auto keys = openKeysFile(file, viewOf(kPassphrase), kLimits))
        requireRoundTrip(*keys);
}

} // namespace
} // namespace ssprotect::session

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const ssprotect::ByteView bytes(data, size);
    ssprotect::session::open(bytes);
    ssprotect::session::open(ssprotect::session::withSum(bytes));
    ssprotect::session::open(ssprotect::session::fileAround(bytes));
    return 0;
}
