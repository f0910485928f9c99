#pragma once

#include "call_desk.h"
#include "pages.h"
#include "rate_limiter.h"
#include "ssprotect/kodiac/http/server.h"
#include "tls.h"

#include <atomic>
#include <condition_variable>
#include <map>
#include <mutex>
#include <set>

#include <boost/asio/ip/address.hpp>

namespace ssprotect::kodiac::http {

class Connection;

/// The connections that stand, counted in all and by address. Any thread.
class Connections {
public:
    explicit Connections(const ServerLimits& limits) : limits_(limits) {}

    /// False when there are too many already.
    bool enter(const std::string& address);
    void leave(const std::string& address);

    void add(const std::shared_ptr<Connection>& connection);
    void remove(const Connection* connection);
    std::vector<std::shared_ptr<Connection>> all();
    /// False when some are left after `most`.
    bool waitForNone(Duration most);

private:
    const ServerLimits& limits_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::size_t count_ = 0;
    std::map<std::string, std::size_t> perAddress_;
    std::map<const Connection*, std::weak_ptr<Connection>> standing_;
};

/// What the connections of one server share. Any thread.
struct ServerCore {
    ServerCore(const ServerSettings& settings_, ServerEnvironment environment_);

    const ServerSettings settings;
    const ServerEnvironment environment;
    const StandingPages pages = makeStandingPages();
    Connections connections{settings.limits};
    RateLimiter accounts;
    RateLimiter addresses;
    std::atomic<std::size_t> bodyBytes{0}; ///< of requests that are read or done now
    std::atomic<bool> stopping{false};

    boost::asio::thread_pool pool;
    boost::asio::io_context context;
    EventWatch watch;
    CallDesk desk;

    TlsContext tls() const;
    void setTls(TlsContext context_);
    std::optional<NextAuthority> nextAuthority() const;
    void setNextAuthority(std::optional<NextAuthority> next);

private:
    mutable std::mutex mutex_; ///< over what follows
    TlsContext tls_;
    std::optional<NextAuthority> next_;
};

/// Whom limits count: an IPv4 address, or the /64 of an IPv6 one.
std::string limitKey(const boost::asio::ip::address& address);

} // namespace ssprotect::kodiac::http
