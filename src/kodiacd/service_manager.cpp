#include "service_manager.h"

#include <cstdlib>
#include <string>

#include <boost/asio/io_context.hpp>
#include <boost/asio/local/datagram_protocol.hpp>

namespace ssprotect::kodiacd {

void tellServiceManager(std::string_view state) {
    using boost::asio::local::datagram_protocol;
    const char* named = std::getenv("NOTIFY_SOCKET");
    if (named == nullptr || (named[0] != '/' && named[0] != '@'))
        return;
    std::string path(named);
    if (path.front() == '@')
        path.front() = '\0'; // the abstract namespace
    // Who started us is told what they asked for; a word that is lost changes nothing of ours.
    try {
        boost::asio::io_context context;
        datagram_protocol::socket socket(context);
        boost::system::error_code lost;
        socket.open(datagram_protocol(), lost);
        if (!lost)
            socket.send_to(boost::asio::buffer(state), datagram_protocol::endpoint(path), 0, lost);
    } catch (const std::exception&) {
        return;
    }
}

void tellReloading(const Clock& clock) {
    const auto micros = std::chrono::duration_cast<std::chrono::microseconds>(clock.uptime()).count();
    tellServiceManager("RELOADING=1\nMONOTONIC_USEC=" + std::to_string(micros));
}

} // namespace ssprotect::kodiacd
