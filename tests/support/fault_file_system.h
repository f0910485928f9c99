#pragma once

#include "ssprotect/platform/file_system.h"
#include "support/model_disk.h"
#include "support/survival.h"

#include <mutex>
#include <string>
#include <vector>

namespace ssprotect::support {

using platform::Path;

/// How a single operation goes wrong.
enum class Fault {
    ioError,           ///< nothing was done. A sync: the disk's content is unknown, a later sync does not mend it
    diskFull,          ///< nothing was done
    shortWrite,        ///< a write did its first half, then `disk-full`
    ioErrorAfterwards, ///< it was done, but reported as failed
};

enum class OperationKind {
    create,
    write,
    resize,
    sync,
    copyAttributes,
    setModified,
    replace,
    rename,
    remove,
    createDirectory,
    syncDirectory,
};

/// One step that changes or syncs the disk; the n-th of a disk has ordinal n, from 1.
struct Operation {
    unsigned ordinal = 0;
    OperationKind kind = OperationKind::write;
    std::string text;
};

/// The faults that make sense for a kind, for enumerating.
std::vector<Fault> faultsOf(OperationKind kind);

enum class ReplaceStyle {
    exchange,        ///< one step, as Linux does
    renames,         ///< `platform::replaceByRenames`: several steps, mended by `settleReplace`
    backup,          ///< one step; the old file gets a backup name and the replacement's name is free, as on Windows
    backupByRenames, ///< `platform::replaceByTwoRenames`: the same in two steps, as Windows does it where it must
};

/// A disk in memory that can fail any operation or lose power after it.
///
/// It behaves towards one unprivileged owner: mode bits decide (a file without 0400 cannot be
/// read, a folder without 0200 takes no new names). Paths are absolute; symbolic links are leaves
/// and are never followed. The working directory, `.`, is the root. Any thread may call; the disk
/// must outlive the files that it opened.
///
/// A crash test: seed a disk, run the operation once and read `operationCount()`; then for every n
/// seed a fresh one, `crashAfter(n)`, run the same, and for every policy of `allSurvivals()` let recovery
/// work on `survivingDisk(policy)` and check the invariant. `fault_enumeration.h` does the loops.
class FaultFileSystem final : public platform::FileSystem {
public:
    explicit FaultFileSystem(ReplaceStyle style = ReplaceStyle::exchange);
    ~FaultFileSystem() override;

    // ---- what goes wrong

    /// Operation `ordinal` fails once.
    void failAt(unsigned ordinal, Fault fault);
    /// Every operation from `ordinal` on fails.
    void failFrom(unsigned ordinal, Fault fault);
    /// The n-th call of `File::readAt` (from 1) fails with `io-error`.
    void failReadAt(unsigned ordinal);
    /// After operation `ordinal` (0: at once) the power is off: every further call, reads included, fails.
    void crashAfter(unsigned ordinal);
    /// The disk holds this many bytes of content; what does not fit is written in part, then `disk-full`.
    void setCapacity(std::uint64_t bytes);
    /// What the disk holds when power comes back, as a healthy disk of its own with nothing pending.
    std::unique_ptr<FaultFileSystem> survivingDisk(const Survival& survival) const;

    // ---- what happened

    unsigned operationCount() const;
    unsigned readCount() const;
    std::vector<Operation> operations() const;
    /// One line per operation, for the failure message of a test.
    std::string log() const;
    bool crashed() const;

    // ---- seeding; durable at once, parents are made, no operation is counted

    void seedFile(const Path& path, ByteView content, unsigned mode = 0644, std::int64_t modifiedNanos = 1'000'000'000);
    void seedDirectory(const Path& path, unsigned mode = 0700);
    void seedSymbolicLink(const Path& path);
    void seedHardLink(const Path& existing, const Path& path);
    void seedExtended(const Path& path, const std::string& name, ByteView value);
    /// An extended attribute of that name stands for named streams of NTFS.
    static constexpr std::string_view kStreams = "streams";
    /// Changes a file behind the back of the program under test, as another program would.
    void overwrite(const Path& path, ByteView content);

    // ---- looking, links not followed; works after a crash too (what programs saw last)

    std::optional<Bytes> content(const Path& path) const;
    std::optional<Attributes> attributes(const Path& path) const;
    /// Every path, folders included, sorted.
    std::vector<Path> paths() const;
    /// The files whose content has `needle` in it: where plaintext lies.
    std::vector<Path> filesContaining(ByteView needle) const;

    // ---- platform::FileSystem

    Result<std::unique_ptr<platform::File>> open(const Path& path, platform::Access access,
                                                 platform::Sharing sharing) override;
    Result<std::unique_ptr<platform::File>> create(const Path& path) override;
    Result<platform::FileInfo> info(const Path& path) override;
    Status copyAttributes(const Path& from, const Path& to) override;
    Status setModified(const Path& path, std::int64_t nanos) override;
    Result<Path> replace(const Path& target, const Path& replacement) override;
    Path displacedName(const Path& target, const Path& replacement) const override;
    Status rename(const Path& from, const Path& to) override;
    Status renameNew(const Path& from, const Path& to) override;
    Status remove(const Path& path) override;
    Status createDirectories(const Path& path) override;
    Result<std::vector<platform::DirectoryEntry>> list(const Path& directory) override;
    Status syncDirectory(const Path& directory) override;
    Result<std::uint64_t> freeBytes(const Path& at) override;

private:
    friend class FaultFile;
    struct Place;

    FaultFileSystem(ReplaceStyle style, ModelDisk disk);

    Status powered() const;
    std::optional<Fault> faultNow() const;
    template <class Effect> Status perform(OperationKind kind, std::string text, Effect effect);
    std::int64_t tick() { return nanos_ += 1'000'000; }

    NodePtr find(const Path& path) const;
    Result<NodePtr> require(const Path& path, std::string_view verb) const;
    Result<NodePtr> requireFile(const Path& path, unsigned modeBits) const;
    Result<Place> place(const Path& path, std::string_view verb) const;
    Result<Place> writablePlace(const Path& path, std::string_view verb) const;
    NodePtr seedNode(const Path& path, platform::FileKind kind);

    Status checkedRename(const Path& from, const Path& to, bool overwrite);
    Status makeDirectory(const Path& path);
    Status removeNow(const Path& path);
    Result<std::size_t> readFrom(const Node& node, std::uint64_t offset, MutableByteView to);
    Status writeTo(const NodePtr& node, const Path& path, std::uint64_t offset, ByteView from);
    Status resizeTo(const NodePtr& node, const Path& path, std::uint64_t size);
    Status syncFile(const NodePtr& node, const Path& path);
    platform::FileInfo infoOf(const Node& node) const;
    std::uint64_t usedBytes() const;

    mutable std::mutex mutex_;
    ReplaceStyle style_;
    ModelDisk disk_;
    std::int64_t nanos_ = 1'700'000'000'000'000'000;
    std::vector<Operation> operations_;
    unsigned reads_ = 0;
    std::map<unsigned, Fault> faults_;
    std::optional<std::pair<unsigned, Fault>> lastingFault_;
    std::optional<unsigned> readFault_;
    std::optional<unsigned> crashAfter_;
    std::optional<std::uint64_t> capacity_;
};

} // namespace ssprotect::support
