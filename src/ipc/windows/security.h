#pragma once

#include "process_user.h"

#include <memory>
#include <string>

namespace ssprotect::ipc {

/// A security descriptor made of its text (SDDL), for the calls that create something.
class Security {
public:
    static Result<Security> of(const std::wstring& text);

    /// Not inherited by programs that this one starts.
    SECURITY_ATTRIBUTES attributes() const { return {sizeof(SECURITY_ATTRIBUTES), descriptor_.get(), FALSE}; }
    PSECURITY_DESCRIPTOR descriptor() const { return descriptor_.get(); }

private:
    struct Free {
        void operator()(void* memory) const { ::LocalFree(memory); }
    };
    explicit Security(PSECURITY_DESCRIPTOR descriptor) : descriptor_(descriptor) {}

    std::unique_ptr<void, Free> descriptor_;
};

/// For the pipe: this user and nobody else, not over the network, not from a sandbox of that user.
std::wstring pipeSecurityText(const ProcessUser& user);
/// For a folder and what is made below it: this user and the system.
std::wstring folderSecurityText(const ProcessUser& user);

} // namespace ssprotect::ipc
