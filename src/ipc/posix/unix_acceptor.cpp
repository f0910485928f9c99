#include "../transport.h"
#include "run_folder.h"

#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <utility> // Boost 1.74's awaitable.hpp forgets it

#include <boost/asio/io_context.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/steady_timer.hpp>

namespace ssprotect::ipc {
namespace {

using Protocol = boost::asio::local::stream_protocol;
using boost::system::error_code;

/// Out of descriptors: asking again at once would only burn time.
constexpr std::chrono::milliseconds kAcceptPause{100};

struct Completion {
    Stream::Done done;
    void operator()(const error_code& failed, std::size_t count) const {
        done(failed ? std::nullopt : std::optional(count));
    }
};

class UnixStream final : public Stream {
public:
    UnixStream(boost::asio::io_context& context, UniqueFd fd) : socket_(context) {
        error_code ignored;
        socket_.assign(Protocol(), fd.release(), ignored);
    }

    void readSome(MutableByteView to, Done done) override {
        socket_.async_read_some(boost::asio::buffer(to.data(), to.size()), Completion{std::move(done)});
    }
    void writeSome(ByteView from, Done done) override {
        socket_.async_write_some(boost::asio::buffer(from.data(), from.size()), Completion{std::move(done)});
    }

private:
    Protocol::socket socket_;
};

/// Shared with the wait that is under way when the acceptor goes.
class Listening : public std::enable_shared_from_this<Listening> {
public:
    Listening(boost::asio::io_context& context, UniqueFd folder, UniqueFd listener)
        : context_(context), folder_(std::move(folder)), acceptor_(context), pause_(context) {
        error_code ignored;
        acceptor_.assign(Protocol(), listener.release(), ignored);
    }

    void close() {
        const std::lock_guard lock(mutex_);
        error_code ignored;
        acceptor_.close(ignored);
        pause_.cancel(ignored);
        ::unlinkat(folder_.get(), kSocketName, 0);
    }

    void wait(Acceptor::Accepted accepted) {
        const std::lock_guard lock(mutex_);
        acceptor_.async_wait(Protocol::acceptor::wait_read,
                             [self = shared_from_this(), accepted = std::move(accepted)](const error_code& ended) {
                                 if (!ended)
                                     self->takeOne(accepted);
                             });
    }

private:
    /// By hand, because Asio's own accept lets started programs inherit the connection.
    void takeOne(const Acceptor::Accepted& accepted) {
        std::unique_ptr<Stream> stream;
        {
            const std::lock_guard lock(mutex_);
            if (!acceptor_.is_open())
                return;
            UniqueFd client(::accept4(acceptor_.native_handle(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK));
            if (!client && (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM))
                return pauseThen(accepted);
            if (client && isOwnPeer(client.get()))
                stream = std::make_unique<UnixStream>(context_, std::move(client));
        }
        accepted(std::move(stream));
    }

    void pauseThen(const Acceptor::Accepted& accepted) {
        pause_.expires_after(kAcceptPause);
        pause_.async_wait([self = shared_from_this(), accepted](const error_code& ended) {
            if (!ended)
                accepted(nullptr);
        });
    }

    boost::asio::io_context& context_;
    const UniqueFd folder_;
    std::mutex mutex_;
    Protocol::acceptor acceptor_;
    boost::asio::steady_timer pause_;
};

class UnixAcceptor final : public Acceptor {
public:
    explicit UnixAcceptor(std::shared_ptr<Listening> listening) : listening_(std::move(listening)) {}
    ~UnixAcceptor() override { listening_->close(); }
    void accept(Accepted accepted) override { listening_->wait(std::move(accepted)); }

private:
    std::shared_ptr<Listening> listening_;
};

Result<UniqueFd> listenIn(const Endpoint& endpoint, const UniqueFd& folder) {
    UniqueFd listener(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    // On the unbound socket, so that its file never has a wider mode, whatever the umask.
    if (!listener || ::fchmod(listener.get(), 0600) != 0)
        return systemError("the pipe can't be made");
    if (::unlinkat(folder.get(), kSocketName, 0) != 0 && errno != ENOENT)
        return systemError("the pipe of an earlier tray process can't be removed");
    const auto address = socketAddress(endpoint, folder);
    if (::bind(listener.get(), reinterpret_cast<const sockaddr*>(&address), sizeof(address)) != 0 ||
        ::fchmodat(folder.get(), kSocketName, 0600, 0) != 0 || ::listen(listener.get(), SOMAXCONN) != 0)
        return systemError("the pipe can't be made");
    return listener;
}

} // namespace

Result<std::unique_ptr<Acceptor>> listenAt(boost::asio::io_context& context, const Endpoint& endpoint,
                                           const InstanceLock&) {
    auto folder = makeRunFolder(endpoint);
    if (!folder)
        return std::move(folder).error();
    auto listener = listenIn(endpoint, *folder);
    if (!listener)
        return std::move(listener).error();
    auto listening = std::make_shared<Listening>(context, std::move(*folder), std::move(*listener));
    return std::unique_ptr<Acceptor>(std::make_unique<UnixAcceptor>(std::move(listening)));
}

} // namespace ssprotect::ipc
