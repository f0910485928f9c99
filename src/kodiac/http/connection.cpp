#include "connection.h"

#include "../operation_table.h"
#include "caller_fields.h"
#include "pages.h"
#include "request_log.h"

#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/http/read.hpp>

namespace ssprotect::kodiac::http {

namespace asio = boost::asio;
namespace beast = boost::beast;

namespace {

constexpr std::size_t kReadAtOnce = 4096;
constexpr std::size_t kSmallBody = 64 << 10; // read even if refused: cheaper than another handshake
constexpr Duration kFarewellTime = std::chrono::seconds(2);
constexpr std::string_view kNoOperation = "-";

Answer refusalAnswer(int status, std::string_view message) {
    Answer answer = answerOf(makeError(ErrorCode::invalidInput, std::string(message)));
    answer.text.status = status;
    return answer;
}

} // namespace

Connection::Connection(Socket socket, TlsContext tls, std::string address, ServerCore& core)
    : core_(core), tls_(std::move(tls)), address_(std::move(address)), stream_(std::move(socket), *tls_),
      buffer_(core.settings.limits.headerBytes + kReadAtOnce) {}

Connection::~Connection() {
    core_.bodyBytes -= bodyBytes_;
    core_.connections.remove(this);
    core_.connections.leave(address_);
}

void Connection::giveTime(Duration time) { beast::get_lowest_layer(stream_).expires_after(time); }

void Connection::start() {
    asio::post(stream_.get_executor(), [self = shared_from_this()] { self->shakeHands(); });
}

void Connection::shakeHands() {
    giveTime(core_.settings.limits.handshakeTime);
    stream_.async_handshake(asio::ssl::stream_base::server, [self = shared_from_this()](const Fault& fault) {
        if (fault)
            return self->close();
        self->binding_ = exporterOf(*self->stream_.native_handle());
        self->awaitRequest();
    });
}

void Connection::awaitRequest() {
    if (core_.stopping)
        return close();
    idle_ = true;
    giveTime(core_.settings.limits.idleTime);
    stream_.async_read_some(buffer_.prepare(kReadAtOnce),
                            [self = shared_from_this()](const Fault& fault, std::size_t size) {
                                if (fault)
                                    return self->unreadable(fault);
                                self->buffer_.commit(size);
                                self->readHead();
                            });
}

void Connection::readHead() {
    idle_ = false;
    keepAlive_ = false;
    operation_ = kNoOperation;
    began_ = core_.environment.clock.uptime();
    parser_.emplace();
    parser_->header_limit(static_cast<std::uint32_t>(core_.settings.limits.headerBytes));
    parser_->body_limit(core_.settings.limits.bodyBytes);
    giveTime(core_.settings.limits.headerTime);
    beast::http::async_read_header(
        stream_, buffer_, *parser_,
        [self = shared_from_this()](const Fault& fault, std::size_t) { self->onHead(fault); });
}

void Connection::onHead(const Fault& fault) {
    if (fault)
        return unreadable(fault);
    if (const auto refusal = checkHead(*parser_))
        return refuse(*refusal);
    const auto bytes = static_cast<std::size_t>(parser_->content_length().value_or(0));
    tooFast_ = !withinRate();
    if (tooFast_ && bytes > kSmallBody)
        return refuseForNow(429);
    if (!takeBodyBytes(bytes))
        return refuseForNow(503);
    readBody();
}

void Connection::readBody() {
    giveTime(core_.settings.limits.bodyTime);
    beast::http::async_read(stream_, buffer_, *parser_,
                            [self = shared_from_this()](const Fault& fault, std::size_t) { self->onBody(fault); });
}

void Connection::onBody(const Fault& fault) {
    if (fault)
        return unreadable(fault);
    if (buffer_.size() != 0)
        return refuse({400, "wait for the answer before the next request"});
    buffer_.shrink_to_fit(); // and wiped: the token was in it
    keepAlive_ = parser_->keep_alive();
    if (tooFast_)
        return refuseForNow(429);
    serve();
}

void Connection::serve() {
    const auto target = parser_->get().target();
    const auto operation = operationOf({target.data(), target.size()});
    if (operation.empty())
        return servePage(std::string(target));
    serveCall(operation);
}

void Connection::serveCall(std::string_view operation) {
    operation_ = findOperation(operation) != nullptr ? operation : "unknown";
    auto call = callOf(operation, fieldsOf(*parser_), parser_->get().body());
    parser_.reset();
    if (!call)
        return answer(answerOf(std::move(call).error()));
    call->channelBinding = binding_;
    auto done = [self = shared_from_this()](Answer answer) { self->answerLater(std::move(answer)); };
    if (!core_.desk.perform(std::move(*call), std::move(done)))
        refuseForNow(503);
}

void Connection::servePage(const std::string& target) {
    parser_.reset();
    auto done = [self = shared_from_this()](Answer answer) { self->answerLater(std::move(answer)); };
    if (!core_.desk.ask([this, target] { return pageFor(core_, target); }, std::move(done)))
        refuseForNow(503);
}

bool Connection::takeBodyBytes(std::size_t bytes) {
    bodyBytes_ += bytes;
    return (core_.bodyBytes += bytes) <= core_.settings.limits.bodyBytesInAll;
}

// Before anything is proved: the account is only claimed.
bool Connection::withinRate() const {
    if (!core_.addresses.take(address_))
        return false;
    const auto claimed = parser_->get()[boost::beast::string_view(kAccountField.data(), kAccountField.size())];
    const auto account = AccountId::fromHexText({claimed.data(), claimed.size()});
    return !account || core_.accounts.take(address_ + ' ' + account->hex());
}

void Connection::refuse(const Refusal& refusal) {
    keepAlive_ = false;
    answer(refusalAnswer(refusal.status, refusal.message), {.allow = refusal.allow});
}

void Connection::refuseForNow(int status) {
    Answer busy = answerOf(makeError(ErrorCode::serverBusy, "KODiAC has too much to do; try again in a moment"));
    busy.text.status = status;
    answer(std::move(busy), {.retryLater = true});
}

void Connection::unreadable(const Fault& fault) {
    const auto refusal = refusalOf(fault);
    if (!refusal)
        return close();
    refuse(*refusal);
}

void Connection::answerLater(Answer answer) {
    asio::post(stream_.get_executor(),
               [self = shared_from_this(), answer = std::move(answer)]() mutable { self->answer(std::move(answer)); });
}

void Connection::answer(Answer answer, ReplyHead head) {
    const bool last = !keepAlive_ || core_.stopping;
    head.status = answer.text.status;
    head.type = answer.text.type;
    head.close = last;
    outgoing_ = wholeReply(head, answer.text.body);
    logRequest(core_.environment.log,
               {operation_, answer.result, answer.text.status, core_.environment.clock.uptime() - began_, bodyBytes_,
                outgoing_.size(), address_});
    giveTime(core_.settings.limits.bodyTime);
    asio::async_write(stream_, asio::buffer(outgoing_),
                      [self = shared_from_this(), last](const Fault& fault, std::size_t) {
                          self->outgoing_ = {};
                          self->core_.bodyBytes -= std::exchange(self->bodyBytes_, 0);
                          if (fault)
                              return self->close();
                          if (last)
                              return self->endGently();
                          self->awaitRequest();
                      });
}

void Connection::finishSoon() {
    asio::post(stream_.get_executor(), [self = shared_from_this()] {
        if (self->idle_)
            self->close();
    });
}

void Connection::endGently() {
    giveTime(kFarewellTime);
    stream_.async_shutdown([self = shared_from_this()](const Fault&) { self->close(); });
}

void Connection::close() {
    asio::post(stream_.get_executor(), [self = shared_from_this()] { beast::get_lowest_layer(self->stream_).close(); });
}

} // namespace ssprotect::kodiac::http
