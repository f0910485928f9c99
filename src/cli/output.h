#pragma once

#include "ssprotect/base/json.h"
#include "ssprotect/base/result.h"

#include <string_view>

namespace ssprotect::cli {

/// What the command says: one JSON object on stdout with --json, else short lines; remarks go to stderr.
class Output {
public:
    explicit Output(bool json) : json_(json) {}

    bool json() const { return json_; }
    /// With --json only: the object and a line end.
    void object(const Json& object) const;
    /// The same, already written out.
    void objectText(std::string_view text) const;
    /// Without --json only, as it is.
    void text(std::string_view text) const;
    void line(std::string_view line) const;
    /// On stderr, also with --json.
    void remark(std::string_view line) const;
    /// The failed command: {"error":{"code","message"}}, or on stderr with what to do about it.
    void error(const Error& error) const;
    /// False when something could not be written, such as on a full disk.
    bool flush() const;

private:
    bool json_;
};

} // namespace ssprotect::cli
