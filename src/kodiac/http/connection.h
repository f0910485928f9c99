#pragma once

#include "head_text.h"
#include "request_check.h"
#include "server_core.h"

#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/strand.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>

namespace ssprotect::kodiac::http {

/// One client's connection: handshake, then one request after the other, each under its time-outs. It lives as long as
/// something of it is under way. Any thread may call; what it does runs on its strand.
class Connection : public std::enable_shared_from_this<Connection> {
public:
    using Strand = boost::asio::strand<boost::asio::io_context::executor_type>;
    using Socket = boost::asio::basic_stream_socket<boost::asio::ip::tcp, Strand>;

    /// `address` was entered at the core's connections; it is left when the connection dies. The core outlives it.
    Connection(Socket socket, TlsContext tls, std::string address, ServerCore& core);
    ~Connection();

    void start();
    /// Closes after the answer that is due, at once when none is.
    void finishSoon();
    void close();

private:
    using Fault = boost::system::error_code;

    void shakeHands();
    void awaitRequest();
    void readHead();
    void onHead(const Fault& fault);
    void readBody();
    void onBody(const Fault& fault);
    void serve();
    void serveCall(std::string_view operation);
    void servePage(const std::string& target);
    bool takeBodyBytes(std::size_t bytes);
    bool withinRate() const;

    void refuse(const Refusal& refusal);
    void refuseForNow(int status);
    void unreadable(const Fault& fault);
    /// Status, type and whether it is the last one come into the head here.
    void answer(Answer answer, ReplyHead head = {});
    /// From another thread.
    void answerLater(Answer answer);
    void endGently();
    void giveTime(Duration time);

    ServerCore& core_;
    const TlsContext tls_;
    const std::string address_;
    boost::asio::ssl::stream<boost::beast::tcp_stream> stream_;
    boost::beast::basic_flat_buffer<WipingAllocator<char>> buffer_;
    std::optional<RequestParser> parser_;
    crypto::Sha256Digest binding_{};
    WipedBytes outgoing_;

    bool idle_ = true; ///< no request has begun
    bool keepAlive_ = false;
    bool tooFast_ = false;
    std::string operation_;
    Duration began_{};
    std::size_t bodyBytes_ = 0; ///< taken of the core's
};

} // namespace ssprotect::kodiac::http
