#pragma once

#include "ssprotect/base/clock.h"
#include "ssprotect/base/log.h"
#include "ssprotect/base/random.h"
#include "ssprotect/crypto/password.h"
#include "ssprotect/platform/file_system.h"

#include <functional>
#include <string>

namespace ssprotect::session {

/// What the room takes from outside; all of it outlives whoever is given it.
struct Environment {
    const Clock& clock;
    Random& random;
    platform::FileSystem& files;
    Log& log;
};

/// Which code of the OATH token a person is asked for (TFA-5).
struct CodeQuestion {
    std::uint32_t digits = 6;
    bool following = false; ///< the one right after the code that was just given
};

/// What a host brings into its sessions.
struct SessionSettings {
    std::string hostName;                 ///< shown in the audit trail
    crypto::ScryptParameters newPassword; ///< for passwords and passphrases set here
    crypto::ScryptLimits limits;          ///< what is accepted from KODiAC and from files
    /// Asks the person for a code of the OATH token, on the thread of the call that needs it, which waits; at most one
    /// is asked for at a time. Calls that the host makes with nobody at hand do not ask. Empty: there is nobody to ask.
    std::function<Result<std::string>(const CodeQuestion&)> oathCode{};
};

/// Where the room keeps its things below `$SSPROTECT_HOME`.
struct HomeLayout {
    platform::Path home;

    platform::Path hostFolder() const { return home / "host"; }
    platform::Path hostDatabase() const { return hostFolder() / "host.db"; }
    platform::Path kodiacFolder() const { return home / "kodiac"; }
};

} // namespace ssprotect::session
