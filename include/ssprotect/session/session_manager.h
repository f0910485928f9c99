#pragma once

#include "ssprotect/session/host_database.h"
#include "ssprotect/session/kodiac_directory.h"
#include "ssprotect/session/profiles.h"
#include "ssprotect/session/session.h"

#include <memory>
#include <optional>
#include <string_view>
#include <vector>

namespace ssprotect::session {

enum class SessionEnd { loggedOut, expired, endedByKodiac };

/// Hears of the session, on the thread that changed it; must not call the manager back.
class SessionListener {
public:
    virtual ~SessionListener() = default;
    virtual void sessionStarted(const SessionInfo&) {}
    virtual void sessionRefreshed(const SessionInfo&) {} ///< also once the keys are exported
    /// The keys are still there: the last moment for work under them.
    virtual void sessionEnding(Session&) {}
    virtual void sessionEnded(SessionEnd) {}
};

/// Who logs in: a profile by name, an e-mail, or (both empty) the current profile. An e-mail without servers is that of
/// its profile, else of the embedded KODiAC.
struct LoginTarget {
    std::string profile;
    std::string email;
    ServerSet servers{};
};

/// What became of a registration (ACC-3).
struct Registration {
    std::optional<SessionInfo> session; ///< the first Administrator is logged in; none: waits for Validation
    std::string organizationName;
    std::string softwareId;
    std::string comparisonCode; ///< to be compared with the Privileged User who validates
};

/// One host of the account in session (ACC-8).
struct HostShown {
    HostId host;
    std::string name;
    bool enrolled = false;
    bool oath = false;
    bool here = false;
    std::string comparisonCode; ///< it asks to be approved and must show the same; empty: it does not ask
};

struct HostRequest {
    std::string comparisonCode; ///< shown here, to be compared on a host of the account
    TimePoint expires{};
};

/// The one login session of this tray process: made, kept, ended. Any thread; what changes the session runs
/// one at a time, and takes as long as scrypt does: never on a GUI thread. Passwords are borrowed, not kept.
class SessionManager {
public:
    SessionManager(KodiacDirectory& kodiacs, HostDatabase& database, const Environment& environment,
                   SessionSettings settings);
    /// Ends the session without telling KODiAC: call `logout` first.
    ~SessionManager();
    SessionManager(const SessionManager&) = delete;
    SessionManager& operator=(const SessionManager&) = delete;

    /// ACC-2: makes the account, its organization of one and all keys, and logs in. Another session must have ended
    /// (`conflict`). `weak-password`; `already-exists` for a taken e-mail.
    Result<SessionInfo> createIndividual(std::string_view email, ByteView password, const ServerSet& servers = {});

    /// ACC-3, with the code that was mailed: makes the account's keys, and those of the Organization for its first
    /// Administrator. Another session must have ended (`conflict`). `weak-password` by the Organization's rules too;
    /// KODiAC's causes: `not-found`, `expired`, `refused`.
    Result<Registration> registerAccount(std::string_view email, const ServerSet& servers, std::string_view code,
                                         ByteView password);
    /// What `registerAccount` gave, until the first login: `not-found`.
    Result<std::string> comparisonCode(const LoginTarget& target);
    /// ACC-4: asks to join; what becomes of it is said by mail only.
    Status signUp(std::string_view email, const ServerSet& servers, std::string_view organization);

    /// `login-failed` for an unknown account or a wrong password alike; `integrity` or `peer-refused` when KODiAC's
    /// proof, vault or chain of signatures does not hold: then no key was taken. `not-validated`, `account-dismissed`;
    /// `host-not-approved` on a host that the account does not know, or not any more since it was registered anew on
    /// another after *Reset Pwd*: `requestHost`, or import the keys. A running session of another account is ended
    /// first once the new one stands.
    Result<SessionInfo> login(const LoginTarget& target, ByteView password);

    /// A new token, and whatever keys came since.
    Result<SessionInfo> refresh();
    /// Ok also when nobody is logged in. KODiAC out of reach does not keep the session: it expires there.
    Status logout();

    /// `login-failed` when `current` is wrong, `weak-password` also by the rules of the Organization and for one of the
    /// last passwords. The only thing that a session with `passwordDue` allows.
    Status changePassword(ByteView current, ByteView next);

    /// REC-7: writes, reads back and proves the file before it counts. `already-exists` rather than overwrite.
    Status exportKeys(const platform::Path& file, ByteView passphrase);
    /// REC-7: sets a new password with the exported keys, on any host, and logs in. Without servers in `target` its
    /// profile says where the account is, else it is the embedded KODiAC's. `wrong-passphrase`, `data-damaged`,
    /// `refused` (the keys of another account): then nothing changed.
    Result<SessionInfo> importKeys(const platform::Path& file, const LoginTarget& target, ByteView passphrase,
                                   ByteView newPassword);

    /// TFA-2, once a Privileged User has permitted it: this host's counter and KODiAC's meet again.
    Status syncSecondFactor(const LoginTarget& target);
    /// TFA-5: from now on the codes of this host come from a token, through `SessionSettings::oathCode`. `seed`:
    /// base32 or otpauth://hotp/…; `code`: the token's next one. `refused` without it: nobody could be asked.
    Status useOathToken(std::string_view seed, std::string_view code);
    /// Back to a secret of this host.
    Status useSoftwareSecret();

    /// ACC-8, from a host that is none of the account's: proves the password and asks the others. One at a time; asking
    /// again replaces it. `already-exists` on one that is enrolled.
    Result<HostRequest> requestHost(const LoginTarget& target, ByteView password);
    /// Looks once whether it was approved, and then logs in; none: not yet. `expired`; `not-found` without a request;
    /// `integrity` when what it was given does not open the vault: then everything stays as it was.
    Result<std::optional<SessionInfo>> continueHostRequest();
    void cancelHostRequest();
    /// The hosts of the account in session.
    Result<std::vector<HostShown>> hosts();
    /// Seals the device secret to the host that asks, when it shows that comparison code (`peer-refused`).
    Status approveHost(const HostId& host, std::string_view comparisonCode);
    Status removeHost(const HostId& host);

    /// ACC-6 *Remote Profile Deployment*: what the account in session keeps at KODiAC.
    Result<std::vector<Profile>> deployedProfiles();
    Status deployProfile(std::string_view name);
    Status withdrawProfile(std::string_view name);
    /// Adds those that this host lacks, and names them as they are called here.
    Result<std::vector<std::string>> fetchProfiles();

    /// Ends the session when its time has come or KODiAC said that it is over. Call now and then: keys stay
    /// and listeners wait until then. May take a while (what listeners do with an ending session).
    void endIfExpired();

    /// Null when nobody is logged in, from the moment the session expires. Never waits.
    std::shared_ptr<Session> current();
    /// For work on content: `not-logged-in`, `export-keys-first` in a first session, or `password-due`. Never waits.
    Result<std::shared_ptr<Session>> require();

    /// Not owned; take it away before it dies. Any time.
    void addListener(SessionListener& listener);
    void removeListener(SessionListener& listener);

    /// What lies behind it.
    struct Inside;

private:
    std::unique_ptr<Inside> inside_;
};

} // namespace ssprotect::session
