#pragma once

#include "ssprotect/app/application.h"
#include "ssprotect/platform/process.h"

#include <memory>

namespace ssprotect::app {

/// The one process that owns the session of a home: the Application on this machine's files, clock and
/// programs, its pipe, its log. The program around it only shows windows, or nothing.
class TrayProcess {
public:
    struct Options {
        bool headless = false;
        SecondFactorMode secondFactor = SecondFactorMode::ask;
        platform::UserDefaults userDefaults; ///< from platform::hardenProcess
        std::string version;
    };

    /// `conflict` when another tray process serves this home.
    static Result<std::unique_ptr<TrayProcess>> start(const platform::Path& home, const Options& options);
    virtual ~TrayProcess() = default;

    virtual Application& application() = 0;
    /// The end of the user's session, or SIGTERM (PROT-5): opened documents are protected, what can't be stored in
    /// time lies sealed on disk. Blocks at most about `deadline`.
    virtual void close(Duration deadline) = 0;
};

} // namespace ssprotect::app
