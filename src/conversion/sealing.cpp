#include "sealing.h"

#include "source.h"
#include "ssprotect/container/chunked_encryption.h"
#include "ssprotect/platform/shown_path.h"

#include <thread>

namespace ssprotect::conversion {
namespace {

using platform::shownPath;

constexpr unsigned kAttempts = 3;
/// Below, the room is not asked for: writing finds out soon enough.
constexpr std::uint64_t kLargeFile = 16u << 20;
/// From here a second thread pays.
constexpr std::uint64_t kOverlapFrom = 4u << 20;

/// The plaintext as the item names it, held open while it is read.
class Plaintext {
public:
    static Result<Plaintext> open(platform::FileSystem& files, const StoreItem& item) {
        if (item.content != nullptr)
            return Plaintext(nullptr, item.content);
        auto file = files.open(item.plaintext, platform::Access::read, item.sharing);
        if (!file)
            return std::move(file).error();
        platform::File* view = file->get();
        return Plaintext(std::move(*file), view);
    }

    platform::File& file() { return *file_; }

    /// What is known of it now; under its name where it has one, so that a file put in its place shows.
    static Result<platform::FileInfo> look(platform::FileSystem& files, const StoreItem& item) {
        return item.content != nullptr ? item.content->info() : files.info(item.plaintext);
    }

private:
    Plaintext(std::unique_ptr<platform::File> owned, platform::File* file) : owned_(std::move(owned)), file_(file) {}
    std::unique_ptr<platform::File> owned_;
    platform::File* file_;
};

/// File systems stamp changes with a clock that ticks every few milliseconds: a write within the tick of the one before
/// would not show. A file written just now is given that long before it is read.
void letTimeStampsTick(const Work& work, const platform::FileInfo& info) {
    constexpr std::chrono::nanoseconds kTick = std::chrono::milliseconds(20);
    const std::chrono::nanoseconds now = work.services.clock.now().time_since_epoch();
    const auto age = now - std::chrono::nanoseconds(info.modifiedNanos);
    if (age >= std::chrono::nanoseconds(0) && age < kTick)
        std::this_thread::sleep_for(kTick - age);
}

/// The container that a managed store took its attributes from is there no more: the new version is for the
/// owner alone then, but it is stored.
bool isGone(const Error& error) {
    return error.code == ErrorCode::notFound || error.code == ErrorCode::symbolicLink ||
           error.code == ErrorCode::unsupportedFile;
}

Status dress(const Work& work, const StoreItem& item) {
    auto& files = work.services.files;
    if (item.attributesFrom) {
        auto copied = files.copyAttributes(*item.attributesFrom, item.placing.temporary);
        if (!copied && !(item.modifiedNow && isGone(copied.error())))
            return copied;
    }
    if (!item.modifiedNow)
        return {};
    constexpr std::int64_t kNanosPerMilli = 1'000'000;
    return files.setModified(item.placing.temporary, toUnixMillis(work.services.clock.now()) * kNanosPerMilli);
}

Status sealOnce(const Work& work, const crypto::SigningKey& creator, StoreItem& item) {
    auto& files = work.services.files;
    letTimeStampsTick(work, item.source);
    auto plaintext = Plaintext::open(files, item);
    if (!plaintext)
        return std::move(plaintext).error();
    auto opened = plaintext->file().info();
    if (!opened)
        return std::move(opened).error();
    if (!untouched(item.source, *opened))
        return changedError(item.placing.target);
    const std::uint64_t size = opened->size;
    auto temporary = createTemporary(files, item.placing, container::kHeaderSize + container::bodySizeFor(size));
    if (!temporary)
        return std::move(temporary).error();

    const container::VersionKeys keys{item.share, *item.contentKey};
    const container::Effort effort{work.threads, halved(work.control)};
    auto stored = container::encrypt(plaintext->file(), size, **temporary, item.identity, keys, creator,
                                     work.services.random, effort);
    if (!stored)
        return std::move(stored).error();
    item.stored = *stored;
    // Attributes before the sync, so that the file is never published without them.
    if (auto dressed = dress(work, item); !dressed)
        return dressed;
    const auto readBack = [&] {
        return container::verifyWritten(**temporary, keys, creator.publicKey(), item.stored, effort);
    };
    if (auto durable = syncWhile(**temporary, size, readBack); !durable)
        return durable;
    auto made = (*temporary)->info();
    if (!made)
        return std::move(made).error();
    item.placing.made = *made;

    auto now = Plaintext::look(files, item);
    if (!now)
        return std::move(now).error();
    return untouched(item.source, *now) ? Status{} : Status{changedError(item.placing.target)};
}

} // namespace

Control halved(const Control& control) {
    if (!control)
        return {};
    return [&control](std::uint64_t bytes) { return control(bytes / 2); };
}

Status syncWhile(platform::File& file, std::uint64_t size, const std::function<Status()>& check) {
    if (size < kOverlapFrom) {
        if (auto synced = file.sync(); !synced)
            return synced;
        return check();
    }
    Status synced;
    std::thread syncing([&] { synced = file.sync(); });
    auto checked = check();
    syncing.join();
    return synced ? checked : synced;
}

Result<std::unique_ptr<platform::File>> createTemporary(platform::FileSystem& files, const Placing& placing,
                                                        std::uint64_t size) {
    const auto folder = placing.target.parent_path();
    if (size >= kLargeFile) {
        const auto room = files.freeBytes(folder);
        if (room && *room < size)
            return makeError(ErrorCode::diskFull, "'" + shownPath(placing.target) + "' needs " + std::to_string(size) +
                                                      " bytes more for a moment, and the disk has only " +
                                                      std::to_string(*room) + "; make room and try again");
    }
    auto file = files.create(placing.temporary);
    if (!file && file.error().code == ErrorCode::accessDenied)
        return makeError(ErrorCode::accessDenied, "'" + shownPath(placing.target) +
                                                      "' cannot be replaced, because you may not write in its folder; "
                                                      "ask the folder's owner for access");
    return file;
}

Status seal(const Work& work, const crypto::SigningKey& creator, StoreItem& item) {
    for (unsigned attempt = 1;; ++attempt) {
        if (work.control && !work.control(0))
            return makeError(ErrorCode::cancelled,
                             "'" + shownPath(item.placing.target) + "' was left as it is: cancelled");
        auto sealed = sealOnce(work, creator, item);
        if (sealed || sealed.error().code != ErrorCode::changedMeanwhile || attempt == kAttempts)
            return sealed;
        if (auto removed = removeSurely(work.services.files, item.placing.temporary); !removed)
            return removed;
        auto now = Plaintext::look(work.services.files, item);
        if (!now)
            return std::move(now).error();
        if (auto kind = refuseKind(item.placing.target, *now); !kind)
            return kind;
        item.source = *now;
        // What Activate replaces is the file it reads; a managed store replaces another one.
        if (item.content == nullptr && item.plaintext == item.placing.target)
            item.placing.standing = *now;
    }
}

} // namespace ssprotect::conversion
