#include "../channel.h"

#include "run_folder.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <fcntl.h>
#include <limits>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/time.h>

namespace ssprotect::ipc {
namespace {

/// For a server that hangs with a full queue.
constexpr timeval kConnectTime{5, 0};

Error gone() { return makeError(ErrorCode::noTrayProcess, "the tray process closed the connection"); }
Error silent() { return makeError(ErrorCode::noTrayProcess, "the tray process does not answer"); }

class UnixChannel final : public Channel {
public:
    explicit UnixChannel(UniqueFd socket) : socket_(std::move(socket)) {}

    Status write(ByteView from, Deadline deadline) override {
        while (!from.empty()) {
            const auto count = ::send(socket_.get(), from.data(), from.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
            if (count > 0) {
                from = from.subspan(static_cast<std::size_t>(count));
            } else if (errno == EAGAIN) {
                pollfd waiting{socket_.get(), POLLOUT, 0};
                if (::poll(&waiting, 1, remaining(deadline)) == 0)
                    return silent();
            } else if (errno != EINTR) {
                return gone();
            }
        }
        return {};
    }

    Result<std::size_t> read(MutableByteView to, Deadline deadline) override {
        while (true) {
            std::array<pollfd, 2> waiting{pollfd{socket_.get(), POLLIN, 0}, pollfd{wake_.get(), POLLIN, 0}};
            const int ready = ::poll(waiting.data(), waiting.size(), remaining(deadline));
            if (ready == 0)
                return silent();
            if (ready < 0) {
                if (errno != EINTR)
                    return gone();
                continue;
            }
            if (waiting[1].revents != 0) {
                eventfd_t calls = 0;
                ::eventfd_read(wake_.get(), &calls);
                return std::size_t{0};
            }
            const auto count = ::recv(socket_.get(), to.data(), to.size(), MSG_DONTWAIT);
            if (count > 0)
                return static_cast<std::size_t>(count);
            if (count == 0 || (errno != EAGAIN && errno != EINTR))
                return gone();
        }
    }

    Status enableWake() override {
        if (!wake_)
            wake_ = UniqueFd(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
        if (!wake_)
            return systemError("interruptions can't be noticed");
        return {};
    }

    void wake() noexcept override {
        const int error = errno; // a signal handler must leave it alone
        ::eventfd_write(wake_.get(), 1);
        errno = error;
    }

private:
    /// -1: for ever; descriptors of -1 are ignored by poll.
    static int remaining(Deadline deadline) {
        if (!deadline)
            return -1;
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(*deadline - std::chrono::steady_clock::now());
        return static_cast<int>(std::clamp<std::int64_t>(left.count(), 0, std::numeric_limits<int>::max()));
    }

    UniqueFd socket_;
    UniqueFd wake_;
};

} // namespace

Result<std::unique_ptr<Channel>> openChannel(const Endpoint& endpoint) {
    const auto folder = openRunFolder(endpoint);
    if (!folder)
        return folder.error();
    UniqueFd socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    if (!socket)
        return systemError("a connection can't be made");
    ::setsockopt(socket.get(), SOL_SOCKET, SO_SNDTIMEO, &kConnectTime, sizeof(kConnectTime));
    const auto address = socketAddress(endpoint, *folder);
    if (::connect(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof(address)) != 0) {
        if (errno == EAGAIN)
            return silent();
        return makeError(ErrorCode::noTrayProcess, "no tray process serves this home");
    }
    if (!isOwnPeer(socket.get()))
        return makeError(ErrorCode::peerRefused, "the tray process of this home belongs to another user");
    return std::unique_ptr<Channel>(std::make_unique<UnixChannel>(std::move(socket)));
}

} // namespace ssprotect::ipc
