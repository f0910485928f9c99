#include "ssprotect/crypto/aead.h"

#include "openssl.h"

#include <algorithm>
#include <limits>

#include <openssl/err.h>

namespace ssprotect::crypto {
namespace {

constexpr std::size_t kMostPerCall = std::numeric_limits<int>::max() - kGcmTagSize; // OpenSSL counts in int

Error notAuthentic() {
    return makeError(ErrorCode::integrity,
                     "the encrypted data is not authentic: it was changed, or another key made it");
}

} // namespace

// One context serves both directions: the key schedule is the same, and every call sets nonce and direction.
struct Aes256Gcm::Context {
    openssl::Owned<EVP_CIPHER_CTX> cipher{EVP_CIPHER_CTX_new()};

    void start(const GcmNonce& nonce, ByteView aad, bool seal) {
        int ignored = 0;
        openssl::require(EVP_CipherInit_ex2(cipher.get(), nullptr, nullptr, nonce.data(), seal ? 1 : 0, nullptr) == 1);
        if (!aad.empty())
            openssl::require(
                EVP_CipherUpdate(cipher.get(), nullptr, &ignored, aad.data(), static_cast<int>(aad.size())) == 1);
    }

    void update(ByteView from, Byte* to) {
        int written = 0;
        if (!from.empty())
            openssl::require(EVP_CipherUpdate(cipher.get(), to, &written, from.data(), static_cast<int>(from.size())) ==
                             1);
    }

    bool finish() {
        Byte none[kGcmTagSize];
        int written = 0;
        return EVP_CipherFinal_ex(cipher.get(), none, &written) == 1;
    }
};

Aes256Gcm::Aes256Gcm(ByteView key) : context_(std::make_unique<Context>()) {
    openssl::require(key.size() == kAesKeySize && context_->cipher != nullptr);
    openssl::require(EVP_EncryptInit_ex2(context_->cipher.get(), openssl::algorithms().aes256Gcm.get(), key.data(),
                                         nullptr, nullptr) == 1);
}
Aes256Gcm::~Aes256Gcm() = default;
Aes256Gcm::Aes256Gcm(Aes256Gcm&&) noexcept = default;
Aes256Gcm& Aes256Gcm::operator=(Aes256Gcm&&) noexcept = default;

void Aes256Gcm::seal(const GcmNonce& nonce, ByteView aad, ByteView plaintext, MutableByteView to) {
    openssl::require(plaintext.size() <= kMostPerCall && to.size() == plaintext.size() + kGcmTagSize);
    context_->start(nonce, aad, true);
    context_->update(plaintext, to.data());
    openssl::require(context_->finish());
    openssl::require(EVP_CIPHER_CTX_ctrl(context_->cipher.get(), EVP_CTRL_AEAD_GET_TAG, kGcmTagSize,
                                         to.data() + plaintext.size()) == 1);
}

Status Aes256Gcm::open(const GcmNonce& nonce, ByteView aad, ByteView sealed, MutableByteView to) {
    if (sealed.size() < kGcmTagSize)
        return notAuthentic();
    const ByteView ciphertext = sealed.first(sealed.size() - kGcmTagSize);
    openssl::require(sealed.size() <= kMostPerCall && to.size() == ciphertext.size());
    std::array<Byte, kGcmTagSize> tag;
    std::copy_n(sealed.end() - kGcmTagSize, kGcmTagSize, tag.begin());

    context_->start(nonce, aad, false);
    context_->update(ciphertext, to.data());
    openssl::require(EVP_CIPHER_CTX_ctrl(context_->cipher.get(), EVP_CTRL_AEAD_SET_TAG, kGcmTagSize, tag.data()) == 1);
    if (context_->finish())
        return {};
    ERR_clear_error();
    wipe(to);
    return notAuthentic();
}

Bytes sealWithRandomNonce(ByteView key, ByteView aad, ByteView plaintext, Random& random) {
    GcmNonce nonce;
    random.fill(nonce);
    Bytes sealed(kGcmNonceSize + plaintext.size() + kGcmTagSize);
    std::copy(nonce.begin(), nonce.end(), sealed.begin());
    Aes256Gcm(key).seal(nonce, aad, plaintext, MutableByteView(sealed).subspan(kGcmNonceSize));
    return sealed;
}

Result<SecretBytes> openWithNonce(ByteView key, ByteView aad, ByteView sealed) {
    if (sealed.size() < kGcmNonceSize + kGcmTagSize)
        return notAuthentic();
    GcmNonce nonce;
    std::copy_n(sealed.begin(), kGcmNonceSize, nonce.begin());
    SecretBytes plaintext(sealed.size() - kGcmNonceSize - kGcmTagSize);
    auto opened = Aes256Gcm(key).open(nonce, aad, sealed.subspan(kGcmNonceSize), plaintext.bytes());
    if (!opened)
        return std::move(opened).error();
    return plaintext;
}

} // namespace ssprotect::crypto
