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
        : servers_(std::move(servers)), times_(times), resolver_(servers_.size()), tls_(std::move(tls)) {}

    /// The bytes of a request, made for the server it goes to.
    using Request = std::function<WipedBytes(const ServerAddress&)>;
    struct Errand {
        Request request;
        bool repeatable = false; ///< may arrive twice
        Deadline deadline;       ///< of all attempts together
        Duration patience{};     ///< how long a server may wait before it answers, at most
    };

    /// From the server that answered last on, until one answers. An Error says that none did.
    Result<HttpResponse> ask(const Errand& errand, ConnectionSource& connections);
    /// On a connection that `connections` has, or not at all.
    Result<HttpResponse> askOn(std::size_t server, const Errand& errand, ConnectionSource& connections);

    /// New connections are made under it from now on.
    void use(TlsContext tls);
    void cancel();

private:
    struct Attempt {
        std::optional<HttpResponse> response;
        Error error;
        bool hopeless = false; ///< not to be tried again, here or elsewhere
    };
    /// `until`: what this server may take of the time, unless the request may not go to another any more.
    Attempt tryServer(std::size_t server, const Errand& errand, Deadline until, ConnectionSource& connections);
    Attempt exchange(std::size_t server, std::unique_ptr<ClientConnection> connection, const Errand& errand,
                     Deadline until, ConnectionSource& connections);
    Result<std::unique_ptr<ClientConnection>> connect(std::size_t server, Deadline deadline);
    TlsContext tls();
    /// Waits; false when there is no time left, or it was cancelled.
    bool pause(Duration time, Deadline deadline);
    Error outOfReach(std::size_t server, const Error& why) const;

    class Use;

    const std::vector<ServerAddress> servers_;
    const RemoteTimes times_;
    NameResolver resolver_;
    std::atomic<std::size_t> preferred_{0};

    std::mutex mutex_; ///< over what follows
    TlsContext tls_;
    std::condition_variable changed_;
    bool cancelled_ = false;
    std::set<ClientConnection*> inUse_;
};

} // namespace ssprotect::kodiac::http
