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

/// What a host brings into its sessions.
struct SessionSettings {
    std::string hostName;                 ///< shown in the audit trail
    crypto::ScryptParameters newPassword; ///< for passwords and passphrases set here
    crypto::ScryptLimits limits;          ///< what is accepted from KODiAC and from files
    /// Asks the person for the next code of the OATH token (TFA-5), of so many digits; empty: there is nobody to ask.
    std::function<Result<std::string>(std::uint32_t digits)> oathCode{};
};

/// Where the room keeps its things below `$SSPROTECT_HOME`.
struct HomeLayout {
    platform::Path home;

    platform::Path hostFolder() const { return home / "host"; }
    platform::Path hostDatabase() const { return hostFolder() / "host.db"; }
    platform::Path kodiacFolder() const { return home / "kodiac"; }
};

} // namespace ssprotect::session
