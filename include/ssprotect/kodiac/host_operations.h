#pragma once

#include "ssprotect/kodiac/people.h"

/// The hosts of one account: how another one comes to it (ACC-8), their second factors (TFA-2, TFA-5), and the profiles
/// that follow it (ACC-6).
namespace ssprotect::kodiac {

/// From a new host that has the password but not the device secret: asks the hosts already enrolled for it, sealed to
/// a key made for this. Stands for `kHostRequestLife`; asking again replaces it.
constexpr Duration kHostRequestLife = std::chrono::minutes(10);
struct RequestHost {
    static constexpr std::string_view kName = "host.request";
    struct Request {
        crypto::PublicKey agreement{};
    };
    struct Response {};
};

/// What became of it: nothing yet, or the sealed device secret. `expired`; `not-found` when nothing was asked.
struct HostApproval {
    static constexpr std::string_view kName = "host.approval";
    struct Request {};
    struct Response {
        bool approved = false;
        crypto::PublicKey encapsulated{};
        Bytes ciphertext;
    };
};

/// Those of the caller's account: first those that ask, the latest before the others; then the enrolled ones. One that
/// was never enrolled is gone a day after its last session.
struct ListHosts {
    static constexpr std::string_view kName = "host.list";
    static constexpr bool kUnattended = true;
    struct Row {
        HostId host;
        std::string name;
        bool enrolled = false; ///< it has a second factor
        bool oath = false;     ///< from a token
        /// Waiting to be approved: compare `hostComparisonCode` with what that host shows.
        std::optional<crypto::PublicKey> asks;
    };
    struct Request {};
    struct Response {
        std::vector<Row> rows;
    };
};
/// As `comparisonCode`, over "ssprotect/host/v1" ‖ account ‖ host ‖ agreement key.
std::string hostComparisonCode(const AccountId& account, const HostId& host, const crypto::PublicKey& agreement);
/// "ssprotect/host/v1" ‖ account ‖ host: HPKE info of the sealed device secret.
Bytes hostApprovalInfo(const AccountId& account, const HostId& host);

/// From an enrolled host. `changed-meanwhile` when the request is not the one that was compared, `expired`,
/// `not-found`.
struct ApproveHost {
    static constexpr std::string_view kName = "host.approve";
    struct Request {
        HostId host;
        crypto::PublicKey agreement{};
        crypto::PublicKey encapsulated{};
        Bytes ciphertext;
    };
    struct Response {};
};

/// That host's sessions end and its second factor is void; it may come again as a new host. `refused` for the host that
/// asks. Whoever has that host and knows the password is not kept out by this: change the password too.
struct RemoveHost {
    static constexpr std::string_view kName = "host.remove";
    struct Request {
        HostId host;
    };
    struct Response {};
};

/// How far apart host and KODiAC may be for *Sync 2Factor*.
constexpr std::uint64_t kSyncDistance = 100'000;
constexpr std::uint64_t kTokenSyncDistance = 10'000; ///< presses of an OATH token

/// TFA-2, without a session, after a Privileged User has permitted it (PermitSync), else `refused`: two consecutive
/// codes of this host's secret bring both together, which uses the permission up. Throttled like any code. The counter
/// of the first code may lie `kSyncDistance` beyond or before the one that KODiAC expects; the codes of a token are
/// looked for among the next `kTokenSyncDistance`.
struct SyncSecondFactor {
    static constexpr std::string_view kName = "second-factor.sync";
    struct Request {
        std::string email;
        HostId host;
        std::uint64_t counter = 0; ///< of the first code; 0 for a token
        std::string code;
        std::string nextCode;
    };
    struct Response {
        std::uint64_t nextCounter = 0; ///< with which the host goes on; never one that was taken before
    };
};

/// TFA-5: an OATH HOTP token takes the place of this host's software secret. `code`, one of the token's next ten,
/// proves it; the calls that follow carry the token's codes, each once, and their counter only numbers the requests. The
/// software secret stays at the host for the `kUnattended` ones, whose code belongs to their counter as before.
constexpr std::size_t kLeastOathSecret = 16; ///< RFC 4226, R6
constexpr std::size_t kMostOathSecret = 64;
struct UseOathToken {
    static constexpr std::string_view kName = "second-factor.use-oath";
    struct Request {
        crypto::SecretBytes secret;     ///< kLeastOathSecret–kMostOathSecret bytes
        std::uint32_t digits = 6;       ///< 6–8
        std::uint64_t firstCounter = 0; ///< the token's counter, if not new
        std::string code;
    };
    struct Response {};
};

/// Back to a software secret, proved by the account's signature as EnrolHost; the call carries the token's last code.
/// (`host.enrol` does it.)

constexpr std::size_t kMostProfiles = 100; ///< of one account
constexpr std::size_t kMostServers = 16;
constexpr std::size_t kMostPins = 8;
constexpr std::size_t kLongestServer = 2048;
constexpr std::size_t kLongestPin = 16 << 10;
struct DeployedProfile {
    std::string name;
    std::string email;
    std::vector<std::string> servers; ///< https URLs; none: the embedded KODiAC
    std::vector<std::string> pins;    ///< PEM certificates of the servers' CAs
};

/// *Remote Profile Deployment*: the definitions this account keeps at KODiAC, by name.
struct ListProfiles {
    static constexpr std::string_view kName = "profiles.list";
    static constexpr bool kUnattended = true;
    struct Request {};
    struct Response {
        std::vector<DeployedProfile> profiles;
    };
};
/// Adds it, or replaces the one of that name (compared without case). `quota-exceeded` above `kMostProfiles`.
struct DeployProfile {
    static constexpr std::string_view kName = "profiles.deploy";
    struct Request {
        DeployedProfile profile;
    };
    struct Response {};
};
/// `not-found`.
struct WithdrawProfile {
    static constexpr std::string_view kName = "profiles.withdraw";
    struct Request {
        std::string name;
    };
    struct Response {};
};

} // namespace ssprotect::kodiac
