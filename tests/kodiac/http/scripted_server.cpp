#include "scripted_server.h"

#include "https_pair.h"

#include <list>
#include <mutex>
#include <thread>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>

namespace ssprotect::kodiac::http {

namespace asio = boost::asio;
namespace beast = boost::beast;
using Tcp = asio::ip::tcp;

struct ScriptedServer::Inside {
    explicit Inside(Script script_) : script(std::move(script_)), tls(asio::ssl::context::tls_server) {
        const auto& own = testCertificate();
        tls.use_certificate_chain(asio::buffer(own.certificate));
        const auto key = own.key.view();
        tls.use_private_key(asio::buffer(key.data(), key.size()), asio::ssl::context::pem);
        SSL_CTX_set_num_tickets(tls.native_handle(), 0);
        acceptor = Tcp::acceptor(context, {asio::ip::make_address("127.0.0.1"), 0});
        listening = std::jthread([this] { accept(); });
    }

    ~Inside() {
        {
            const std::lock_guard lock(mutex);
            stopping = true;
            boost::system::error_code ignored;
            for (auto& connection : connections)
                connection.lowest_layer().shutdown(Tcp::socket::shutdown_both, ignored);
        }
        // A last connection ends the wait for one.
        boost::system::error_code ignored;
        Tcp::socket(context).connect(acceptor.local_endpoint(), ignored);
    }

    void accept() {
        std::vector<std::jthread> serving;
        while (true) {
            Tcp::socket socket(context);
            boost::system::error_code fault;
            acceptor.accept(socket, fault);
            const std::lock_guard lock(mutex);
            if (stopping || fault)
                return;
            auto& connection = connections.emplace_back(std::move(socket), tls);
            serving.emplace_back([this, &connection] { serve(connection); });
        }
    }

    void serve(asio::ssl::stream<Tcp::socket>& connection) {
        boost::system::error_code fault;
        connection.handshake(asio::ssl::stream_base::server, fault);
        beast::flat_buffer buffer;
        while (!fault) {
            beast::http::request<beast::http::string_body> request;
            beast::http::read(connection, buffer, request, fault);
            if (fault)
                break;
            const std::string answer = script(remember(request));
            if (answer.empty())
                break;
            asio::write(connection, asio::buffer(answer), fault);
        }
        const std::lock_guard lock(mutex);
        connection.lowest_layer().shutdown(Tcp::socket::shutdown_both, fault);
    }

    int remember(const beast::http::request<beast::http::string_body>& request) {
        std::ostringstream text;
        text << request;
        const std::lock_guard lock(mutex);
        requests.push_back(text.str());
        return static_cast<int>(requests.size()) - 1;
    }

    const Script script;
    asio::io_context context;
    asio::ssl::context tls;
    Tcp::acceptor acceptor{context};
    std::mutex mutex; ///< over what follows
    bool stopping = false;
    std::list<asio::ssl::stream<Tcp::socket>> connections;
    std::vector<std::string> requests;
    std::jthread listening; ///< last: ends before what it uses
};

ScriptedServer::ScriptedServer(Script script) : inside_(std::make_unique<Inside>(std::move(script))) {}
ScriptedServer::~ScriptedServer() = default;

std::uint16_t ScriptedServer::port() const { return inside_->acceptor.local_endpoint().port(); }

std::vector<std::string> ScriptedServer::requests() const {
    const std::lock_guard lock(inside_->mutex);
    return inside_->requests;
}

std::string rawReply(std::string_view body, std::string_view moreFields, std::string_view status,
                     std::string_view type) {
    return "HTTP/1.1 " + std::string(status) + "\r\nContent-Type: " + std::string(type) + "\r\n" +
           std::string(moreFields) + "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + std::string(body);
}

} // namespace ssprotect::kodiac::http
