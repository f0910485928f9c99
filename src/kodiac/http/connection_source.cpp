#include "connection_source.h"

namespace ssprotect::kodiac::http {
namespace {

constexpr std::size_t kMostKept = 8; // for each server

} // namespace

std::unique_ptr<ClientConnection> KeptConnections::take(std::size_t server) {
    const std::lock_guard lock(mutex_);
    auto& kept = kept_[server];
    while (!kept.empty()) {
        Kept newest = std::move(kept.back());
        kept.pop_back();
        if (clock_.uptime() - newest.since < keep_ && newest.connection->isStillOpen())
            return std::move(newest.connection);
    }
    return nullptr;
}

void KeptConnections::give(std::size_t server, std::unique_ptr<ClientConnection> connection) {
    const std::lock_guard lock(mutex_);
    auto& kept = kept_[server];
    if (kept.size() == kMostKept)
        kept.erase(kept.begin());
    kept.push_back({std::move(connection), clock_.uptime()});
}

std::unique_ptr<ClientConnection> LoginConnection::take(std::size_t server) {
    auto connection = std::move(connection_);
    if (connection && server_ == server && connection->isStillOpen())
        return connection;
    return nullptr;
}

void LoginConnection::give(std::size_t server, std::unique_ptr<ClientConnection> connection) {
    server_ = server;
    connection_ = std::move(connection);
    const std::lock_guard lock(mutex_);
    binding_ = connection_->binding();
}

std::optional<std::size_t> LoginConnection::serverOf(const crypto::Sha256Digest& binding) {
    if (connection_ && connection_->binding() == binding && connection_->isStillOpen())
        return server_;
    return std::nullopt;
}

crypto::Sha256Digest LoginConnection::binding() const {
    const std::lock_guard lock(mutex_);
    return binding_;
}

} // namespace ssprotect::kodiac::http
