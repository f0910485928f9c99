#pragma once

#include "ssprotect/base/clock.h"
#include "ssprotect/kodiac/kodiac.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace ssprotect::kodiac::http {

/// ACC-9. Real time.
struct RemoteTimes {
    Duration connect = std::chrono::seconds(5);  ///< name, TCP and TLS, for each server
    Duration request = std::chrono::seconds(15); ///< everything of one call; news may be waited for on top
    Duration keep = std::chrono::seconds(30);    ///< how long an unused connection is kept; less than the server does
    Duration pause = std::chrono::milliseconds(200); ///< before all servers are tried again, doubled each time
};

struct RemoteSettings {
    std::vector<std::string> servers;     ///< "https://host[:port]"; several are one KODiAC
    std::vector<std::string> authorities; ///< pinned CA certificates (PEM): the present and, if known, the next
    RemoteTimes times;
};

/// KODiAC behind HTTPS (TLS 1.3; only the pinned CAs are trusted, and only for the name in the URL). Servers are tried
/// in order, from the one that answered last. Connections are kept; one that the server has closed meanwhile is
/// replaced unnoticed. Any thread.
///
/// A call with a code is sent again after a lost connection, also to another server: KODiAC answers it as the first
/// time. So is one that only reads. Any other only if it surely did not arrive; else `kodiac-unreachable` says
/// that its fate is unknown. `login.finish` goes on no other connection than the one it was proved with.
/// Errors of its own: `kodiac-unreachable`, `server-busy`, and `peer-refused` for a server that shows no certificate of
/// the pinned CAs for its name, or answers what is no answer. No call takes longer than `times.request`, whatever is
/// tried: of what may arrive twice each server gets its share of that time, so that one that hangs is given up for the
/// next.
class RemoteKodiac final : public Kodiac {
public:
    /// `invalid-input` for an URL or a certificate that is none. The clock outlives it.
    static Result<std::unique_ptr<RemoteKodiac>> make(const RemoteSettings& settings, const Clock& clock);
    /// No call may be under way: `cancel` first, then let them return.
    ~RemoteKodiac() override;

    Result<Reply> perform(const Call& call) override;
    crypto::Sha256Digest channelBinding() const override;

    /// The CA that the server will change to, if one is announced; to be pinned beside the present one, as this client
    /// does by itself from then on. Its announcement is signed by a pinned CA, else `integrity`.
    Result<std::optional<std::string>> nextPin();

    /// From now on every call, also one that waits, is `cancelled`. At shutdown.
    void cancel();

private:
    struct Inside;
    explicit RemoteKodiac(std::unique_ptr<Inside> inside);
    std::unique_ptr<Inside> inside_;
};

} // namespace ssprotect::kodiac::http
