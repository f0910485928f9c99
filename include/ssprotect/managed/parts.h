#pragma once

#include "ssprotect/base/clock.h"
#include "ssprotect/base/log.h"
#include "ssprotect/base/random.h"
#include "ssprotect/conversion/authorisation.h"
#include "ssprotect/conversion/converter.h"
#include "ssprotect/managed/close_detection.h"
#include "ssprotect/managed/managed_events.h"
#include "ssprotect/platform/application_association.h"
#include "ssprotect/platform/directory_watcher.h"
#include "ssprotect/platform/process.h"

#include <functional>
#include <memory>
#include <string>

namespace ssprotect::managed {

/// What an open document keeps of the login session, so that closing works after it ended (PROT-14).
struct Access {
    std::shared_ptr<conversion::Authorisation> authorisation;
    std::shared_ptr<conversion::Converter> converter; ///< works with that authorisation
    std::string accountName;                          ///< e-mail, for the names of conflict copies
    /// May be empty. Runs the engine's own recovery (`conversion::recoverWithSession`), which decides stores whose
    /// answer was lost.
    std::function<void()> recover{};
    /// Whether the account wants no version of a document that was not changed (PROT-4 *Keep version when unchanged*);
    /// asked when such a document closes. Empty: every access makes a version.
    std::function<bool()> keepsVersionWhenUnchanged{};
};

/// The login session of now; `not-logged-in` (or another refusal, `export-keys-first`) without one. Any thread.
using AccessSource = std::function<Result<Access>()>;

/// Keeps a folder in sight; the real one is platform::watchDirectory. The callback only wakes somebody up.
using FolderWatch = std::function<Result<std::unique_ptr<platform::DirectoryWatcher>>(
    const platform::Path& folder, std::function<void(const platform::FolderChange&)> happened)>;

/// What managed access is given; all of it outlives it.
struct Parts {
    platform::FileSystem& files;
    platform::Processes& processes;
    platform::ApplicationAssociations& applications;
    FolderWatch watch;
    const Clock& clock;
    Random& random;
    Log& log;
    ManagedEvents& events;
    AccessSource access;
    /// Whether a program may get plaintext (PROT-11), asked before anything is decrypted. Empty: every program may.
    std::function<Status(const platform::Path& program)> mayReceive{};
};

struct Settings {
    platform::Path home;                     ///< $SSPROTECT_HOME
    platform::Path runtimeFolder;            ///< platform::runtimeFolder(); empty: none, every workspace is on disk
    std::string boot;                        ///< platform::bootIdentity()
    std::uint64_t mostInMemory = 256u << 20; ///< a bigger document gets its workspace on disk
    CloseRules rules;
    Duration firstRetry{5'000}; ///< of a pending store; doubles up to `longestRetry`
    Duration longestRetry{600'000};
    unsigned threads = 2; ///< for one document's cryptography
};

} // namespace ssprotect::managed
