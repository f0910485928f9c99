#pragma once

#include "ssprotect/base/ids.h"
#include "ssprotect/crypto/secret.h"
#include "ssprotect/session/environment.h"

#include <optional>

namespace ssprotect::session {

/// The secrets that never leave the host but in exported keys: per account its device secret, and what makes
/// this host one of its hosts. Each in a secret file of its own. Any thread.
class HostSecrets {
public:
    HostSecrets(const Environment& environment, const HomeLayout& layout)
        : environment_(environment), folder_(layout.hostFolder()) {}

    Result<std::optional<crypto::SecretBytes>> deviceSecret(const AccountId& account) const;
    Status keepDeviceSecret(const AccountId& account, ByteView secret) const;
    Status forgetDeviceSecret(const AccountId& account) const;

    /// A new registration of an account that this host knows: until it is known whether KODiAC took it, the old secret
    /// and the next one are both kept.
    Result<std::optional<crypto::SecretBytes>> nextDeviceSecret(const AccountId& account) const;
    Status keepNextDeviceSecret(const AccountId& account, ByteView secret) const;
    Status forgetNextDeviceSecret(const AccountId& account) const;
    /// It has opened the vault and takes the place of the present one; there is no next one any more.
    Status adoptDeviceSecret(const AccountId& account, ByteView secret) const;

    struct Enrolment {
        HostId host;
        crypto::SecretBytes hotpSecret;
        std::uint32_t oathDigits = 0; ///< of the token whose codes the person's acts take; 0: there is none
    };
    Result<std::optional<Enrolment>> enrolment(const AccountId& account) const;
    /// A token's own secret does not lie here.
    Status keepEnrolment(const AccountId& account, const HostId& host, ByteView hotpSecret,
                         std::uint32_t oathDigits = 0) const;
    Status forgetEnrolment(const AccountId& account) const;

private:
    platform::Path fileFor(const AccountId& account, const char* kind) const;
    Status forget(const platform::Path& file) const;

    Environment environment_;
    platform::Path folder_;
};

} // namespace ssprotect::session
