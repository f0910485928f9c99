#include "server_core.h"

namespace ssprotect::kodiac::http {

namespace asio = boost::asio;

bool Connections::enter(const std::string& address) {
    const std::lock_guard lock(mutex_);
    if (count_ >= limits_.connections || perAddress_[address] >= limits_.connectionsPerAddress)
        return false;
    ++count_;
    ++perAddress_[address];
    return true;
}

void Connections::leave(const std::string& address) {
    const std::lock_guard lock(mutex_);
    --count_;
    if (--perAddress_[address] == 0)
        perAddress_.erase(address);
    changed_.notify_all();
}

void Connections::add(const std::shared_ptr<Connection>& connection) {
    const std::lock_guard lock(mutex_);
    standing_[connection.get()] = connection;
}

void Connections::remove(const Connection* connection) {
    const std::lock_guard lock(mutex_);
    standing_.erase(connection);
}

std::vector<std::shared_ptr<Connection>> Connections::all() {
    const std::lock_guard lock(mutex_);
    std::vector<std::shared_ptr<Connection>> connections;
    for (const auto& [key, standing] : standing_)
        if (auto connection = standing.lock())
            connections.push_back(std::move(connection));
    return connections;
}

bool Connections::waitForNone(Duration most) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, most, [this] { return count_ == 0; });
}

ServerCore::ServerCore(const ServerSettings& settings_, ServerEnvironment environment_)
    : settings(settings_), environment(std::move(environment_)),
      accounts(environment.clock, settings.limits.requestsPerAccount, settings.limits.burstPerAccount),
      addresses(environment.clock, settings.limits.requestsPerAddress, settings.limits.burstPerAddress),
      pool(static_cast<std::size_t>(settings.workers)), context(settings.ioThreads),
      watch(context, pool, environment.newestEvent, settings.eventInterval, settings.limits.waitingPollers),
      desk(environment.kodiac, pool, watch, settings.limits.waitingCalls) {}

TlsContext ServerCore::tls() const {
    const std::lock_guard lock(mutex_);
    return tls_;
}

void ServerCore::setTls(TlsContext context_) {
    const std::lock_guard lock(mutex_);
    tls_ = std::move(context_);
}

std::optional<NextAuthority> ServerCore::nextAuthority() const {
    const std::lock_guard lock(mutex_);
    return next_;
}

void ServerCore::setNextAuthority(std::optional<NextAuthority> next) {
    const std::lock_guard lock(mutex_);
    next_ = std::move(next);
}

std::string limitKey(const asio::ip::address& address) {
    constexpr std::size_t kNetworkBytes = 8;
    if (address.is_v4())
        return address.to_string();
    const auto v6 = address.to_v6();
    if (v6.is_v4_mapped())
        return asio::ip::make_address_v4(asio::ip::v4_mapped, v6).to_string();
    auto bytes = v6.to_bytes();
    std::fill(bytes.begin() + kNetworkBytes, bytes.end(), static_cast<unsigned char>(0));
    return asio::ip::address_v6(bytes).to_string();
}

} // namespace ssprotect::kodiac::http
