#include "output.h"

#include "ssprotect/platform/shown_path.h"

#include <cstdio>
#include <string>

#include <nlohmann/json.hpp>

namespace ssprotect::cli {
namespace {

void write(std::FILE* stream, std::string_view text) { std::fwrite(text.data(), 1, text.size(), stream); }

/// What to do next, where the message cannot know that a command line shows it.
std::string_view adviceFor(ErrorCode code) {
    switch (code) {
    case ErrorCode::notLoggedIn:
        return "Log in with: ssprotect login";
    case ErrorCode::exportKeysFirst:
        return "Export them with: ssprotect keys export FILE, and keep that file and its passphrase in a safe place.";
    case ErrorCode::takeOwnership:
        return "To make it your own, new chain: ssprotect activate --take-ownership PATH";
    default:
        return {};
    }
}

} // namespace

void Output::object(const Json& object) const {
    if (json_)
        objectText(object.dump(-1, ' ', false, Json::error_handler_t::replace));
}

void Output::objectText(std::string_view text) const {
    if (!json_)
        return;
    write(stdout, text);
    write(stdout, "\n");
}

void Output::text(std::string_view text) const {
    if (!json_)
        write(stdout, text);
}

void Output::line(std::string_view line) const {
    text(line);
    text("\n");
}

void Output::remark(std::string_view line) const {
    std::fflush(stdout);
    write(stderr, std::string(line) + '\n');
}

void Output::error(const Error& error) const {
    object({{"error", {{"code", error.word()}, {"message", error.message}}}});
    if (json_)
        return;
    remark("ssprotect: " + platform::shownText(error.message));
    if (const auto advice = adviceFor(error.code); !advice.empty())
        remark(advice);
}

bool Output::flush() const { return std::fflush(stdout) == 0 && std::ferror(stdout) == 0; }

} // namespace ssprotect::cli
