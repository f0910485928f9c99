#include "hub.h"

#include "session.h"

namespace ssprotect::ipc {

Hub::Hub(boost::asio::io_context& context, Handler& handler, const ServerLimits& limits)
    : context_(context), handler_(handler), limits_(limits) {}

Hub::~Hub() = default;

void Hub::start(std::unique_ptr<Acceptor> acceptor) {
    const std::lock_guard lock(mutex_);
    acceptor_ = std::move(acceptor);
    acceptNextLocked();
}

void Hub::acceptNextLocked() {
    if (acceptor_)
        acceptor_->accept(
            [self = shared_from_this()](std::unique_ptr<Stream> stream) { self->onAccepted(std::move(stream)); });
}

void Hub::onAccepted(std::unique_ptr<Stream> stream) {
    std::shared_ptr<Session> session;
    bool full = false;
    {
        const std::lock_guard lock(mutex_);
        if (!acceptor_)
            return;
        if (stream) {
            full = sessions_.size() >= limits_.connections;
            session = std::make_shared<Session>(++lastId_, std::move(stream), shared_from_this());
            sessions_.emplace(session->id(), session);
        }
        acceptNextLocked();
    }
    if (full)
        session->turnAway("the tray process has too many clients; end some of them");
    if (session)
        session->start();
}

void Hub::forget(ConnectionId id) {
    std::shared_ptr<Session> last; // is let go without the lock
    const std::lock_guard lock(mutex_);
    if (const auto found = sessions_.find(id); found != sessions_.end()) {
        last = std::move(found->second);
        sessions_.erase(found);
    }
}

void Hub::stopAccepting() {
    const std::lock_guard lock(mutex_);
    acceptor_.reset();
}

void Hub::stop(Duration flushTime) {
    decltype(sessions_) sessions; // taken away: their reads may never complete, and they hold us
    {
        const std::lock_guard lock(mutex_);
        acceptor_.reset();
        sessions.swap(sessions_);
    }
    if (flushTime.count() > 0 && !gate_.inside()) {
        const auto deadline = std::chrono::steady_clock::now() + flushTime;
        for (const auto& [id, session] : sessions)
            session->waitUntilFlushed(deadline);
    }
    gate_.close();
    for (const auto& [id, session] : sessions)
        session->abandon();
}

} // namespace ssprotect::ipc
