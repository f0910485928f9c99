#include "session.h"

#include "hub.h"

#include <utility>

#include <boost/asio/io_context.hpp>

namespace ssprotect::ipc {
namespace {

/// How long a client may take to fetch the last word before its connection is closed.
constexpr std::chrono::seconds kLastWord{1};

Error connectionGone() { return makeError(ErrorCode::cancelled, "the connection was closed before an answer came"); }

} // namespace

Session::Session(ConnectionId id, std::unique_ptr<Stream> stream, std::shared_ptr<Hub> hub)
    : id_(id), hub_(std::move(hub)), stream_(std::move(stream)) {}

Session::~Session() = default;

// The reads -----------------------------------------------------------------------------------

void Session::start() { readNext(); }

void Session::readNext() {
    {
        const std::lock_guard lock(mutex_);
        if (stream_) {
            watchFrameLocked();
            stream_->readSome(assembler_.space(),
                              [self = shared_from_this()](std::optional<std::size_t> count) { self->onRead(count); });
            return;
        }
    }
    end();
}

void Session::onRead(std::optional<std::size_t> count) {
    if (!count || !takeBytes(*count))
        end();
    else
        readNext();
}

/// False: closed. After the last word the bytes only keep the client from blocking.
bool Session::takeBytes(std::size_t count) {
    {
        const std::lock_guard lock(mutex_);
        if (!stream_)
            return false;
        if (finishing_)
            return true;
    }
    if (const auto status = assembler_.received(count); !status) {
        breakOff({}, Fault::unreadable, status.error().message);
        assembler_ = {};
    } else if (const auto body = assembler_.take()) {
        handle(*body);
    }
    return true;
}

void Session::end() {
    close();
    failQuestions();
    if (std::exchange(handlerKnowsUs_, false))
        hub_->gate().call([this] { hub_->handler().onClosed(id_); });
    hub_->forget(id_);
}

void Session::handle(const WipedBytes& body) {
    auto content = decodeFrame(body);
    if (!content)
        return breakOff({}, Fault::unreadable, content.error().message);
    std::visit([this](auto&& message) { handle(std::move(message)); },
               parseMessage(content->text, std::move(content->attachments)));
}

void Session::handle(Malformed message) {
    if (message.fault == Fault::invalidParameters)
        sendError(message.id, errorOfFault(message.fault, message.message), message.fault);
    else
        breakOff(message.id, message.fault, std::move(message.message));
}

void Session::handle(IncomingRequest message) {
    {
        const std::lock_guard lock(mutex_);
        if (openRequests_ < hub_->limits().openRequests) {
            ++openRequests_;
        } else {
            message.request.method.clear();
        }
    }
    if (message.request.method.empty())
        return sendError(message.id, makeError(ErrorCode::refused, "too many requests without an answer"), {});
    Responder responder(
        [weak = weak_from_this(), id = std::move(message.id)](Result<Json> result, std::optional<Fault> fault) {
            if (const auto self = weak.lock())
                self->answer(id, std::move(result), fault);
        });
    handlerKnowsUs_ = true;
    hub_->gate().call(
        [&] { hub_->handler().onRequest(shared_from_this(), std::move(message.request), std::move(responder)); });
}

void Session::handle(IncomingNotification message) {
    breakOff({}, Fault::invalidRequest, "the tray process takes no notifications: '" + message.method + "'");
}

void Session::handle(IncomingReply message) { settle(message.id, std::move(message.result)); }

// Answers and questions -----------------------------------------------------------------------

void Session::answer(const Json& id, Result<Json> result, std::optional<Fault> fault) {
    {
        const std::lock_guard lock(mutex_);
        --openRequests_;
    }
    if (!result)
        return sendError(id, result.error(), fault);
    const auto text = resultText(id, *result);
    if (text.size() <= kFrameLimit)
        send(text);
    else
        sendError(id, makeError(ErrorCode::internal, "the answer is too long for one frame; ask for less"), {});
}

void Session::sendError(const Json& id, const Error& error, std::optional<Fault> fault) {
    send(errorText(id, error, fault));
}

void Session::breakOff(const Json& id, Fault fault, std::string message) {
    sendError(id, errorOfFault(fault, std::move(message)), fault);
    const std::lock_guard lock(mutex_);
    finishLocked();
}

void Session::turnAway(std::string message) {
    sendError({}, makeError(ErrorCode::refused, std::move(message)), {});
    const std::lock_guard lock(mutex_);
    finishLocked();
}

void Session::request(std::string_view method, const Json& params, Duration timeout, Callback callback) {
    std::uint64_t number = 0;
    {
        const std::lock_guard lock(mutex_);
        if (stream_ && !finishing_) {
            number = ++lastQuestion_;
            auto timer = std::make_unique<Timer>(hub_->context(), timeout);
            timer->async_wait([weak = weak_from_this(), number](const boost::system::error_code& cancelled) {
                const auto self = weak.lock();
                if (!cancelled && self)
                    self->settle(number, makeError(ErrorCode::cancelled, "no answer came in time"));
            });
            questions_.emplace(number, Question{std::move(callback), std::move(timer)});
        }
    }
    if (number == 0)
        return callback(connectionGone());
    if (!send(requestText(number, method, params)))
        settle(number, connectionGone());
}

/// An answer that comes after the time-out finds no question and is nothing.
void Session::settle(std::uint64_t question, Result<Json> answer) {
    hub_->gate().call([&] {
        Question asked;
        {
            const std::lock_guard lock(mutex_);
            const auto found = questions_.find(question);
            if (found == questions_.end())
                return;
            asked = std::move(found->second);
            questions_.erase(found);
        }
        asked.callback(std::move(answer));
    });
}

void Session::failQuestions() {
    std::vector<std::uint64_t> open;
    {
        const std::lock_guard lock(mutex_);
        for (const auto& [number, question] : questions_)
            open.push_back(number);
    }
    for (const auto number : open)
        settle(number, connectionGone());
}

void Session::abandon() {
    std::map<std::uint64_t, Question> questions;
    {
        const std::lock_guard lock(mutex_);
        closeLocked();
        questions.swap(questions_);
    }
    for (const auto& [number, question] : questions)
        question.callback(connectionGone());
}

// The writes ----------------------------------------------------------------------------------

bool Session::closed() const {
    const std::lock_guard lock(mutex_);
    return stream_ == nullptr;
}

bool Session::notify(std::string_view method, const Json& params) { return send(notificationText(method, params)); }

bool Session::notifyLatest(std::string_view method, std::string_view key, const Json& params) {
    return send(notificationText(method, params), std::string(method) + '\n' + std::string(key));
}

bool Session::send(std::string_view text, std::string topic) {
    auto frame = encodeFrame(text, {});
    const std::lock_guard lock(mutex_);
    if (!stream_ || finishing_ || !frame)
        return false;
    if (topic.empty())
        outbox_.push(std::move(*frame));
    else
        outbox_.pushLatest(topic, std::move(*frame));
    if (outbox_.bytes() > hub_->limits().queuedBytes)
        closeLocked();
    else if (!writing_)
        writeNextLocked();
    return stream_ != nullptr;
}

void Session::writeNextLocked() {
    if (!stream_ || outbox_.empty()) {
        writing_ = false;
        if (!stream_ || finishing_)
            closeLocked();
        return;
    }
    writing_ = true;
    stream_->writeSome(outbox_.next(),
                       [self = shared_from_this()](std::optional<std::size_t> count) { self->onWritten(count); });
}

void Session::onWritten(std::optional<std::size_t> count) {
    const std::lock_guard lock(mutex_);
    if (count)
        outbox_.written(*count);
    else
        closeLocked();
    writeNextLocked();
    changed_.notify_all();
}

bool Session::waitForRoom(Duration timeout) {
    std::unique_lock lock(mutex_);
    const auto room = hub_->limits().roomBytes;
    const bool settled = changed_.wait_for(lock, timeout, [&] { return !stream_ || outbox_.bytes() <= room; });
    return settled && stream_;
}

void Session::waitUntilFlushed(std::chrono::steady_clock::time_point deadline) {
    std::unique_lock lock(mutex_);
    changed_.wait_until(lock, deadline, [&] { return !stream_ || outbox_.empty(); });
}

// Closing -------------------------------------------------------------------------------------

void Session::close() {
    const std::lock_guard lock(mutex_);
    closeLocked();
}

/// The read under way completes and calls `end`.
void Session::closeLocked() {
    stream_.reset();
    frameTimer_.reset();
    finishTimer_.reset();
    if (!writing_)
        outbox_.clear();
    changed_.notify_all();
}

void Session::finishLocked() {
    if (!stream_ || finishing_)
        return;
    finishing_ = true;
    if (outbox_.empty())
        return closeLocked();
    finishTimer_ = std::make_unique<Timer>(hub_->context(), kLastWord);
    finishTimer_->async_wait([weak = weak_from_this()](const boost::system::error_code& cancelled) {
        const auto self = weak.lock();
        if (!cancelled && self)
            self->close();
    });
}

/// A client that begins a frame has to end it.
void Session::watchFrameLocked() {
    if (!assembler_.midFrame() || finishing_) {
        frameTimer_.reset();
        return;
    }
    if (frameTimer_)
        return;
    frameTimer_ = std::make_unique<Timer>(hub_->context(), hub_->limits().frameTime);
    frameTimer_->async_wait(
        [weak = weak_from_this(), watch = ++lastWatch_](const boost::system::error_code& cancelled) {
            const auto self = weak.lock();
            if (!cancelled && self)
                self->onFrameLate(watch);
        });
}

/// The timer may have fired just before it was cancelled.
void Session::onFrameLate(std::uint64_t watch) {
    {
        const std::lock_guard lock(mutex_);
        if (!frameTimer_ || watch != lastWatch_)
            return;
    }
    breakOff({}, Fault::unreadable, "the rest of the frame did not come in time");
}

} // namespace ssprotect::ipc
