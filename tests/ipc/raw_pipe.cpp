#include "raw_pipe.h"

#include <cstring>
#include <filesystem>
#include <poll.h>
#include <stdexcept>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace ssprotect::ipc {
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

} // namespace

RawPipe::RawPipe(const Endpoint& endpoint) : fd_(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    const auto address = addressOf(endpoint);
    if (::connect(fd_, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) != 0)
        throw std::runtime_error("cannot connect");
}

RawPipe::RawPipe(RawPipe&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}

RawPipe::~RawPipe() {
    if (fd_ >= 0)
        ::close(fd_);
}

bool RawPipe::send(std::string_view bytes) {
    while (!bytes.empty()) {
        const auto count = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (count <= 0)
            return false;
        bytes.remove_prefix(static_cast<std::size_t>(count));
    }
    return true;
}

bool RawPipe::sendFrame(std::string_view body) { return send(frameOf(body)); }

bool RawPipe::readAll(char* to, std::size_t size) {
    while (size > 0) {
        pollfd waiting{fd_, POLLIN, 0};
        if (::poll(&waiting, 1, kPatienceMillis) <= 0)
            return false;
        const auto count = ::recv(fd_, to, size, 0);
        if (count <= 0)
            return false;
        to += count;
        size -= static_cast<std::size_t>(count);
    }
    return true;
}

std::optional<nlohmann::json> RawPipe::receive() {
    std::array<char, 4> length{};
    if (!readAll(length.data(), length.size()))
        return std::nullopt;
    std::string body(loadBigEndian<std::uint32_t>(viewOf({length.data(), length.size()})), '\0');
    if (!readAll(body.data(), body.size()))
        return std::nullopt;
    return nlohmann::json::parse(body);
}

bool RawPipe::waitForClose() {
    std::array<char, 4096> waste{};
    while (true) {
        pollfd waiting{fd_, POLLIN, 0};
        if (::poll(&waiting, 1, kPatienceMillis) <= 0)
            return false;
        if (::recv(fd_, waste.data(), waste.size(), 0) <= 0)
            return true;
    }
}

RawListener::RawListener(const Endpoint& endpoint) : fd_(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    std::filesystem::create_directories(endpoint.runFolder());
    const auto address = addressOf(endpoint);
    if (::bind(fd_, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) != 0 || ::listen(fd_, 8) != 0)
        throw std::runtime_error("cannot listen");
}

RawListener::~RawListener() { ::close(fd_); }

RawPipe RawListener::accept() { return RawPipe(::accept4(fd_, nullptr, nullptr, SOCK_CLOEXEC)); }

std::string frameOf(std::string_view body) {
    std::string frame(4, '\0');
    storeBigEndian(static_cast<std::uint32_t>(body.size()),
                   MutableByteView(reinterpret_cast<Byte*>(frame.data()), frame.size()));
    return frame.append(body);
}

} // namespace ssprotect::ipc
