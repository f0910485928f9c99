#include "key_ring.h"

#include "ssprotect/crypto/aead.h"
#include "ssprotect/crypto/hash.h"

#include <array>

namespace ssprotect::session {
namespace {

constexpr std::string_view kNamesInfo = "ssprotect/names/v1";

Bytes nameAad(const OrganizationId& organization, const FileId& file, VersionNumber version, std::string_view field) {
    Bytes aad = copyOf(organization.bytes());
    append(aad, file.bytes());
    std::array<Byte, 4> number;
    storeBigEndian(version, number);
    append(aad, number);
    append(aad, viewOf(field));
    return aad;
}

} // namespace

KeyRing::KeyRing(const OrganizationId& organization, std::map<Epoch, crypto::SecretBytes> contentKeys)
    : organization_(organization), contentKeys_(std::move(contentKeys)) {}

void KeyRing::replace(std::map<Epoch, crypto::SecretBytes> contentKeys) {
    const std::lock_guard lock(mutex_);
    contentKeys_ = std::move(contentKeys);
    nameKeys_.clear();
}

bool KeyRing::holds(Epoch epoch) const {
    const std::lock_guard lock(mutex_);
    return contentKeys_.contains(epoch);
}

Result<crypto::SecretBytes> KeyRing::contentKey(Epoch epoch) const {
    const std::lock_guard lock(mutex_);
    const auto at = contentKeys_.find(epoch);
    if (at == contentKeys_.end())
        return makeError(ErrorCode::foreignFile, "this account holds no key for the file; it belongs to somebody else");
    return at->second.clone();
}

std::map<Epoch, crypto::SecretBytes> KeyRing::contentKeys() const {
    const std::lock_guard lock(mutex_);
    std::map<Epoch, crypto::SecretBytes> copy;
    for (const auto& [epoch, key] : contentKeys_)
        copy[epoch] = key.clone();
    return copy;
}

Result<crypto::SecretBytes> KeyRing::nameKey(Epoch epoch) const {
    auto contentKey = this->contentKey(epoch);
    if (!contentKey)
        return contentKey;
    const std::lock_guard lock(mutex_);
    auto& key = nameKeys_[epoch];
    if (key.empty())
        key = crypto::hkdf(crypto::HashAlgorithm::sha512, *contentKey, {}, viewOf(kNamesInfo), crypto::kAesKeySize);
    return key.clone();
}

Result<Bytes> KeyRing::sealName(std::string_view text, Epoch epoch, const FileId& file, VersionNumber version,
                                std::string_view field, Random& random) const {
    auto key = nameKey(epoch);
    if (!key)
        return std::move(key).error();
    return crypto::sealWithRandomNonce(*key, nameAad(organization_, file, version, field), viewOf(text), random);
}

Result<std::string> KeyRing::openName(ByteView sealed, Epoch epoch, const FileId& file, VersionNumber version,
                                      std::string_view field) const {
    auto key = nameKey(epoch);
    if (!key)
        return std::move(key).error();
    auto text = crypto::openWithNonce(*key, nameAad(organization_, file, version, field), sealed);
    if (!text)
        return std::move(text).error();
    return std::string(textOf(*text));
}

} // namespace ssprotect::session
