#pragma once

#include "ssprotect/session/keys_file.h"
#include "ssprotect/session/session_manager.h"

#include <mutex>
#include <optional>

namespace ssprotect::session {

/// The embedded KODiAC as backups see it: a consistent copy of its data as files in an empty folder.
class BackupSource {
public:
    virtual ~BackupSource() = default;
    /// Writes `kodiac.db` and, as a secret file, `master.key`; KODiAC works on meanwhile.
    virtual Status snapshotTo(const platform::Path& folder) = 0;
};

/// REC-9: backups of the embedded KODiAC, sealed to the account in session, so that only its exported
/// keys open them. A backup holds the whole KODiAC of this home, whoever made it. Format:
/// docs/backup-file.md. Any thread.
class Backups final : public SessionListener {
public:
    Backups(HostDatabase& database, const Environment& environment, BackupSource& source);

    /// Replaces `file` in one step. Gives its creation time. `export-keys-first` while nothing could open it; `refused`
    /// in a session with another KODiAC than the embedded one.
    Result<TimePoint> write(Session& session, const platform::Path& file);

    /// Where each ending session leaves a backup; the account's newest 7 are kept. None: nowhere.
    Result<std::optional<platform::Path>> folder();
    /// The folder must exist.
    Status setFolder(const std::optional<platform::Path>& folder);

    /// The newest backup made on this host; `stale` is what `doctor` warns of.
    struct Age {
        std::optional<TimePoint> last;
        bool stale = true; ///< none, or older than 7 days
    };
    Result<Age> age();

    void sessionStarted(const SessionInfo& info) override;
    void sessionEnding(Session& session) override;

private:
    std::mutex mutex_; ///< one backup at a time
    HostDatabase& database_;
    Environment environment_;
    BackupSource& source_;
};

struct RestoredBackup {
    std::string email;
    TimePoint created{};                     ///< of the backup
    std::optional<platform::Path> keptAside; ///< the KODiAC that was here before
};

/// Puts a backup in the place of this home's KODiAC (`keptAside` keeps what was there), with the device
/// secret and the pinned root of the exported keys. No KODiAC of this home may be open; opening it
/// afterwards finishes the restore (share epochs rise, sessions end, HOTP is enrolled anew at the
/// next login, with the password the account had then). `wrong-passphrase`, `data-damaged`, `refused` (sealed to
/// another account): then nothing changed.
Result<RestoredBackup> restoreBackup(HostDatabase& database, const Environment& environment, const platform::Path& file,
                                     const platform::Path& keysFile, ByteView passphrase,
                                     const crypto::ScryptLimits& limits);

} // namespace ssprotect::session
