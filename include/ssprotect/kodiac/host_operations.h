#pragma once

#include "ssprotect/kodiac/people.h"

/// The hosts of one account: how another one comes to it (ACC-8), their second factors (TFA-2, TFA-5), and the profiles
/// that follow it (ACC-6).
namespace ssprotect::kodiac {

/// From a new host that has the password but not the device secret: asks the hosts already enrolled for it, sealed to
/// a key made for this. Stands 10 minutes; asking again replaces it.
struct RequestHost {
    static constexpr std::string_view kName = "host.request";
    struct Request {
        crypto::PublicKey agreement{};
    };
    struct Response {};
};

/// What became of it: nothing yet, or the sealed device secret. `expired`.
struct HostApproval {
    static constexpr std::string_view kName = "host.approval";
    struct Request {};
    struct Response {
        bool approved = false;
        crypto::PublicKey encapsulated{};
        Bytes ciphertext;
    };
};

struct ListHosts {
    static constexpr std::string_view kName = "host.list";
    struct Row {
        HostId host;
        std::string name;
        bool enrolled = false;
        bool oath = false;
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

/// From an enrolled host. `changed-meanwhile` when the request is not the one that was compared.
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

/// That host's sessions end and its second factor is void.
struct RemoveHost {
    static constexpr std::string_view kName = "host.remove";
    struct Request {
        HostId host;
    };
    struct Response {};
};

/// TFA-2, without a session, after a Privileged User has permitted it: two consecutive codes of this host's secret set
/// the counter. Throttled like any code.
struct SyncSecondFactor {
    static constexpr std::string_view kName = "second-factor.sync";
    struct Request {
        std::string email;
        HostId host;
        std::uint64_t counter = 0; ///< of the first code
        std::string code;
        std::string nextCode;
    };
    struct Response {
        std::uint64_t nextCounter = 0; ///< with which the host goes on
    };
};

/// TFA-5: an OATH HOTP token takes the place of this host's software secret. `code` proves it; the calls that follow
/// carry the token's codes, and their counter only numbers the requests.
struct UseOathToken {
    static constexpr std::string_view kName = "second-factor.use-oath";
    struct Request {
        crypto::SecretBytes secret; ///< 16–64 bytes
        std::uint32_t digits = 6;   ///< 6–8
        std::uint64_t firstCounter = 0; ///< the token's counter, if not new
        std::string code;
    };
    struct Response {};
};

/// Back to a software secret, proved by the account's signature as EnrolHost; the call carries the token's last code.
/// (`host.enrol` does it.)

struct DeployedProfile {
    std::string name;
    std::string email;
    std::vector<std::string> servers; ///< URLs; none: the embedded KODiAC
    std::vector<std::string> pins;    ///< PEM certificates of the servers' CAs
};

/// *Remote Profile Deployment*: the definitions this account keeps at KODiAC.
struct ListProfiles {
    static constexpr std::string_view kName = "profiles.list";
    struct Request {};
    struct Response {
        std::vector<DeployedProfile> profiles;
    };
};
/// Adds it, or replaces the one of that name.
struct DeployProfile {
    static constexpr std::string_view kName = "profiles.deploy";
    struct Request {
        DeployedProfile profile;
    };
    struct Response {};
};
struct WithdrawProfile {
    static constexpr std::string_view kName = "profiles.withdraw";
    struct Request {
        std::string name;
    };
    struct Response {};
};

} // namespace ssprotect::kodiac
