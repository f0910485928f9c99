#include "key_files.h"

#include "ssprotect/platform/secret_file.h"
#include "ssprotect/platform/shown_path.h"

#include <algorithm>

namespace ssprotect::kodiacd {
namespace {

constexpr std::uint64_t kLargestPem = 64 << 10;
constexpr std::uint64_t kLongestPassword = 1024;
constexpr std::string_view kKeyBegins = "-----BEGIN PRIVATE KEY-----";

} // namespace

Status writeCertifiedKey(platform::FileSystem& files, const platform::Path& file, const crypto::CertifiedKey& key) {
    crypto::SecretBytes both(key.certificate.size() + key.key.size());
    const auto rest = std::copy(key.certificate.begin(), key.certificate.end(), both.bytes().begin());
    std::copy(key.key.view().begin(), key.key.view().end(), rest);
    return platform::writeSecretFile(files, file, both);
}

Result<crypto::CertifiedKey> readCertifiedKey(platform::FileSystem& files, const platform::Path& file) {
    auto both = platform::readSecretFile(files, file, kLargestPem);
    if (!both)
        return std::move(both).error();
    const auto split = std::search(both->begin(), both->end(), kKeyBegins.begin(), kKeyBegins.end());
    crypto::CertifiedKey key;
    key.certificate.assign(both->begin(), split);
    key.key = crypto::SecretBytes::copyOf(
        ByteView(both->data() + (split - both->begin()), static_cast<std::size_t>(both->end() - split)));
    if (auto belongs = crypto::checkKeyBelongs(key.certificate, key.key); !belongs)
        return makeError(belongs.error().code,
                         "'" + platform::shownPath(file) +
                             "' does not hold a certificate and its private key: " + belongs.error().message);
    return key;
}

Result<crypto::SecretBytes> readPassword(platform::FileSystem& files, const platform::Path& file) {
    auto text = platform::readSecretFile(files, file, kLongestPassword);
    if (!text)
        return std::move(text).error();
    const auto end = std::find_if(text->begin(), text->end(), [](Byte byte) { return byte == '\n' || byte == '\r'; });
    return crypto::SecretBytes::copyOf(ByteView(text->data(), static_cast<std::size_t>(end - text->begin())));
}

Result<std::string> readCertificateFile(platform::FileSystem& files, const platform::Path& file) {
    auto text = platform::readWhole(files, file, kLargestPem);
    if (!text)
        return std::move(text).error();
    std::string pem(text->begin(), text->end());
    if (auto facts = crypto::readCertificate(pem); !facts)
        return makeError(facts.error().code,
                         "'" + platform::shownPath(file) + "' holds no certificate: " + facts.error().message);
    return pem;
}

} // namespace ssprotect::kodiacd
