#include "server_list.h"

#include <algorithm>

namespace ssprotect::kodiac::http {
namespace {

/// With the pauses between them longer than a daemon takes to start again.
constexpr int kRounds = 5;

/// The share of one of the `left` servers that may still be asked: one that hangs must not take the time of the others.
/// The last may have all of it.
Deadline shareOf(const ServerList::Errand& errand, std::size_t left) {
    const Deadline now = std::chrono::steady_clock::now();
    const auto work = std::max<Deadline::duration>(errand.deadline - now - errand.patience, {});
    return std::min<Deadline>(errand.deadline, now + errand.patience + work / static_cast<int>(left));
}

Error cancelledError() { return makeError(ErrorCode::cancelled, "the program is being ended"); }

Error fateUnknown(const std::string& server) {
    return makeError(ErrorCode::kodiacUnreachable,
                     "KODiAC (" + server +
                         ") was asked, but the connection was lost before its answer: it may have "
                         "done what was asked; look before you try again");
}

} // namespace

/// While it lives `cancel` reaches the connection.
class ServerList::Use {
public:
    Use(ServerList& list, ClientConnection& connection) : list_(list), connection_(connection) {
        const std::lock_guard lock(list_.mutex_);
        list_.inUse_.insert(&connection_);
        if (list_.cancelled_)
            connection_.cancel();
    }
    ~Use() {
        const std::lock_guard lock(list_.mutex_);
        list_.inUse_.erase(&connection_);
    }
    Use(const Use&) = delete;
    Use& operator=(const Use&) = delete;

private:
    ServerList& list_;
    ClientConnection& connection_;
};

void ServerList::use(TlsContext tls) {
    const std::lock_guard lock(mutex_);
    tls_ = std::move(tls);
}

TlsContext ServerList::tls() {
    const std::lock_guard lock(mutex_);
    return tls_;
}

void ServerList::cancel() {
    const std::lock_guard lock(mutex_);
    cancelled_ = true;
    for (ClientConnection* connection : inUse_)
        connection->cancel();
    changed_.notify_all();
}

bool ServerList::pause(Duration time, Deadline deadline) {
    std::unique_lock lock(mutex_);
    const auto until = std::min<Deadline>(deadline, std::chrono::steady_clock::now() + time);
    return !changed_.wait_until(lock, until, [this] { return cancelled_; }) && until < deadline;
}

Error ServerList::outOfReach(std::size_t server, const Error& why) const {
    if (why.code != ErrorCode::kodiacUnreachable)
        return {why.code, "KODiAC at " + servers_[server].shown + ": " + why.message};
    return {why.code, "KODiAC is out of reach (" + servers_[server].shown + ": " + why.message +
                          "); check the network and that the server runs, then try again"};
}

Result<std::unique_ptr<ClientConnection>> ServerList::connect(std::size_t server, Deadline deadline) {
    const ServerAddress& address = servers_[server];
    const auto until = std::min<Deadline>(deadline, std::chrono::steady_clock::now() + times_.connect);
    const auto endpoints = resolver_.resolve(address, until);
    if (!endpoints)
        return endpoints.error();
    auto connection = std::make_unique<ClientConnection>(tls());
    const Use use(*this, *connection);
    if (auto connected = connection->connect(address, *endpoints, until); !connected)
        return std::move(connected).error();
    return connection;
}

ServerList::Attempt ServerList::exchange(std::size_t server, std::unique_ptr<ClientConnection> connection,
                                         const Errand& errand, Deadline until, ConnectionSource& connections) {
    // What may not be sent twice is lost with this answer: it gets all the time there is.
    const Deadline deadline = errand.repeatable ? until : errand.deadline;
    const auto outcome = [&] {
        const Use use(*this, *connection);
        return connection->exchange(errand.request(servers_[server]), deadline);
    }();
    if (const auto* loss = std::get_if<Loss>(&outcome)) {
        const bool unknown = loss->arrived && !errand.repeatable;
        if (loss->error.code == ErrorCode::kodiacUnreachable && unknown)
            return {std::nullopt, fateUnknown(servers_[server].shown), true};
        return {std::nullopt, outOfReach(server, loss->error), unknown};
    }
    Attempt attempt{std::get<HttpResponse>(outcome), {}, false};
    if (attempt.response->keep)
        connections.give(server, std::move(connection));
    return attempt;
}

ServerList::Attempt ServerList::tryServer(std::size_t server, const Errand& errand, Deadline until,
                                          ConnectionSource& connections) {
    if (auto kept = connections.take(server)) {
        auto attempt = exchange(server, std::move(kept), errand, until, connections);
        if (attempt.response || attempt.hopeless)
            return attempt;
    }
    auto fresh = connect(server, until);
    if (!fresh)
        return {std::nullopt, outOfReach(server, fresh.error()), false};
    return exchange(server, std::move(*fresh), errand, until, connections);
}

Result<HttpResponse> ServerList::ask(const Errand& errand, ConnectionSource& connections) {
    Error last;
    std::optional<HttpResponse> busy;
    Duration wait = times_.pause;
    for (int round = 0; round < kRounds; ++round) {
        if (round > 0) {
            if (!pause(wait, errand.deadline))
                break;
            wait *= 2;
        }
        const std::size_t first = preferred_;
        for (std::size_t i = 0; i < servers_.size(); ++i) {
            const std::size_t server = (first + i) % servers_.size();
            auto attempt = tryServer(server, errand, shareOf(errand, servers_.size() - i), connections);
            if (attempt.response && !attempt.response->retryLater) {
                preferred_ = server;
                return std::move(*attempt.response);
            }
            if (attempt.response)
                busy = std::move(attempt.response);
            else if (last.code != ErrorCode::peerRefused || attempt.error.code == ErrorCode::peerRefused)
                last = std::move(attempt.error); // a server that is none is worse than one that is away
            if (!busy)
                preferred_ = (server + 1) % servers_.size();
            if (attempt.hopeless)
                return last;
        }
    }
    const std::lock_guard lock(mutex_);
    if (cancelled_)
        return cancelledError();
    if (busy)
        return std::move(*busy);
    return last;
}

Result<HttpResponse> ServerList::askOn(std::size_t server, const Errand& errand, ConnectionSource& connections) {
    auto connection = connections.take(server);
    if (!connection)
        return makeError(ErrorCode::kodiacUnreachable, "the connection on which the login began is gone; log in again");
    auto attempt = exchange(server, std::move(connection), errand, errand.deadline, connections);
    if (attempt.response)
        return std::move(*attempt.response);
    return std::move(attempt.error);
}

} // namespace ssprotect::kodiac::http
