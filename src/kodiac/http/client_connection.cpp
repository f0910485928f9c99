#include "client_connection.h"

#include "call_form.h"
#include "ssprotect/kodiac/wire.h"

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/ssl/error.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/vector_body.hpp>

namespace ssprotect::kodiac::http {

namespace asio = boost::asio;
namespace beast_http = boost::beast::http;
using Tcp = asio::ip::tcp;
using Fault = boost::system::error_code;

namespace {

constexpr std::uint32_t kMostHeadBytes = 16 << 10;
constexpr std::size_t kMostBufferBytes = 64 << 10;
constexpr std::size_t kMostBodyBytes = kLargestReply + kLongestSecretsLine;

using Parser = beast_http::response_parser<beast_http::vector_body<Byte, WipingAllocator<Byte>>, WipingAllocator<char>>;

std::string_view view(boost::beast::string_view text) { return {text.data(), text.size()}; }

Error unreachable(std::string why) { return makeError(ErrorCode::kodiacUnreachable, std::move(why)); }

Error strangeAnswer() {
    return makeError(ErrorCode::peerRefused,
                     "the server answered with something that is no answer of KODiAC; tell whoever runs it");
}

Error handshakeError(SSL& connection, const Fault& fault) {
    if (fault.category() != asio::error::get_ssl_category())
        return unreachable("the connection was lost: " + fault.message());
    switch (SSL_get_verify_result(&connection)) {
    case X509_V_OK:
        return makeError(ErrorCode::peerRefused, "the server does not speak TLS 1.3 as KODiAC does");
    case X509_V_ERR_HOSTNAME_MISMATCH:
    case X509_V_ERR_IP_ADDRESS_MISMATCH:
        return makeError(ErrorCode::peerRefused, "the server shows a certificate for another name; nothing was sent");
    case X509_V_ERR_CERT_HAS_EXPIRED:
    case X509_V_ERR_CERT_NOT_YET_VALID:
        return makeError(ErrorCode::peerRefused, "the certificate of the server has expired or is not valid yet; check "
                                                 "the clock of this host, and tell whoever runs the server");
    default:
        return makeError(ErrorCode::peerRefused, "the server shows no certificate of the authority that this host "
                                                 "trusts; nothing was sent");
    }
}

} // namespace

struct ClientConnection::Inside {
    explicit Inside(TlsContext tls_) : tls(std::move(tls_)), stream(context, *tls) {}

    /// Lets what was begun end; false when it did not by the deadline and was broken off.
    bool finish(Deadline deadline) {
        context.restart();
        context.run_until(deadline);
        if (context.stopped())
            return true;
        close();
        context.run();
        return false;
    }

    void close() {
        Fault ignored;
        stream.next_layer().close(ignored);
    }

    Status dial(const Tcp::endpoint& endpoint, Deadline deadline) {
        Fault fault;
        close();
        stream.next_layer().async_connect(endpoint, [&](const Fault& why) { fault = why; });
        if (!finish(deadline))
            return unreachable("it did not answer in time");
        if (fault)
            return unreachable(fault.message());
        stream.next_layer().set_option(Tcp::no_delay(true), fault);
        return {};
    }

    Status shakeHands(Deadline deadline) {
        Fault fault;
        stream.async_handshake(asio::ssl::stream_base::client, [&](const Fault& why) { fault = why; });
        if (!finish(deadline))
            return unreachable("it did not answer in time");
        if (fault)
            return handshakeError(*stream.native_handle(), fault);
        binding = exporterOf(*stream.native_handle());
        return {};
    }

    std::optional<Loss> send(const WipedBytes& request, Deadline deadline) {
        Fault fault;
        std::size_t sent = 0;
        asio::async_write(stream, asio::buffer(request), [&](const Fault& why, std::size_t size) {
            fault = why;
            sent = size;
        });
        if (!finish(deadline))
            return Loss{unreachable("it did not take the request in time"), sent == request.size()};
        if (fault)
            return Loss{unreachable("the connection was lost: " + fault.message()), sent == request.size()};
        return std::nullopt;
    }

