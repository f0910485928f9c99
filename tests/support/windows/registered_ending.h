#pragma once

#include <string>

namespace ssprotect::support {

/// An ending of file names and the program that opens such files, for everybody on this machine and as long as this
/// object lives; only an administrator may register one. No two tests that run at once may take the same ending.
class RegisteredEnding {
public:
    /// `ending` with its dot; `command` as the registry holds it, with %1 for the document.
    RegisteredEnding(const std::wstring& ending, const std::wstring& command);
    ~RegisteredEnding();
    RegisteredEnding(const RegisteredEnding&) = delete;
    RegisteredEnding& operator=(const RegisteredEnding&) = delete;

    bool made() const { return made_; }

private:
    std::wstring ending_;
    std::wstring class_;
    bool made_ = false;
};

} // namespace ssprotect::support
