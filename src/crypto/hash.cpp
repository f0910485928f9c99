#include "ssprotect/crypto/hash.h"

#include "openssl.h"

namespace ssprotect::crypto {
namespace {

template <class Digest> Digest digestOf(const EVP_MD* algorithm, std::initializer_list<ByteView> parts) {
    const openssl::Owned<EVP_MD_CTX> context(EVP_MD_CTX_new());
    openssl::require(context && EVP_DigestInit_ex2(context.get(), algorithm, nullptr) == 1);
    for (const ByteView part : parts)
        openssl::require(EVP_DigestUpdate(context.get(), part.data(), part.size()) == 1);
    Digest digest;
    openssl::require(EVP_DigestFinal_ex(context.get(), digest.data(), nullptr) == 1);
    return digest;
}

} // namespace

Sha256Digest sha256(std::initializer_list<ByteView> parts) {
    return digestOf<Sha256Digest>(openssl::algorithms().sha256.get(), parts);
}

Sha512Digest sha512(std::initializer_list<ByteView> parts) {
    return digestOf<Sha512Digest>(openssl::algorithms().sha512.get(), parts);
}

struct Sha256::Context {
    openssl::Owned<EVP_MD_CTX> md{EVP_MD_CTX_new()};

    void start() {
        openssl::require(md && EVP_DigestInit_ex2(md.get(), openssl::algorithms().sha256.get(), nullptr) == 1);
    }
};

Sha256::Sha256() : context_(std::make_unique<Context>()) { context_->start(); }
Sha256::~Sha256() = default;
Sha256::Sha256(Sha256&&) noexcept = default;
Sha256& Sha256::operator=(Sha256&&) noexcept = default;

void Sha256::update(ByteView bytes) {
    openssl::require(EVP_DigestUpdate(context_->md.get(), bytes.data(), bytes.size()) == 1);
}

Sha256Digest Sha256::finish() {
    Sha256Digest digest;
    openssl::require(EVP_DigestFinal_ex(context_->md.get(), digest.data(), nullptr) == 1);
    context_->start();
    return digest;
}

} // namespace ssprotect::crypto
