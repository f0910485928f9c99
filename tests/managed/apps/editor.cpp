// A program as managed access meets them. It takes steps as arguments and the document's path last, as every
// program does:
//
//   write:TEXT      into the document, in place         append:TEXT   at its end
//   replace:TEXT    into a new file beside it, renamed over it
//   backup          moves the document to NAME~ first   delete        the document
//   read            it whole, and closes it             hold          it open until release
//   file:NAME:TEXT  another file beside it              remove:NAME   a file beside it
//   expect:TEXT     ends with status 3 if the document's content is another
//   say:FIFO        waits for the test to hear it       hear:FIFO     waits for the test to say it
//   serve:SOCKET    waits for a document                send:SOCKET   gives the document to who serves
//   spawn:STEP|…    those steps in a child that outlives it
//   crash           by a signal                         exit:STATUS

#include <csignal>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>
#include <vector>

namespace {

namespace fs = std::filesystem;

[[noreturn]] void giveUp() { std::_Exit(9); }

void put(const fs::path& file, const std::string& text, std::ios::openmode mode) {
    std::ofstream stream(file, std::ios::binary | mode);
    if (!(stream << text).flush())
        giveUp();
}

std::string contentOf(const fs::path& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

/// The other side opens the FIFO as well, or nobody goes on.
void meet(const std::string& fifo, int mode) {
    const int meeting = ::open(fifo.c_str(), mode);
    if (meeting < 0)
        giveUp();
    ::close(meeting);
}

sockaddr_un addressOf(const std::string& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.size() >= sizeof address.sun_path)
        giveUp();
    std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
    return address;
}

const sockaddr* general(const sockaddr_un& address) { return reinterpret_cast<const sockaddr*>(&address); }

fs::path served(const std::string& path) {
    const auto address = addressOf(path);
    const std::string temporary = path + ".new";
    const auto bound = addressOf(temporary);
    const int listener = ::socket(AF_UNIX, SOCK_STREAM, 0);
    if (::bind(listener, general(bound), sizeof bound) != 0 || ::listen(listener, 1) != 0)
        giveUp();
    fs::rename(temporary, address.sun_path); // whoever finds it can connect
    const int connection = ::accept(listener, nullptr, nullptr);
    std::string document;
    char piece[4096];
    for (ssize_t got = 0; (got = ::read(connection, piece, sizeof piece)) > 0;)
        document.append(piece, static_cast<std::size_t>(got));
    ::close(connection);
    return document;
}

void send(const std::string& path, const fs::path& document) {
    const auto address = addressOf(path);
    const int connection = ::socket(AF_UNIX, SOCK_STREAM, 0);
    const std::string& text = document.native();
    if (::connect(connection, general(address), sizeof address) != 0 ||
        ::write(connection, text.data(), text.size()) != static_cast<ssize_t>(text.size()))
        giveUp();
    ::close(connection);
}

class Editor {
public:
    explicit Editor(fs::path document) : document_(std::move(document)) {}

    void follow(const std::string& step) {
        const auto colon = step.find(':');
        const std::string verb = step.substr(0, colon);
        const std::string rest = colon == std::string::npos ? std::string() : step.substr(colon + 1);
        onDocument(verb, rest);
        withOthers(verb, rest);
    }

private:
    void onDocument(const std::string& verb, const std::string& rest) {
        if (verb == "write")
            put(document_, rest, std::ios::trunc);
        else if (verb == "append")
            put(document_, rest, std::ios::app);
        else if (verb == "replace") {
            const fs::path temporary = document_.parent_path() / ".goutputstream-ABC123";
            put(temporary, rest, std::ios::trunc);
            fs::rename(temporary, document_);
        } else if (verb == "backup")
            fs::rename(document_, document_.native() + "~");
        else if (verb == "delete")
            fs::remove(document_);
        else if (verb == "read")
            contentOf(document_);
        else if (verb == "hold")
            held_ = ::open(document_.c_str(), O_RDWR);
        else if (verb == "release")
            ::close(held_);
        else if (verb == "expect" && contentOf(document_) != rest)
            std::_Exit(3);
    }

    void withOthers(const std::string& verb, const std::string& rest) {
        if (verb == "file") {
            const auto colon = rest.find(':');
            const fs::path file = document_.parent_path() / rest.substr(0, colon);
            fs::create_directories(file.parent_path());
            put(file, rest.substr(colon + 1), std::ios::trunc);
        } else if (verb == "remove")
            fs::remove(document_.parent_path() / rest);
        else if (verb == "say")
            meet(rest, O_WRONLY);
        else if (verb == "hear")
            meet(rest, O_RDONLY);
        else if (verb == "serve")
            document_ = served(rest);
        else if (verb == "send")
            send(rest, document_);
        else if (verb == "spawn")
            spawn(rest);
        else if (verb == "crash")
            ::raise(SIGKILL);
        else if (verb == "exit")
            std::_Exit(std::stoi(rest));
    }

    void spawn(const std::string& steps) {
        if (::fork() != 0)
            return;
        std::size_t from = 0;
        while (from <= steps.size()) {
            const auto to = std::min(steps.find('|', from), steps.size());
            follow(steps.substr(from, to - from));
            from = to + 1;
        }
        std::_Exit(0);
    }

    fs::path document_;
    int held_ = -1;
};

} // namespace

int main(int count, char** arguments) {
    if (count < 2)
        return 9;
    Editor editor(arguments[count - 1]);
    for (int i = 1; i + 1 < count; ++i)
        editor.follow(arguments[i]);
    return 0;
}
