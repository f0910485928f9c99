#pragma once

#include "client_connection.h"
#include "ssprotect/base/clock.h"

#include <map>
#include <mutex>
#include <vector>

namespace ssprotect::kodiac::http {

/// Connections that stand unused, by the server's place in the list. Any thread.
class ConnectionSource {
public:
    virtual ~ConnectionSource() = default;
    /// One that is still open; null: there is none.
    virtual std::unique_ptr<ClientConnection> take(std::size_t server) = 0;
    virtual void give(std::size_t server, std::unique_ptr<ClientConnection> connection) = 0;
};

/// A few for each server, the one used last first.
class KeptConnections final : public ConnectionSource {
public:
    KeptConnections(const Clock& clock, Duration keep) : clock_(clock), keep_(keep) {}

    std::unique_ptr<ClientConnection> take(std::size_t server) override;
    void give(std::size_t server, std::unique_ptr<ClientConnection> connection) override;

private:
    struct Kept {
        std::unique_ptr<ClientConnection> connection;
        Duration since{};
    };
    const Clock& clock_;
    const Duration keep_;
    std::mutex mutex_;
    std::map<std::size_t, std::vector<Kept>> kept_;
};

/// The one connection that logins go over: its exporter value is what they are proved with. Who uses it holds `use`
/// all the while; `binding` may be asked for at any time.
class LoginConnection final : public ConnectionSource {
public:
    std::timed_mutex& use() { return use_; }

    std::unique_ptr<ClientConnection> take(std::size_t server) override;
    void give(std::size_t server, std::unique_ptr<ClientConnection> connection) override;

    /// The server whose connection has that value and still stands.
    std::optional<std::size_t> serverOf(const crypto::Sha256Digest& binding);
    crypto::Sha256Digest binding() const;

private:
    std::timed_mutex use_;
    std::size_t server_ = 0;
    std::unique_ptr<ClientConnection> connection_;
    mutable std::mutex mutex_; ///< over what follows
    crypto::Sha256Digest binding_{};
};

} // namespace ssprotect::kodiac::http
