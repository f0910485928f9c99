#include "raw_pipe.h"

#include <array>
#include <cstring>
#include <filesystem>
#include <poll.h>
#include <stdexcept>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace ssprotect::ipc {

struct RawPipe::Handle {
    explicit Handle(int open) : fd(open) {}
    Handle(const Handle&) = delete;
    Handle& operator=(const Handle&) = delete;
    ~Handle() { ::close(fd); }

    const int fd;
};

namespace {

constexpr int kPatienceMillis = 30'000;

sockaddr_un addressOf(const Endpoint& endpoint) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    const auto name = (endpoint.runFolder() / "tray.sock").string();
    if (name.size() >= sizeof(address.sun_path))
        throw std::runtime_error("the test's folder has too long a name");
    std::memcpy(static_cast<char*>(address.sun_path), name.c_str(), name.size() + 1);
    return address;
}

int newSocket() { return ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0); }

} // namespace

RawPipe::RawPipe(const Endpoint& endpoint) : handle_(std::make_unique<Handle>(newSocket())) {
    const auto address = addressOf(endpoint);
    if (::connect(handle_->fd, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) != 0)
        throw std::runtime_error("cannot connect");
}

RawPipe::RawPipe(std::unique_ptr<Handle> connected) : handle_(std::move(connected)) {}
RawPipe::RawPipe(RawPipe&& other) noexcept = default;
RawPipe::~RawPipe() = default;

bool RawPipe::send(std::string_view bytes) {
    while (!bytes.empty()) {
        const auto count = ::send(handle_->fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (count <= 0)
            return false;
        bytes.remove_prefix(static_cast<std::size_t>(count));
    }
    return true;
}

bool RawPipe::readAll(char* to, std::size_t size) {
    while (size > 0) {
        pollfd waiting{handle_->fd, POLLIN, 0};
        if (::poll(&waiting, 1, kPatienceMillis) <= 0)
            return false;
        const auto count = ::recv(handle_->fd, to, size, 0);
        if (count <= 0)
            return false;
        to += count;
        size -= static_cast<std::size_t>(count);
    }
    return true;
}

bool RawPipe::waitForClose() {
    std::array<char, 4096> waste{};
    while (true) {
        pollfd waiting{handle_->fd, POLLIN, 0};
        if (::poll(&waiting, 1, kPatienceMillis) <= 0)
            return false;
        if (::recv(handle_->fd, waste.data(), waste.size(), 0) <= 0)
            return true;
    }
}

RawListener::RawListener(const Endpoint& endpoint) : handle_(std::make_unique<RawPipe::Handle>(newSocket())) {
    std::filesystem::create_directories(endpoint.runFolder());
    const auto address = addressOf(endpoint);
    if (::bind(handle_->fd, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) != 0 ||
        ::listen(handle_->fd, 8) != 0)
        throw std::runtime_error("cannot listen");
}

RawListener::~RawListener() = default;

RawPipe RawListener::accept() {
    return RawPipe(std::make_unique<RawPipe::Handle>(::accept4(handle_->fd, nullptr, nullptr, SOCK_CLOEXEC)));
}

} // namespace ssprotect::ipc
