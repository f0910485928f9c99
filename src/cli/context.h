#pragma once

#include "output.h"
#include "secrets.h"
#include "tray.h"

namespace ssprotect::cli {

/// What every command works with.
struct Context {
    const Output& output;
    SecretSource& secrets;
    const ipc::Endpoint& endpoint;
    /// Whether a person can be asked: there is a terminal, and the output is not for a program.
    bool interactive = false;
};

/// The exit code of a command that has said what there is to say; an Error is still to be said.
using Outcome = Result<int>;

inline constexpr int kDone = 0;
inline constexpr int kSomeFailed = 1;
inline constexpr int kUsage = 2;

} // namespace ssprotect::cli
