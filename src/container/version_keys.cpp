#include "ssprotect/container/version_keys.h"

#include "ssprotect/crypto/hash.h"

#include <algorithm>

namespace ssprotect::container {
namespace {

constexpr auto kHash = crypto::HashAlgorithm::sha512;

Bytes infoOf(std::string_view label, const IdentityBytes& identity) {
    Bytes info = copyOf(viewOf(label));
    append(info, identity);
    return info;
}

} // namespace

crypto::SecretBytes deriveShare(ByteView root, ByteView fileSalt, const IdentityBytes& identity) {
    return crypto::hkdf(kHash, root, fileSalt, infoOf("ssprotect/share/v1", identity), kKeySize);
}

crypto::SecretBytes deriveKeyEncryptionKey(const VersionKeys& keys, const IdentityBytes& identity) {
    crypto::SecretBytes both(keys.share.size() + keys.contentKey.size());
    const auto next = std::ranges::copy(keys.share, both.bytes().begin()).out;
    std::ranges::copy(keys.contentKey, next);
    return crypto::hkdf(kHash, both, {}, infoOf("ssprotect/kek/v1", identity), kKeySize);
}

ContainerKeys deriveContainerKeys(ByteView dataEncryptionKey) {
    return {crypto::hkdfExpand(kHash, dataEncryptionKey, viewOf("ssprotect/header/v1"), kKeySize),
            crypto::hkdfExpand(kHash, dataEncryptionKey, viewOf("ssprotect/body/v1"), kKeySize)};
}

} // namespace ssprotect::container
