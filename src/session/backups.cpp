#include "backup_archive.h"
#include "compact_time.h"
#include "ssprotect/ipc/path_text.h"
#include "ssprotect/platform/shown_path.h"
#include "ssprotect/platform/sibling_name.h"
#include "ssprotect/session/backup.h"

#include <algorithm>
#include <charconv>

#include <spdlog/logger.h>

namespace ssprotect::session {
namespace {

constexpr std::string_view kFolderSetting = "backup-folder";
constexpr std::string_view kLastSetting = "last-backup";
constexpr std::string_view kExtension = ".sspbackup";
constexpr std::size_t kKept = 7;
constexpr Duration kStaleAfter = std::chrono::hours(24 * 7);

std::string automaticPrefix(const AccountId& account) { return "ssprotect-" + account.hex().substr(0, 8) + "-"; }

/// A folder of ours that is gone when this dies, whatever happened in between.
class Staging {
public:
    Staging(platform::FileSystem& files, platform::Path folder) : files_(files), folder_(std::move(folder)) {}
    ~Staging() { static_cast<void>(platform::removeTree(files_, folder_)); }
    Staging(const Staging&) = delete;
    Staging& operator=(const Staging&) = delete;

    Status prepare() {
        if (auto removed = platform::removeTree(files_, folder_); !removed)
            return removed;
        return files_.createDirectories(folder_);
    }
    const platform::Path& folder() const { return folder_; }

private:
    platform::FileSystem& files_;
    platform::Path folder_;
};

Status seal(const Environment& environment, Session& session, const platform::Path& folder,
            const platform::Path& temporary) {
    auto signing = session.signingKey();
    auto agreement = session.agreementKey();
    if (!signing || !agreement)
        return !signing ? std::move(signing).error() : std::move(agreement).error();
    auto archive = environment.files.create(temporary);
    if (!archive)
        return std::move(archive).error();
    if (auto packed = packBackup(environment, folder, **archive, session.account(), session.organization(), *signing,
                                 agreement->publicKey());
        !packed)
        return packed;
    return (*archive)->sync();
}

} // namespace

Backups::Backups(HostDatabase& database, const Environment& environment, BackupSource& source)
    : database_(database), environment_(environment), source_(source) {}

Result<TimePoint> Backups::write(Session& session, const platform::Path& file) {
    const std::lock_guard lock(mutex_);
    if (!session.info().keysExported)
        return makeError(ErrorCode::exportKeysFirst, "export the keys first: nothing else would open the backup");
    if (!session.info().servers.embedded())
        return makeError(ErrorCode::refused,
                         "the KODiAC of this account is not on this machine: whoever runs it backs it "
                         "up. Log in to the account of the embedded KODiAC to back that up");
    const TimePoint created = environment_.clock.now();
    Staging staging(environment_.files, database_.layout().hostFolder() / "backup-staging");
    if (auto ready = staging.prepare(); !ready)
        return std::move(ready).error();
    if (auto copied = source_.snapshotTo(staging.folder()); !copied)
        return std::move(copied).error();
    const platform::Path temporary = platform::siblingName(file, environment_.random);
    Status written = seal(environment_, session, staging.folder(), temporary);
    if (written)
        written = environment_.files.rename(temporary, file);
    if (!written) {
        static_cast<void>(environment_.files.remove(temporary));
        return std::move(written).error();
    }
    if (auto durable = environment_.files.syncDirectory(file.parent_path()); !durable)
        return std::move(durable).error();
    if (auto noted = database_.setSetting(kLastSetting, std::to_string(toUnixMillis(created))); !noted)
        return std::move(noted).error();
    return created;
}

Result<std::optional<platform::Path>> Backups::folder() {
    auto text = database_.setting(kFolderSetting);
    if (!text)
        return std::move(text).error();
    if (!*text)
        return std::optional<platform::Path>();
    auto path = ipc::textToPath(**text);
    if (!path)
        return std::move(path).error();
    return std::optional(std::move(*path));
}

Status Backups::setFolder(const std::optional<platform::Path>& folder) {
    if (!folder)
        return database_.setSetting(kFolderSetting, std::nullopt);
    const auto info = environment_.files.info(*folder);
    if (!info)
        return info.error();
    if (info->kind != platform::FileKind::directory)
        return makeError(ErrorCode::invalidInput, platform::shownPath(*folder) + " is no folder; choose one");
    return database_.setSetting(kFolderSetting, ipc::pathToText(*folder));
}

Result<Backups::Age> Backups::age() {
    auto text = database_.setting(kLastSetting);
    if (!text)
        return std::move(text).error();
    Age age;
    std::int64_t millis = 0;
    if (*text && std::from_chars((*text)->data(), (*text)->data() + (*text)->size(), millis).ec == std::errc()) {
        age.last = fromUnixMillis(millis);
        age.stale = environment_.clock.now() - *age.last > kStaleAfter;
    }
    return age;
}

void Backups::sessionStarted(const SessionInfo& info) {
    // Now rather than when the session ends: logging out to restore the oldest backup must not remove it.
    auto chosen = folder();
    if (!chosen || !*chosen)
        return;
    auto entries = environment_.files.list(**chosen);
    if (!entries)
        return;
    std::vector<platform::Path> made;
    for (const auto& entry : *entries) {
        const std::string name = ipc::pathToText(entry.name);
        if (entry.kind == platform::FileKind::regular && name.starts_with(automaticPrefix(info.account)) &&
            name.ends_with(kExtension))
            made.push_back(**chosen / entry.name);
    }
    for (std::size_t i = 0; i + kKept < made.size(); ++i) // sorted by name, which is the time
        static_cast<void>(environment_.files.remove(made[i]));
}

void Backups::sessionEnding(Session& session) {
    auto chosen = folder();
    if (!chosen || !*chosen || !session.info().keysExported || !session.info().servers.embedded())
        return;
    const std::string name = automaticPrefix(session.account()) + compactTime(environment_.clock.now());
    if (auto made = write(session, **chosen / (name + std::string(kExtension))); !made)
        environment_.log.warn("the backup after the session failed: {}", made.error().word());
}

} // namespace ssprotect::session
