#pragma once

#include "ssprotect/base/ids.h"
#include "ssprotect/base/result.h"
#include "ssprotect/crypto/hash.h"
#include "ssprotect/crypto/secret.h"

#include <string>
#include <string_view>
#include <vector>

namespace ssprotect::kodiac {

using SessionId = Id<struct SessionTag>;

/// One operation as it reaches KODiAC, in process or over HTTPS. Secrets travel
/// beside the JSON body, never in it; the operation says what each one is.
struct Call {
    std::string operation; ///< a name of the operation table, "file.begin"
    std::string body;      ///< the request as JSON, these exact bytes
    std::vector<crypto::SecretBytes> secrets;

    // Empty for the operations that come before a session.
    AccountId account;
    HostId host;
    SessionId session;
    crypto::SecretBytes token; ///< 32 bytes
    std::uint64_t counter = 0; ///< HOTP counter of this operation
    std::string code;          ///< its 8 digits, or a token's 6 to 8 (TFA-5)
    /// RFC 9266 tls-exporter value of the connection that the call came on, zeros in process; no part of the request
    /// hash. A client sets what it proved a login with, a server overwrites it with the value of its own connection.
    crypto::Sha256Digest channelBinding{};
};

struct Reply {
    std::string body;
    std::vector<crypto::SecretBytes> secrets;
};

/// SHA-256("ssprotect/req/v1" ‖ account ‖ host ‖ session ‖ counter ‖ operation ‖ exact body): what a
/// repeated counter must match. `operation` and `body` are preceded by their 4-byte lengths; each secret
/// follows as its length and its SHA-256.
crypto::Sha256Digest requestHash(const Call& call);

/// The authority: `Authority` in process, or its HTTPS client. Any thread; calls of one
/// account and host are made one at a time (their counters rise). A refusal is an Error with the
/// reason; it has taken the counter unless it says that caller, code or counter were not accepted (`not-logged-in`,
/// `login-failed`, `second-factor-…`) or that KODiAC itself failed. `kodiac-unreachable` only from the remote
/// implementation.
class Kodiac {
public:
    virtual ~Kodiac() = default;
    virtual Result<Reply> perform(const Call& call) = 0;
    /// What both sides mix into the login proof: the tls-exporter value of the connection that the login in progress
    /// uses (since its `login.start`), or 32 zero bytes in process. The caller puts it into `login.finish`, which is
    /// `kodiac-unreachable` when that connection is gone: the login then starts over.
    virtual crypto::Sha256Digest channelBinding() const = 0;
};

} // namespace ssprotect::kodiac
