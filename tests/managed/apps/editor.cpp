// A program as managed access meets them. It takes steps as arguments and the document's path last, as every
// program does:
//
//   write:TEXT      into the document, in place         append:TEXT   at its end
//   replace:TEXT    into a new file beside it, renamed over it
//   backup          moves the document to NAME~ first   delete        the document
//   read            it whole, and closes it             hold          it open until release
//   file:NAME:TEXT  another file beside it              remove:NAME   a file beside it
//   expect:TEXT     ends with status 3 if the document's content is another
//   say:PLACE       waits for the test to hear it       hear:PLACE    waits for the test to say it
//   serve:PLACE     waits for a document                send:PLACE    gives the document to who serves
//   spawn:STEP|…    those steps in a child that outlives it
//   crash           by a fault                          exit:STATUS

#include "apps/system.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;
namespace test = ssprotect::test;

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

void require(bool done) {
    if (!done)
        giveUp();
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
            fs::rename(document_, fs::path(document_) += "~");
        else if (verb == "delete")
            fs::remove(document_);
        else if (verb == "read")
            contentOf(document_);
        else if (verb == "hold")
            held_ = std::make_unique<test::HeldFile>(document_);
        else if (verb == "release")
            held_.reset();
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
            require(test::sayAt(rest));
        else if (verb == "hear")
            require(test::hearAt(rest));
        else if (verb == "serve")
            serve(rest);
        else if (verb == "send")
            require(test::sendDocument(rest, document_));
        else if (verb == "spawn")
            spawn(rest);
        else if (verb == "crash")
            test::crash();
        else if (verb == "exit")
            std::_Exit(std::stoi(rest));
    }

    void serve(const std::string& place) {
        const auto document = test::receiveDocument(place);
        require(document.has_value());
        document_ = *document;
    }

    void spawn(const std::string& steps) {
        std::vector<std::string> arguments;
        std::size_t from = 0;
        while (from <= steps.size()) {
            const auto to = std::min(steps.find('|', from), steps.size());
            arguments.push_back(steps.substr(from, to - from));
            from = to + 1;
        }
        arguments.push_back(document_.string());
        test::startAgain(arguments);
    }

    fs::path document_;
    std::unique_ptr<test::HeldFile> held_;
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
