#pragma once

#include "frame.h"
#include "outbox.h"
#include "rpc.h"
#include "ssprotect/ipc/connection.h"
#include "transport.h"

#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>

#include <boost/asio/steady_timer.hpp>

namespace ssprotect::ipc {

class Hub;

/// One client's connection. The reads follow each other like one thread (start, onRead, …, end), and only
/// they call the handler; everything else may happen on any thread and is guarded by one mutex,
/// which is never held while calling out.
class Session final : public Connection, public std::enable_shared_from_this<Session> {
public:
    Session(ConnectionId id, std::unique_ptr<Stream> stream, std::shared_ptr<Hub> hub);
    ~Session() override;

    void start();
    /// Says why, and closes once that is written; what the client sends meanwhile is thrown away.
    void turnAway(std::string message);
    void waitUntilFlushed(std::chrono::steady_clock::time_point deadline);
    /// The end without `onClosed`, for a server that stops.
    void abandon();

    ConnectionId id() const override { return id_; }
    bool closed() const override;
    bool notify(std::string_view method, const Json& params) override;
    bool notifyLatest(std::string_view method, std::string_view key, const Json& params) override;
    void request(std::string_view method, const Json& params, Duration timeout, Callback callback) override;
    bool waitForRoom(Duration timeout) override;
    void close() override;

private:
    using Timer = boost::asio::steady_timer;
    struct Question {
        Callback callback;
        std::unique_ptr<Timer> timer;
    };

    void onRead(std::optional<std::size_t> count);
    void readNext();
    bool takeBytes(std::size_t count);
    void end();

    void handle(const WipedBytes& body);
    void handle(Malformed message);
    void handle(IncomingRequest message);
    void handle(IncomingNotification message);
    void handle(IncomingReply message);

    void answer(const Json& id, Result<Json> result, std::optional<Fault> fault);
    void sendError(const Json& id, const Error& error, std::optional<Fault> fault);
    void breakOff(const Json& id, Fault fault, std::string message);
    void settle(std::uint64_t question, Result<Json> answer);
    void failQuestions();

    bool send(std::string_view text, std::string topic = {});
    void writeNextLocked();
    void onWritten(std::optional<std::size_t> count);
    void finishLocked();
    void closeLocked();
    void watchFrameLocked();
    void onFrameLate(std::uint64_t watch);

    const ConnectionId id_;
    const std::shared_ptr<Hub> hub_;
    FrameAssembler assembler_;    ///< of the reads
    bool handlerKnowsUs_ = false; ///< of the reads

    mutable std::mutex mutex_;
    std::condition_variable changed_; ///< less to write, or closed
    std::unique_ptr<Stream> stream_;  ///< null: closed
    Outbox outbox_;
    bool writing_ = false;
    bool finishing_ = false;
    std::size_t openRequests_ = 0;
    std::map<std::uint64_t, Question> questions_;
    std::uint64_t lastQuestion_ = 0;
    std::unique_ptr<Timer> frameTimer_;
    std::uint64_t lastWatch_ = 0;
    std::unique_ptr<Timer> finishTimer_;
};

} // namespace ssprotect::ipc
