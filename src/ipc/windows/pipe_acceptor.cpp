#include "../transport.h"
#include "run_folder.h"
#include "security.h"
#include "system_error.h"

#include <deque>
#include <list>
#include <mutex>
#include <utility> // Boost 1.74's awaitable.hpp forgets it

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/windows/overlapped_ptr.hpp>
#include <boost/asio/windows/stream_handle.hpp>

namespace ssprotect::ipc {
namespace {

using boost::asio::windows::stream_handle;
using boost::system::error_code;

/// Instances that wait for a client: one that comes while all are taken has to ask again.
constexpr std::size_t kWaiting = 4;
constexpr DWORD kBuffer = 64 * 1024;
/// No instance could be made: asking again at once would only burn time.
constexpr std::chrono::milliseconds kPause{100};

struct Completion {
    Stream::Done done;
    /// A peer can send an empty message, which moves nothing: none of ours does.
    void operator()(const error_code& failed, std::size_t count) const {
        done(failed || count == 0 ? std::nullopt : std::optional(count));
    }
};

class PipeStream final : public Stream {
public:
    explicit PipeStream(stream_handle pipe) : pipe_(std::move(pipe)) {}
    ~PipeStream() override {
        error_code ignored;
        pipe_.cancel(ignored);
        pipe_.close(ignored);
    }

    void readSome(MutableByteView to, Done done) override {
        pipe_.async_read_some(boost::asio::buffer(to.data(), to.size()), Completion{std::move(done)});
    }
    void writeSome(ByteView from, Done done) override {
        pipe_.async_write_some(boost::asio::buffer(from.data(), from.size()), Completion{std::move(done)});
    }

private:
    stream_handle pipe_;
};

/// Shared with the waits that are under way when the acceptor goes.
class Listening : public std::enable_shared_from_this<Listening> {
public:
    Listening(boost::asio::io_context& context, ProcessUser own, std::wstring name, Security security)
        : context_(context), own_(std::move(own)), name_(std::move(name)), security_(std::move(security)),
          pause_(context) {}

    Status open() {
        const std::lock_guard lock(mutex_);
        UniqueHandle first(makeInstance(FILE_FLAG_FIRST_PIPE_INSTANCE));
        if (!first && ::GetLastError() == ERROR_ACCESS_DENIED)
            return makeError(ErrorCode::peerRefused, "another program holds the pipe of the tray process");
        if (!first)
            return systemError("the pipe can't be made");
        if (!listenOnLocked(std::move(first)))
            return makeError(ErrorCode::ioError, "the pipe can't be waited on");
        fillLocked();
        return {};
    }

    void wait(Acceptor::Accepted accepted) {
        const std::lock_guard lock(mutex_);
        accepted_ = std::move(accepted);
        if (!ready_.empty())
            boost::asio::post(context_, [self = shared_from_this()] { self->deliver(); });
    }

    void close() {
        const std::lock_guard lock(mutex_);
        closed_ = true;
        error_code ignored;
        pause_.cancel(ignored);
        for (const auto& pipe : waiting_) {
            pipe->cancel(ignored);
            pipe->close(ignored);
        }
        waiting_.clear();
        ready_.clear();
        // It may hold the last reference to its owner, who calls this.
        boost::asio::post(context_, [dropped = std::exchange(accepted_, {})] {});
    }

private:
    HANDLE makeInstance(DWORD first) {
        auto attributes = security_.attributes();
        return ::CreateNamedPipeW(name_.c_str(), PIPE_ACCESS_DUPLEX | FILE_FLAG_OVERLAPPED | first,
                                  PIPE_TYPE_BYTE | PIPE_READMODE_BYTE | PIPE_WAIT | PIPE_REJECT_REMOTE_CLIENTS,
                                  PIPE_UNLIMITED_INSTANCES, kBuffer, kBuffer, 0, &attributes);
    }

