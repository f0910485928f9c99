#pragma once

#include "server_address.h"

#include <future>
#include <map>
#include <mutex>

#include <boost/asio/thread_pool.hpp>

namespace ssprotect::kodiac::http {

/// Looks names up without letting a slow system resolver hold its callers: it goes on in the background, and
/// whoever asks next waits for the same answer. Any thread. Its end waits for what the system still looks up.
class NameResolver {
public:
    explicit NameResolver(std::size_t names) : pool_(names) {}
    ~NameResolver() { pool_.join(); }

    /// `kodiac-unreachable` for a name that is not known or not by `deadline`. A numeric address is itself.
    Result<Endpoints> resolve(const ServerAddress& address, Deadline deadline);

private:
    std::shared_future<Endpoints> lookUp(const ServerAddress& address);

    std::mutex mutex_;
    std::map<std::string, std::shared_future<Endpoints>> underWay_;
    boost::asio::thread_pool pool_;
};

} // namespace ssprotect::kodiac::http
