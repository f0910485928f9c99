#pragma once

#include "ssprotect/app/acknowledger.h"
#include "ssprotect/base/clock.h"
#include "ssprotect/base/log.h"
#include "ssprotect/base/random.h"
#include "ssprotect/crypto/password.h"
#include "ssprotect/managed/managed_access.h"
#include "ssprotect/platform/file_system.h"

#include <functional>
#include <memory>
#include <string>

namespace ssprotect::app {

class MethodTable;

/// The world around one home; all of it outlives the Application.
struct Outside {
    const Clock& clock;
    Random& random;
    platform::FileSystem& files;
    platform::Processes& processes;
    platform::ApplicationAssociations& applications;
    managed::FolderWatch watch;
    Log& log;
    /// platform::checkProgram (PROT-11); empty: every program may get plaintext.
    std::function<Status(const platform::Path& program, bool unsignedAppsAllowed)> checkProgram{};
};

struct Settings {
    platform::Path home;
    platform::Path runtimeFolder; ///< for workspaces in memory; empty: none
    std::string boot;             ///< platform::bootIdentity()
    std::string hostName;         ///< shown in the audit trail
    std::string version;          ///< of the product
    bool headless = false;
    SecondFactorMode secondFactor = SecondFactorMode::ask;
    Duration patience{60'000};            ///< of a second-factor prompt (ACC-9)
    crypto::ScryptParameters newPassword; ///< for passwords and passphrases set here
    crypto::ScryptLimits passwordLimits;
};

/// How a quit treats documents that are open (PROT-5).
using managed::ClosePolicy;

/// All rooms of one home, put together: what the pipe and the tray's dialogs call. Any thread. The
/// caller holds the home's instance lock.
///
/// Events that subscribers get: `session.changed` (the session as in `status`), `opened.changed` (the list as in
/// `opened`), `hostlist.changed` {}, `files.changed` {paths} (their overlay icons may have), `colours.changed` {} (those of
/// all files may have), and `notice` {kind, path?, version?, message?} for things a person should hear of. One with
/// windows gets `shell.window` {window: "conversion" (operation, paths) or "versions" (path)} to show.
class Application {
public:
    /// Opens the home and settles what a crash left in it, before anything can be asked for.
    static Result<std::unique_ptr<Application>> start(const Outside& outside, Settings settings);
    /// What is open stays sealed on disk for the next start; call `close` first to have it stored.
    ~Application();
    Application(const Application&) = delete;
    Application& operator=(const Application&) = delete;

    MethodTable& methods();
    const Settings& settings() const;

    /// From now on that client hears of events, for as long as it lives.
    void subscribe(const std::weak_ptr<Client>& client);
    /// What it had running is cancelled so that every file is whole; its open documents stay open.
    void clientGone(const Client& client);

    /// `ended` is called once, from any thread, when a quit that was asked for through the method table is done.
    void whenEnded(std::function<void()> ended);
    /// Session end, SIGTERM: protects what is open, ends the login session. Blocks, at most about `deadline`.
    void close(ClosePolicy policy, Duration deadline);

private:
    class Inside;
    explicit Application(std::unique_ptr<Inside> inside);
    std::unique_ptr<Inside> inside_;
};

} // namespace ssprotect::app