    void fillLocked() {
        while (!closed_ && waiting_.size() < kWaiting) {
            UniqueHandle next(makeInstance(0));
            if (!next || !listenOnLocked(std::move(next))) {
                pause_.expires_after(kPause);
                pause_.async_wait([self = shared_from_this()](const error_code& ended) {
                    const std::lock_guard lock(self->mutex_);
                    if (!ended)
                        self->fillLocked();
                });
                return;
            }
        }
    }

    bool listenOnLocked(UniqueHandle instance) {
        const auto pipe = std::make_shared<stream_handle>(context_);
        error_code failed;
        pipe->assign(instance.get(), failed);
        if (failed)
            return false;
        instance.release();
        waiting_.push_back(pipe);
        boost::asio::windows::overlapped_ptr connecting(
            context_,
            [self = shared_from_this(), pipe](const error_code& ended, std::size_t) { self->connected(pipe, ended); });
        const bool done = ::ConnectNamedPipe(pipe->native_handle(), connecting.get());
        const auto error = done ? ERROR_IO_PENDING : ::GetLastError(); // either way the system will tell
        if (error == ERROR_IO_PENDING)
            connecting.release();
        else if (error == ERROR_PIPE_CONNECTED)
            connecting.complete({}, 0);
        else
            connecting.complete(error_code(static_cast<int>(error), boost::system::system_category()), 0);
        return true;
    }

    void connected(const std::shared_ptr<stream_handle>& pipe, const error_code& failed) {
        {
            const std::lock_guard lock(mutex_);
            if (closed_)
                return;
            waiting_.remove(pipe);
            if (!failed && isOwnPeer(pipe->native_handle()))
                ready_.push_back(std::make_unique<PipeStream>(std::move(*pipe)));
            fillLocked();
        }
        deliver();
    }

    void deliver() {
        Acceptor::Accepted accepted;
        std::unique_ptr<Stream> stream;
        {
            const std::lock_guard lock(mutex_);
            if (closed_ || !accepted_ || ready_.empty())
                return;
            accepted = std::exchange(accepted_, {});
            stream = std::move(ready_.front());
            ready_.pop_front();
        }
        accepted(std::move(stream));
    }

    bool isOwnPeer(HANDLE pipe) const {
        ULONG client = 0;
        return ::GetNamedPipeClientProcessId(pipe, &client) && mayTalk(own_, userOfProcess(client));
    }

    boost::asio::io_context& context_;
    const ProcessUser own_;
    const std::wstring name_;
    const Security security_;

    std::mutex mutex_;
    bool closed_ = false;
    boost::asio::steady_timer pause_;
    std::list<std::shared_ptr<stream_handle>> waiting_;
    std::deque<std::unique_ptr<Stream>> ready_;
    Acceptor::Accepted accepted_; ///< empty: nobody asks
};

class PipeAcceptor final : public Acceptor {
public:
    explicit PipeAcceptor(std::shared_ptr<Listening> listening) : listening_(std::move(listening)) {}
    ~PipeAcceptor() override { listening_->close(); }
    void accept(Accepted accepted) override { listening_->wait(std::move(accepted)); }

private:
    std::shared_ptr<Listening> listening_;
};

} // namespace

Result<std::unique_ptr<Acceptor>> listenAt(boost::asio::io_context& context, const Endpoint& endpoint,
                                           const InstanceLock&) {
    auto own = ownUser();
    if (!own)
        return std::move(own).error();
    if (const auto folder = makeRunFolder(endpoint); !folder)
        return folder.error();
    auto name = pipeName(endpoint);
    if (!name)
        return std::move(name).error();
    auto security = Security::of(pipeSecurityText(*own));
    if (!security)
        return std::move(security).error();
    auto listening = std::make_shared<Listening>(context, std::move(*own), std::move(*name), std::move(*security));
    if (auto status = listening->open(); !status)
        return std::move(status).error();
    return std::unique_ptr<Acceptor>(std::make_unique<PipeAcceptor>(std::move(listening)));
}

} // namespace ssprotect::ipc
