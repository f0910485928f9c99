#include "host_secrets.h"

#include "password_keys.h"
#include "ssprotect/platform/secret_file.h"

#include <algorithm>

namespace ssprotect::session {
namespace {

constexpr std::size_t kHotpSecretSize = 32;
constexpr std::size_t kEnrolmentSize = HostId::kSize + kHotpSecretSize;
constexpr std::size_t kTokenEnrolmentSize = kEnrolmentSize + 1; ///< the last byte: the digits of the token's codes

Result<std::optional<crypto::SecretBytes>> read(const Environment& environment, const platform::Path& file,
                                                std::initializer_list<std::size_t> sizes) {
    auto bytes = platform::readSecretFile(environment.files, file, std::max(sizes));
    if (!bytes && bytes.error().code == ErrorCode::notFound)
        return std::optional<crypto::SecretBytes>();
    if (!bytes)
        return std::move(bytes).error();
    if (std::find(sizes.begin(), sizes.end(), bytes->size()) == sizes.end())
        return makeError(ErrorCode::dataDamaged, "a secret of this account on this host is damaged; import the "
                                                 "exported keys to replace it");
    return std::optional(crypto::SecretBytes::copyOf(*bytes));
}

} // namespace

platform::Path HostSecrets::fileFor(const AccountId& account, const char* kind) const {
    return folder_ / (account.hex() + "." + kind);
}

Status HostSecrets::forget(const platform::Path& file) const {
    if (auto removed = environment_.files.remove(file); !removed)
        return removed;
    return environment_.files.syncDirectory(folder_);
}

Result<std::optional<crypto::SecretBytes>> HostSecrets::deviceSecret(const AccountId& account) const {
    return read(environment_, fileFor(account, "device"), {kDeviceSecretSize});
}

Status HostSecrets::keepDeviceSecret(const AccountId& account, ByteView secret) const {
    return platform::writeSecretFile(environment_.files, fileFor(account, "device"), secret);
}

Status HostSecrets::forgetDeviceSecret(const AccountId& account) const { return forget(fileFor(account, "device")); }

Result<std::optional<crypto::SecretBytes>> HostSecrets::nextDeviceSecret(const AccountId& account) const {
    return read(environment_, fileFor(account, "device-next"), {kDeviceSecretSize});
}

Status HostSecrets::keepNextDeviceSecret(const AccountId& account, ByteView secret) const {
    return platform::writeSecretFile(environment_.files, fileFor(account, "device-next"), secret);
}

Status HostSecrets::forgetNextDeviceSecret(const AccountId& account) const {
    return forget(fileFor(account, "device-next"));
}

Status HostSecrets::adoptDeviceSecret(const AccountId& account, ByteView secret) const {
    if (auto kept = keepDeviceSecret(account, secret); !kept)
        return kept;
    return forgetNextDeviceSecret(account);
}

Result<std::optional<HostSecrets::Enrolment>> HostSecrets::enrolment(const AccountId& account) const {
    auto bytes = read(environment_, fileFor(account, "hotp"), {kEnrolmentSize, kTokenEnrolmentSize});
    if (!bytes)
        return std::move(bytes).error();
    if (!*bytes)
        return std::optional<Enrolment>();
    const ByteView all = (*bytes)->view();
    auto host = HostId::fromBytes(all.first(HostId::kSize));
    if (!host)
        return std::move(host).error();
    return std::optional(Enrolment{*host, crypto::SecretBytes::copyOf(all.subspan(HostId::kSize, kHotpSecretSize)),
                                   all.size() == kTokenEnrolmentSize ? all.back() : 0u});
}

Status HostSecrets::keepEnrolment(const AccountId& account, const HostId& host, ByteView hotpSecret,
                                  std::uint32_t oathDigits) const {
    crypto::SecretBytes all(HostId::kSize + hotpSecret.size() + (oathDigits == 0 ? 0 : 1));
    std::copy(host.bytes().begin(), host.bytes().end(), all.bytes().begin());
    std::copy(hotpSecret.begin(), hotpSecret.end(), all.bytes().subspan(HostId::kSize).begin());
    if (oathDigits != 0)
        all.bytes().back() = static_cast<Byte>(oathDigits);
    return platform::writeSecretFile(environment_.files, fileFor(account, "hotp"), all);
}

Status HostSecrets::forgetEnrolment(const AccountId& account) const { return forget(fileFor(account, "hotp")); }

} // namespace ssprotect::session