    template <class Read> std::optional<Loss> receive(Deadline deadline, Read read) {
        Fault fault;
        read([&](const Fault& why, std::size_t) { fault = why; });
        if (!finish(deadline))
            return Loss{unreachable("it did not answer in time"), true};
        const Fault example = beast_http::error::bad_target;
        const bool lost = fault == beast_http::error::end_of_stream || fault == beast_http::error::partial_message;
        if (fault && fault.category() == example.category() && !lost)
            return Loss{strangeAnswer(), true};
        if (fault)
            return Loss{unreachable("the connection was lost before the answer"), true};
        return std::nullopt;
    }

    const TlsContext tls;
    asio::io_context context{1};
    asio::ssl::stream<Tcp::socket> stream;
    boost::beast::basic_flat_buffer<WipingAllocator<char>> buffer{kMostBufferBytes};
    crypto::Sha256Digest binding{};
};

ClientConnection::ClientConnection(TlsContext tls) : inside_(std::make_unique<Inside>(std::move(tls))) {}
ClientConnection::~ClientConnection() = default;

// Each endpoint gets its share of the time: one that swallows packets must not take that of the others.
Status ClientConnection::connect(const ServerAddress& address, const Endpoints& endpoints, Deadline deadline) {
    if (auto expected = expectHost(*inside_->stream.native_handle(), address.host); !expected)
        return expected;
    Status dialled = unreachable("it has no address");
    for (std::size_t i = 0; i < endpoints.size(); ++i) {
        const auto now = std::chrono::steady_clock::now();
        dialled = inside_->dial(endpoints[i], now + (deadline - now) / static_cast<int>(endpoints.size() - i));
        if (dialled)
            return inside_->shakeHands(deadline);
    }
    return dialled;
}

std::variant<HttpResponse, Loss> ClientConnection::exchange(const WipedBytes& request, Deadline deadline) {
    if (auto loss = inside_->send(request, deadline))
        return std::move(*loss);
    Parser parser;
    parser.header_limit(kMostHeadBytes);
    parser.body_limit(kMostBodyBytes);
    auto& stream = inside_->stream;
    auto& buffer = inside_->buffer;
    if (auto loss = inside_->receive(
            deadline, [&](auto done) { beast_http::async_read_header(stream, buffer, parser, std::move(done)); }))
        return std::move(*loss);
    // An answer that ends with the connection could have been cut short by anybody.
    if (parser.chunked() || !parser.content_length())
        return Loss{strangeAnswer(), true};
    if (auto loss = inside_->receive(
            deadline, [&](auto done) { beast_http::async_read(stream, buffer, parser, std::move(done)); }))
        return std::move(*loss);

    HttpResponse response;
    auto& message = parser.get();
    response.status = static_cast<int>(message.result_int());
    response.type = view(message[beast_http::field::content_type]);
    response.retryLater = message.count(beast_http::field::retry_after) != 0;
    response.keep = parser.keep_alive() && buffer.size() == 0;
    response.body = std::move(message.body());
    buffer.shrink_to_fit(); // and wiped
    return response;
}

bool ClientConnection::isStillOpen() {
    auto& socket = inside_->stream.next_layer();
    Fault fault;
    socket.non_blocking(true, fault);
    if (fault || SSL_pending(inside_->stream.native_handle()) != 0)
        return false;
    Byte next = 0;
    socket.receive(asio::buffer(&next, 1), Tcp::socket::message_peek, fault);
    return fault == asio::error::would_block || fault == asio::error::try_again;
}

const crypto::Sha256Digest& ClientConnection::binding() const { return inside_->binding; }

void ClientConnection::cancel() {
    asio::post(inside_->context, [inside = inside_.get()] { inside->close(); });
}

} // namespace ssprotect::kodiac::http
