#pragma once

#include "ssprotect/base/clock.h"
#include "ssprotect/base/log.h"
#include "ssprotect/base/random.h"
#include "ssprotect/conversion/authorisation.h"
#include "ssprotect/conversion/converter.h"
#include "ssprotect/managed/close_detection.h"
#include "ssprotect/managed/desktop.h"
#include "ssprotect/managed/managed_events.h"

#include <functional>
#include <memory>
#include <string>

namespace ssprotect::managed {

/// What an open document keeps of the login session, so that closing works after it ended (PROT-14).
struct Access {
    std::shared_ptr<conversion::Authorisation> authorisation;
    std::shared_ptr<conversion::Converter> converter; ///< works with that authorisation
    std::string accountName;                          ///< e-mail, for the names of conflict copies
};

/// The login session of now; `not-logged-in` (or another refusal, `export-keys-first`) without one. Any thread.
using AccessSource = std::function<Result<Access>()>;

/// What managed access is given; all of it outlives it.
struct Parts {
    platform::FileSystem& files;
    Desktop& desktop;
    const Clock& clock;
    Random& random;
    Log& log;
    ManagedEvents& events;
    AccessSource access;
};

struct Settings {
    platform::Path home;                     ///< $SSPROTECT_HOME
    platform::Path runtimeDirectory;         ///< memory-backed and the user's own ($XDG_RUNTIME_DIR); empty: none
    std::uint64_t mostInMemory = 256u << 20; ///< a bigger document gets its workspace on disk
    CloseRules rules;
    bool keepVersionWhenUnchanged = true; ///< PROT-4
    Duration firstRetry{5'000};           ///< of a pending store; doubles up to `longestRetry`
    Duration longestRetry{600'000};
    unsigned threads = 2; ///< for one document's cryptography
};

} // namespace ssprotect::managed
