#pragma once

#include "ssprotect/kodiac/server_url.h"

#include <chrono>
#include <vector>

#include <boost/asio/ip/tcp.hpp>

namespace ssprotect::kodiac::http {

using Deadline = std::chrono::steady_clock::time_point;
using Endpoints = std::vector<boost::asio::ip::tcp::endpoint>;

} // namespace ssprotect::kodiac::http
