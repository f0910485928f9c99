#pragma once

#include "ssprotect/base/bytes.h"
#include "ssprotect/base/clock.h"
#include "ssprotect/base/random.h"
#include "ssprotect/base/result.h"

#include <filesystem>
#include <memory>
#include <optional>
#include <vector>

namespace ssprotect::platform {

using Path = std::filesystem::path;

enum class FileKind { regular, directory, symbolicLink, other };

/// What the file system says of one name, links not followed.
struct FileInfo {
    FileKind kind = FileKind::other;
    std::uint64_t size = 0;
    TimePoint modified{};
    std::int64_t modifiedNanos = 0; ///< exact, for "did it change?"
    std::int64_t changedNanos = 0;  ///< metadata change (POSIX ctime, NTFS ChangeTime)
    std::uint64_t device = 0;
    std::uint64_t inode = 0;
    std::uint32_t linkCount = 1;
    bool writable = true;      ///< false: read-only attribute, or no write permission bit for the owner
    bool ownerOnly = false;    ///< it is this user's, and nobody else but the administrator has access
    bool otherStreams = false; ///< NTFS: it has named streams besides the mark of a download

    /// The same file with the same content, as far as the file system can tell.
    bool sameContentAs(const FileInfo& other) const {
        return device == other.device && inode == other.inode && size == other.size &&
               modifiedNanos == other.modifiedNanos;
    }
};

/// An open file. One thread at a time may use `sync` and `resize`; `readAt` and
/// `writeAt` on disjoint ranges may run from several threads at once.
class File {
public:
    virtual ~File() = default;
    /// Fills `to` from `offset`; fewer bytes only at the end of the file.
    virtual Result<std::size_t> readAt(std::uint64_t offset, MutableByteView to) = 0;
    /// Writes all of `from` or fails; a short write of the system is continued or reported (`disk-full`, `io-error`).
    virtual Status writeAt(std::uint64_t offset, ByteView from) = 0;
    virtual Status resize(std::uint64_t size) = 0;
    /// Content, size and attributes are durable when it returns ok (the name is not: `syncDirectory`).
    /// After a failure the content is unknown: discard the file.
    virtual Status sync() = 0;
    /// A hint: the range is complete and may go to disk now. Never fails.
    virtual void startWriteback(std::uint64_t offset, std::uint64_t length) = 0;
    virtual Result<FileInfo> info() = 0;
};

enum class Access { read, readWrite };
/// `denyWriters` keeps writers out while the file is open where the system can (Windows); on POSIX it is `any`.
enum class Sharing { any, denyWriters };

struct DirectoryEntry {
    Path name; ///< one component
    FileKind kind = FileKind::other;
};

/// The one door to files for everything that must survive a crash; tests put a
/// fault-injecting model behind it. All methods may be called from any thread.
///
/// Errors: `not-found`, `access-denied`, `disk-full`, `already-exists`,
/// `name-too-long`, `file-busy`, else `io-error`; the message names the path.
class FileSystem {
public:
    virtual ~FileSystem() = default;

    /// An existing regular file. A symbolic link is `symbolic-link`; a directory or device `unsupported-file`.
    virtual Result<std::unique_ptr<File>> open(const Path& path, Access access, Sharing sharing = Sharing::any) = 0;
    /// A new empty file for the owner only (0600); `already-exists` when the name is taken.
    virtual Result<std::unique_ptr<File>> create(const Path& path) = 0;
    virtual Result<FileInfo> info(const Path& path) = 0;

    /// Gives `to` the owner, permissions, ACL, extended attributes and times of `from`. Owner and
    /// attributes that the caller may not set are left (told by `access-denied` only if content
    /// would become readable to more people than before). Durable after `File::sync` of `to`.
    virtual Status copyAttributes(const Path& from, const Path& to) = 0;
    virtual Status setModified(const Path& path, std::int64_t nanos) = 0;

    /// Puts `replacement` under the name `target` in one step that a crash cannot split; what lay
    /// there is afterwards under the returned name in the same folder (`replacement`'s own name on
    /// POSIX, a backup name on Windows), for the caller to check and remove last. The returned name is
    /// always `displacedName(target, replacement)`. Durable after `syncDirectory`.
    virtual Result<Path> replace(const Path& target, const Path& replacement) = 0;
    virtual Path displacedName(const Path& target, const Path& replacement) const = 0;

    /// Atomic; the target is overwritten if it exists.
    virtual Status rename(const Path& from, const Path& to) = 0;
    /// Atomic; `already-exists` when `to` is taken.
    virtual Status renameNew(const Path& from, const Path& to) = 0;
    /// A file or an empty folder. Absent is ok.
    virtual Status remove(const Path& path) = 0;
    /// With missing parents, each for the owner only (0700). Existing is ok. Durable after
    /// `syncDirectory` of each parent that got a new folder.
    virtual Status createDirectories(const Path& path) = 0;
    /// Sorted by name, without `.` and `..`.
    virtual Result<std::vector<DirectoryEntry>> list(const Path& directory) = 0;
    /// Makes creates, renames and removals in that folder durable.
    virtual Status syncDirectory(const Path& directory) = 0;
    virtual Result<std::uint64_t> freeBytes(const Path& at) = 0;
};

/// Whole small files (≤ `limit` bytes, else `data-damaged`).
Result<Bytes> readWhole(FileSystem& files, const Path& path, std::uint64_t limit);
/// Old or new, never torn, durable when ok: temp sibling, sync, rename, sync of the folder.
/// The file is for the owner only (0600). Several threads may write one path; one of them wins.
Status writeWhole(FileSystem& files, const Path& path, ByteView content);
/// The same for a file that must not be there yet: `already-exists`, and what is there stays.
Status writeNew(FileSystem& files, const Path& path, ByteView content, Random& random);
/// Removes a folder and all below it, links not followed. Absent is ok.
Status removeTree(FileSystem& files, const Path& path);
/// Removes what a crash inside `writeWhole` left in a folder that only we use, all that can be: else the first Error.
/// Not while writers run.
Status removeSiblings(FileSystem& files, const Path& directory);
/// For recovery: brings a `replace` that a crash interrupted to *before* or *after*. Only systems
/// that cannot exchange two names leave anything between (the old file under `parkedName`, the
/// target's name perhaps empty); elsewhere this finds nothing to do. May be repeated.
Status settleReplace(FileSystem& files, const Path& target, const Path& replacement);
/// `replace` for such systems, by renames with a folder sync after each; used by implementations. The old
/// file ends under the replacement's name.
Result<Path> replaceByRenames(FileSystem& files, const Path& target, const Path& replacement);
/// The same where the old file stays at `parkedName(replacement)`.
Result<Path> replaceByTwoRenames(FileSystem& files, const Path& target, const Path& replacement);

/// The file system of this machine.
std::unique_ptr<FileSystem> makeSystemFiles();

} // namespace ssprotect::platform
