#pragma once

#include "connection_source.h"
#include "name_resolver.h"
#include "ssprotect/kodiac/http/remote_kodiac.h"

#include <atomic>
#include <condition_variable>
#include <functional>
#include <set>

namespace ssprotect::kodiac::http {

/// The servers of one KODiAC and the way to an answer of one of them. Any thread.
class ServerList {
public:
    ServerList(std::vector<ServerAddress> servers, TlsContext tls, const RemoteTimes& times)
        : servers_(std::move(servers)), tls_(std::move(tls)), times_(times), resolver_(servers_.size()) {}

    /// The bytes of a request, made for the server it goes to.
    using Request = std::function<WipedBytes(const ServerAddress&)>;
    struct Errand {
        Request request;
        bool repeatable = false; ///< may arrive twice
        Deadline deadline;
    };

    /// From the server that answered last on, until one answers. An Error says that none did.
    Result<HttpResponse> ask(const Errand& errand, ConnectionSource& connections);
    /// On a connection that `connections` has, or not at all.
    Result<HttpResponse> askOn(std::size_t server, const Errand& errand, ConnectionSource& connections);

    void cancel();

private:
    struct Attempt {
        std::optional<HttpResponse> response;
        Error error;
        bool hopeless = false; ///< not to be tried again, here or elsewhere
    };
    Attempt tryServer(std::size_t server, const Errand& errand, ConnectionSource& connections);
    Attempt exchange(std::size_t server, std::unique_ptr<ClientConnection> connection, const Errand& errand,
                     ConnectionSource& connections);
    Result<std::unique_ptr<ClientConnection>> connect(std::size_t server, Deadline deadline);
    /// Waits; false when there is no time left, or it was cancelled.
    bool pause(Duration time, Deadline deadline);
    Error outOfReach(std::size_t server, const Error& why) const;

    class Use;

    const std::vector<ServerAddress> servers_;
    const TlsContext tls_;
    const RemoteTimes times_;
    NameResolver resolver_;
    std::atomic<std::size_t> preferred_{0};

    std::mutex mutex_; ///< over what follows
    std::condition_variable changed_;
    bool cancelled_ = false;
    std::set<ClientConnection*> inUse_;
};

} // namespace ssprotect::kodiac::http
