#include "name_resolver.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>

namespace ssprotect::kodiac::http {
namespace {

namespace asio = boost::asio;
using Tcp = asio::ip::tcp;

Endpoints endpointsOf(const ServerAddress& address) {
    asio::io_context context;
    Tcp::resolver resolver(context);
    boost::system::error_code fault;
    Endpoints endpoints;
    for (const auto& found : resolver.resolve(address.host, std::to_string(address.port), fault))
        endpoints.push_back(found.endpoint());
    return endpoints;
}

} // namespace

std::shared_future<Endpoints> NameResolver::lookUp(const ServerAddress& address) {
    const std::lock_guard lock(mutex_);
    auto& known = underWay_[address.shown];
    if (known.valid() && known.wait_for(std::chrono::seconds(0)) != std::future_status::ready)
        return known;
    auto promise = std::make_shared<std::promise<Endpoints>>();
    known = promise->get_future().share();
    asio::post(pool_, [promise, address] { promise->set_value(endpointsOf(address)); });
    return known;
}

Result<Endpoints> NameResolver::resolve(const ServerAddress& address, Deadline deadline) {
    boost::system::error_code isName;
    const auto numeric = asio::ip::make_address(address.host, isName);
    if (!isName)
        return Endpoints{{numeric, address.port}};
    const auto found = lookUp(address);
    if (found.wait_until(deadline) != std::future_status::ready)
        return makeError(ErrorCode::kodiacUnreachable, "its name was not resolved in time");
    if (found.get().empty())
        return makeError(ErrorCode::kodiacUnreachable, "its name is not known");
    return found.get();
}

} // namespace ssprotect::kodiac::http
