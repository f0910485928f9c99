#include "host_secrets.h"

#include "password_keys.h"
#include "ssprotect/platform/secret_file.h"

#include <algorithm>

namespace ssprotect::session {
namespace {

constexpr std::size_t kHotpSecretSize = 32;
constexpr std::size_t kEnrolmentSize = HostId::kSize + kHotpSecretSize;
constexpr std::size_t kTokenEnrolmentSize = HostId::kSize + 1; ///< the last byte: the digits of its codes

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

Status HostSecrets::adoptNextDeviceSecret(const AccountId& account, ByteView secret) const {
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
    if (all.size() == kTokenEnrolmentSize)
        return std::optional(Enrolment{*host, crypto::SecretBytes(), all.back()});
    return std::optional(Enrolment{*host, crypto::SecretBytes::copyOf(all.subspan(HostId::kSize))});
}

Status HostSecrets::keepTokenEnrolment(const AccountId& account, const HostId& host, std::uint32_t digits) const {
    Bytes both = copyOf(host.bytes());
    both.push_back(static_cast<Byte>(digits));
    return platform::writeSecretFile(environment_.files, fileFor(account, "hotp"), both);
}

Status HostSecrets::keepEnrolment(const AccountId& account, const HostId& host, ByteView hotpSecret) const {
    crypto::SecretBytes both(HostId::kSize + hotpSecret.size());
    std::copy(host.bytes().begin(), host.bytes().end(), both.bytes().begin());
    std::copy(hotpSecret.begin(), hotpSecret.end(), both.bytes().subspan(HostId::kSize).begin());
    return platform::writeSecretFile(environment_.files, fileFor(account, "hotp"), both);
}

Status HostSecrets::forgetEnrolment(const AccountId& account) const { return forget(fileFor(account, "hotp")); }

} // namespace ssprotect::session
