#pragma once

#include "ssprotect/base/result.h"

#include <algorithm>
#include <filesystem>
#include <string>
#include <string_view>

namespace ssprotect::platform {

/// What an error number of the system means to a person.
template <class Number> struct Meaning {
    Number number;
    ErrorCode code;
    std::string_view why;
    std::string_view remedy;
};

/// "what: why; what to do". A number that is not among `meanings` is `io-error`, with what the system calls it.
template <class Meanings, class Number, class Unknown>
Error errorAmong(const Meanings& meanings, Number number, const std::string& what, const Unknown& nameOfUnknown) {
    const auto row =
        std::find_if(meanings.begin(), meanings.end(), [&](const auto& meaning) { return meaning.number == number; });
    if (row == meanings.end())
        return makeError(ErrorCode::ioError,
                         what + ": " + nameOfUnknown(number) + "; try again, and check the disk if it stays so");
    return makeError(row->code, what + ": " + std::string(row->why) + "; " + std::string(row->remedy));
}

/// "cannot `action` 'path'". A temporary of ours tells the user nothing: then it is the folder that cannot be written
/// in.
std::string failureOf(std::string_view action, const std::filesystem::path& path);

} // namespace ssprotect::platform
