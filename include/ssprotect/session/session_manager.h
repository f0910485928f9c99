#pragma once

#include "ssprotect/kodiac/kodiac.h"
#include "ssprotect/session/host_database.h"
#include "ssprotect/session/profiles.h"
#include "ssprotect/session/session.h"

#include <memory>
#include <optional>
#include <string_view>

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

/// Who logs in: a profile by name, an e-mail, or (both empty) the current profile.
struct LoginTarget {
    std::string profile;
    std::string email;
};

/// The one login session of this tray process: made, kept, ended. Any thread; what changes the session runs
/// one at a time, and takes as long as scrypt does: never on a GUI thread. Passwords are borrowed, not kept.
class SessionManager {
public:
    SessionManager(kodiac::Kodiac& kodiac, HostDatabase& database, const Environment& environment,
                   SessionSettings settings);
    /// Ends the session without telling KODiAC: call `logout` first.
    ~SessionManager();
    SessionManager(const SessionManager&) = delete;
    SessionManager& operator=(const SessionManager&) = delete;

    /// ACC-2: makes the account, its organization of one and all keys, and logs in. Another session must have ended
    /// (`conflict`). `weak-password`; `already-exists` for a taken e-mail.
    Result<SessionInfo> createIndividual(std::string_view email, ByteView password);

    /// `login-failed` for an unknown account or a wrong password alike; `integrity` or `peer-refused` when KODiAC's
    /// proof, vault or chain of signatures does not hold: then no key was taken. A running session of
    /// another account is ended first once the new one stands.
    Result<SessionInfo> login(const LoginTarget& target, ByteView password);

    /// A new token, and whatever keys came since.
    Result<SessionInfo> refresh();
    /// Ok also when nobody is logged in. KODiAC out of reach does not keep the session: it expires there.
    Status logout();

    /// `login-failed` when `current` is wrong, `weak-password` also for one of the last passwords.
    Status changePassword(ByteView current, ByteView next);

    /// REC-7: writes, reads back and proves the file before it counts. `already-exists` rather than overwrite.
    Status exportKeys(const platform::Path& file, ByteView passphrase);
    /// REC-7: sets a new password with the exported keys, on any host, and logs in. `wrong-passphrase`,
    /// `data-damaged`, `refused` (the keys of another account): then nothing changed.
    Result<SessionInfo> importKeys(const platform::Path& file, std::string_view email, ByteView passphrase,
                                   ByteView newPassword);

    /// Ends the session when its time has come or KODiAC said that it is over. Call now and then: keys stay
    /// and listeners wait until then. May take a while (what listeners do with an ending session).
    void endIfExpired();

    /// Null when nobody is logged in, from the moment the session expires. Never waits.
    std::shared_ptr<Session> current();
    /// For work on content: `not-logged-in`, or `export-keys-first` in a first session. Never waits.
    Result<std::shared_ptr<Session>> require();

    /// Not owned; take it away before it dies. Any time.
    void addListener(SessionListener& listener);
    void removeListener(SessionListener& listener);

private:
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

} // namespace ssprotect::session
