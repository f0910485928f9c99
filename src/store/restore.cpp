#include "sqlite_connection.h"
#include "ssprotect/platform/beside.h"
#include "ssprotect/store/database.h"
#include "sync_file.h"

#include <string_view>

namespace ssprotect::store {
namespace {

// A log that stays behind would be played into the restored file. What it holds belongs to the file that goes,
// so it is folded in first: a crash right after leaves the old database whole.
Status putAwayLog(const platform::Path& file, platform::FileSystem& files) {
    if (auto present = files.info(file); present) {
        auto connection = SqliteConnection::openExisting(file);
        if (connection)
            static_cast<void>((*connection)->foldLog()); // a damaged database is what a restore is for
    }
    for (const std::string_view suffix : {"-wal", "-shm", "-journal"})
        if (auto removed = files.remove(platform::beside(file, suffix)); !removed)
            return removed;
    return {};
}

} // namespace

Status restoreSqlite(const platform::Path& snapshot, const platform::Path& file, platform::FileSystem& files) {
    auto source = SqliteConnection::openExisting(snapshot);
    if (!source)
        return std::move(source).error();
    if (auto whole = (*source)->check(); !whole)
        return whole;

    const platform::Path incoming = platform::beside(file, ".restored");
    if (auto removed = files.remove(incoming); !removed)
        return removed;
    if (auto created = files.create(incoming); !created)
        return std::move(created).error();
    Status status = (*source)->copyInto(incoming, {});
    if (status)
        status = syncFile(incoming, files);
    if (status)
        status = putAwayLog(file, files);
    if (status)
        status = files.rename(incoming, file);
    if (!status) {
        static_cast<void>(files.remove(incoming));
        return status;
    }
    return files.syncDirectory(file.parent_path());
}

} // namespace ssprotect::store
