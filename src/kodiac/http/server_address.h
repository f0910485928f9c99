#pragma once

#include "ssprotect/base/result.h"

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <boost/asio/ip/tcp.hpp>

namespace ssprotect::kodiac::http {

using Deadline = std::chrono::steady_clock::time_point;

struct ServerAddress {
    std::string host; ///< a name or an address, without brackets
    std::uint16_t port = 0;
    std::string shown; ///< as in the field Host: "[::1]:8443"
};

/// "https://host[:port]", port 443 if none is said; `invalid-input` for anything else.
Result<ServerAddress> parseServerUrl(std::string_view url);

using Endpoints = std::vector<boost::asio::ip::tcp::endpoint>;

} // namespace ssprotect::kodiac::http
