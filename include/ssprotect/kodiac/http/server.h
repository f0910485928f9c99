#pragma once

#include "ssprotect/base/clock.h"
#include "ssprotect/base/log.h"
#include "ssprotect/crypto/certificate.h"
#include "ssprotect/kodiac/kodiac.h"
#include "ssprotect/kodiac/wire.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace ssprotect::kodiac::http {

/// What a stranger may take of the server. Time-outs are real time.
struct ServerLimits {
    std::size_t headerBytes = 16 << 10;
    std::size_t bodyBytes = kLargestBody + (256 << 10); ///< of one request, the line of its secrets included
    std::size_t bodyBytesInAll = 64 << 20;              ///< of the requests that are being read or done
    Duration handshakeTime = std::chrono::seconds(10);
    Duration headerTime = std::chrono::seconds(10); ///< from the first byte to the end of the head
    Duration bodyTime = std::chrono::seconds(60);   ///< for a body, and for a reply to be taken
    Duration idleTime = std::chrono::seconds(75);   ///< of a connection that is kept
    std::size_t connections = 4000;
    std::size_t connectionsPerAddress = 500; ///< IPv6: per /64
    /// Tokens a second and at most, for each account as seen from one address (the account is only claimed: nobody may
    /// use up another's), and for each address.
    double requestsPerAccount = 100;
    double burstPerAccount = 300;
    double requestsPerAddress = 1000;
    double burstPerAddress = 3000;
    std::size_t waitingCalls = 512;    ///< for a worker; one more is answered 503
    std::size_t waitingPollers = 2000; ///< for news (events.list); one more is answered at once
    Duration stopTime = std::chrono::seconds(20);
};

struct ServerSettings {
    std::string address = "127.0.0.1"; ///< numeric
    std::uint16_t port = 0;            ///< 0: any; see `Server::port`
    int ioThreads = 2;
    int workers = 8; ///< how many calls KODiAC does at once
    Duration eventInterval = std::chrono::milliseconds(200);
    ServerLimits limits;
};

/// The next CA, vouched for by the present one's key: nextAuthorityBytes, signed.
struct NextAuthority {
    std::string certificate;
    Bytes signature;
};

/// What the server stands on. All of it outlives the server and takes calls from any thread.
struct ServerEnvironment {
    Kodiac& kodiac;
    const Clock& clock;
    Log& log;
    /// Whether the database answers, for /healthz.
    std::function<Status()> healthy;
    /// The number of the newest event of all; it rises with each. None: events.list is never waited for.
    std::function<Result<std::int64_t>()> newestEvent;
};

/// KODiAC over HTTPS: every operation as `POST /v1/<operation>` (docs/kodiac-api.md), and GET of `/` (the API as a
/// page), `/openapi.json`, `/healthz` and `/ca/next`. TLS 1.3 only, HTTP/1.1, no pipelining. Each call carries the
/// tls-exporter value of its connection. A line of the log for each request says operation, result, time and
/// size, never who.
class Server {
public:
    /// Listens when it returns. `invalid-input` for a certificate or an address that is none, `io-error` when the
    /// address cannot be listened at.
    static Result<std::unique_ptr<Server>>
    start(const ServerSettings& settings, const crypto::CertifiedKey& certificate, ServerEnvironment environment);
    /// Stops.
    ~Server();

    std::uint16_t port() const;

    // Any thread.
    /// New connections are shown this certificate; those that stand go on.
    Status reload(const crypto::CertifiedKey& certificate);
    void setNextAuthority(std::optional<NextAuthority> next);
    /// No more connections; what runs is finished and answered, for at most `stopTime`; then all is closed. Waits for
    /// it.
    void stop();

private:
    struct Inside;
    explicit Server(std::unique_ptr<Inside> inside);
    std::unique_ptr<Inside> inside_;
};

} // namespace ssprotect::kodiac::http
