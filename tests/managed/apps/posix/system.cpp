#include "apps/system.h"

#include <csignal>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

namespace ssprotect::test {
namespace {

namespace fs = std::filesystem;

/// A FIFO opens when both ends are asked for.
bool meet(const fs::path& place, int mode) {
    const int meeting = ::open(place.c_str(), mode);
    if (meeting < 0)
        return false;
    ::close(meeting);
    return true;
}

sockaddr_un addressOf(const std::string& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.size() >= sizeof address.sun_path)
        std::abort();
    std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
    return address;
}

const sockaddr* general(const sockaddr_un& address) { return reinterpret_cast<const sockaddr*>(&address); }

} // namespace

bool prepareMeeting(const fs::path& place) { return ::mkfifo(place.c_str(), 0600) == 0; }
bool sayAt(const fs::path& place) { return meet(place, O_WRONLY); }
bool hearAt(const fs::path& place) { return meet(place, O_RDONLY); }

std::optional<fs::path> receiveDocument(const fs::path& place) {
    const std::string temporary = place.native() + ".new";
    const auto bound = addressOf(temporary);
    const int listener = ::socket(AF_UNIX, SOCK_STREAM, 0);
    if (::bind(listener, general(bound), sizeof bound) != 0 || ::listen(listener, 1) != 0)
        return std::nullopt;
    fs::rename(temporary, place); // whoever finds it can connect
    const int connection = ::accept(listener, nullptr, nullptr);
    std::string document;
    char piece[4096];
    for (ssize_t got = 0; (got = ::read(connection, piece, sizeof piece)) > 0;)
        document.append(piece, static_cast<std::size_t>(got));
    ::close(connection);
    return document;
}

bool sendDocument(const fs::path& place, const fs::path& document) {
    const auto address = addressOf(place);
    const int connection = ::socket(AF_UNIX, SOCK_STREAM, 0);
    const std::string& text = document.native();
    const bool sent = ::connect(connection, general(address), sizeof address) == 0 &&
                      ::write(connection, text.data(), text.size()) == static_cast<ssize_t>(text.size());
    ::close(connection);
    return sent;
}

HeldFile::HeldFile(const fs::path& file) : handle_(::open(file.c_str(), O_RDWR)) {}
HeldFile::~HeldFile() { ::close(static_cast<int>(handle_)); }

void startAgain(const std::vector<std::string>& arguments) {
    if (::fork() != 0)
        return;
    std::string self = "/proc/self/exe";
    std::vector<char*> words{self.data()};
    for (const auto& argument : arguments)
        words.push_back(const_cast<char*>(argument.c_str()));
    words.push_back(nullptr);
    ::execv(self.c_str(), words.data());
    std::_Exit(9);
}

void crash() {
    ::raise(SIGKILL);
    std::abort();
}

} // namespace ssprotect::test
