#include "raw_client.h"

#include "https_pair.h"

#include <algorithm>
#include <cctype>

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>

namespace ssprotect::kodiac::http {

namespace asio = boost::asio;
namespace beast = boost::beast;

struct RawClient::Inside {
    explicit Inside(Over over_) : over(over_), tls(contextFor(over_)), stream(context, tls) {}

    // Before the stream is made, which takes over what its context says then.
    static asio::ssl::context contextFor(Over over) {
        asio::ssl::context tls(asio::ssl::context::tls_client);
        if (over == Over::tls12)
            SSL_CTX_set_max_proto_version(tls.native_handle(), TLS1_2_VERSION);
        const auto& pem = testAuthority().certificate;
        tls.add_certificate_authority(asio::buffer(pem));
        tls.set_verify_mode(asio::ssl::verify_peer);
        return tls;
    }

    const Over over;
    asio::io_context context;
    asio::ssl::context tls;
    asio::ssl::stream<asio::ip::tcp::socket> stream;
    beast::flat_buffer buffer;
    bool connected = false;
};

RawClient::RawClient(std::uint16_t port, Over over) : inside_(std::make_unique<Inside>(over)) {
    boost::system::error_code fault;
    inside_->stream.next_layer().connect({asio::ip::make_address("127.0.0.1"), port}, fault);
    if (!fault && over != Over::tcp)
        inside_->stream.handshake(asio::ssl::stream_base::client, fault);
    inside_->connected = !fault;
}
RawClient::~RawClient() = default;

bool RawClient::isConnected() const { return inside_->connected; }

void RawClient::send(std::string_view text) {
    boost::system::error_code ignored; // the server may have closed; that shows when it is read
    if (inside_->over == Over::tcp)
        asio::write(inside_->stream.next_layer(), asio::buffer(text), ignored);
    else
        asio::write(inside_->stream, asio::buffer(text), ignored);
}

std::optional<RawAnswer> RawClient::receive() {
    beast::http::response<beast::http::string_body> response;
    boost::system::error_code fault;
    beast::http::read(inside_->stream, inside_->buffer, response, fault);
    if (fault)
        return std::nullopt;
    RawAnswer answer{static_cast<int>(response.result_int()), {}, response.body()};
    for (const auto& field : response) {
        std::string name(field.name_string());
        std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) { return std::tolower(c); });
        answer.fields[name] = std::string(field.value());
    }
    return answer;
}

bool RawClient::isClosed() {
    boost::system::error_code fault;
    char next = 0;
    if (inside_->over == Over::tcp) {
        // What the server says before it closes is TLS's word for it.
        while (!fault)
            inside_->stream.next_layer().read_some(asio::buffer(&next, 1), fault);
        return true;
    }
    inside_->stream.read_some(asio::buffer(&next, 1), fault);
    return bool(fault);
}

std::string rawPost(std::string_view operation, std::string_view body, std::string_view moreFields) {
    return "POST /v1/" + std::string(operation) + " HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n" +
           std::string(moreFields) + "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + std::string(body);
}

} // namespace ssprotect::kodiac::http
