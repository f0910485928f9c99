#include "secrets.h"

#include "ssprotect/platform/hardening.h"
#include "ssprotect/platform/terminal.h"

#include <cstdio>
#include <string>
#include <utility>

namespace ssprotect::cli {
namespace {

/// What an attachment of the pipe holds.
constexpr std::size_t kLongest = 0xFFFF;
constexpr int kAttempts = 3;

/// Character by character and unbuffered, so that no copy stays in a buffer of the library.
Result<WipedBytes> readLine(std::string_view what) {
    std::setvbuf(stdin, nullptr, _IONBF, 0);
    WipedBytes line;
    int c = std::getc(stdin);
    if (c == EOF)
        return makeError(ErrorCode::usage, "standard input has no line for the " + std::string(what));
    for (; c != EOF && c != '\n'; c = std::getc(stdin)) {
        if (line.size() == kLongest)
            return makeError(ErrorCode::usage, "the " + std::string(what) + " is too long");
        line.push_back(static_cast<Byte>(c));
    }
    if (!line.empty() && line.back() == '\r')
        line.pop_back();
    return line;
}

std::string capitalised(std::string_view text) {
    std::string result(text);
    if (!result.empty() && result[0] >= 'a' && result[0] <= 'z')
        result[0] = static_cast<char>(result[0] - 'a' + 'A');
    return result;
}

} // namespace

Result<WipedBytes> SecretSource::ask(std::string_view prompt, std::string_view what) {
    if (!std::exchange(hardened_, true))
        platform::hardenProcess();
    if (fromStdin_)
        return readLine(what);
    return platform::readHiddenLine(std::string(prompt) + ": ");
}

Result<WipedBytes> SecretSource::existing(std::string_view what) { return ask(capitalised(what), what); }

Result<WipedBytes> SecretSource::factor(std::string_view what) {
    auto given = existing(what);
    if (!given && given.error().code == ErrorCode::usage)
        return makeError(ErrorCode::secondFactorMissing, std::move(given.error().message));
    return given;
}

Result<WipedBytes> SecretSource::fresh(std::string_view what) {
    for (int attempt = 1;; ++attempt) {
        auto first = ask(capitalised(what), what);
        if (!first)
            return first;
        const auto again = ask("The same again", what);
        if (!again)
            return again.error();
        if (*first == *again)
            return first;
        if (fromStdin_ || attempt == kAttempts)
            return makeError(ErrorCode::usage, "the two entries of the " + std::string(what) + " differ");
        std::fputs("They differ; try again.\n", stderr);
    }
}

} // namespace ssprotect::cli
