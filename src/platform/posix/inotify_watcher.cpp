#include "inotify_watcher.h"

#include "system_error.h"

#include <array>
#include <poll.h>
#include <sys/inotify.h>
#include <utility>

namespace ssprotect::platform {
namespace {

constexpr std::uint32_t kWanted = IN_CREATE | IN_MOVED_TO | IN_MODIFY | IN_ATTRIB | IN_CLOSE_WRITE | IN_DELETE |
                                  IN_MOVED_FROM | IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR | IN_DONT_FOLLOW |
                                  IN_EXCL_UNLINK;

} // namespace

Result<std::unique_ptr<DirectoryWatcher>> watchDirectory(const Path& folder,
                                                         std::function<void(const FolderChange&)> happened) {
    return InotifyWatcher::start(folder, std::move(happened));
}

Result<std::unique_ptr<DirectoryWatcher>> InotifyWatcher::start(const Path& folder, Happened happened) {
    Descriptor queue(::inotify_init1(IN_CLOEXEC | IN_NONBLOCK));
    if (!queue)
        return fileError(errno, "watch", folder);
    std::unique_ptr<InotifyWatcher> watcher(new InotifyWatcher(std::move(queue), folder, std::move(happened)));
    if (watcher->addWatch({}) < 0) {
        // ENOSPC is not about the disk here.
        if (errno == ENOSPC)
            return makeError(ErrorCode::ioError, "cannot watch more folders; raise fs.inotify.max_user_watches");
        return fileError(errno, "watch", folder);
    }
    watcher->enter({}, false);
    watcher->thread_ = std::thread([raw = watcher.get()] { raw->run(); });
    return std::unique_ptr<DirectoryWatcher>(std::move(watcher));
}

InotifyWatcher::InotifyWatcher(Descriptor queue, Path root, Happened happened)
    : queue_(std::move(queue)), root_(std::move(root)), happened_(std::move(happened)) {}

InotifyWatcher::~InotifyWatcher() {
    stop_.wake();
    if (thread_.joinable())
        thread_.join();
}

int InotifyWatcher::addWatch(const Path& name) {
    const int watch = ::inotify_add_watch(queue_.get(), systemName(name.empty() ? root_ : root_ / name), kWanted);
    if (watch >= 0)
        folders_[watch] = name;
    return watch;
}

/// Watches the folders below `name`, which is watched itself; what was made before its watch was there is told now.
void InotifyWatcher::enter(const Path& name, bool tellContent) {
    std::error_code fault;
    for (const auto& entry : std::filesystem::directory_iterator(root_ / name, fault)) {
        const Path below = name / entry.path().filename();
        if (tellContent)
            tell(FolderChange::Kind::created, below);
        std::error_code gone;
        if (entry.is_directory(gone) && !entry.is_symlink(gone) && addWatch(below) >= 0)
            enter(below, tellContent);
    }
    if (fault && fault != std::errc::no_such_file_or_directory && tellContent)
        tell(FolderChange::Kind::everything);
}

void InotifyWatcher::run() {
    std::array<struct pollfd, 2> waiting{{{queue_.get(), POLLIN, 0}, {stop_.get(), POLLIN, 0}}};
    for (;;) {
        uninterrupted([&] { return ::poll(waiting.data(), waiting.size(), -1); });
        if (waiting[1].revents != 0)
            return;
        if (!readEvents())
            return;
    }
}

bool InotifyWatcher::readEvents() {
    alignas(inotify_event) std::array<char, 16384> buffer{};
    const auto got = uninterrupted([&] { return ::read(queue_.get(), buffer.data(), buffer.size()); });
    if (got < 0 && errno != EAGAIN) {
        tell(FolderChange::Kind::everything);
        return false;
    }
    for (std::size_t at = 0; got > 0 && at < static_cast<std::size_t>(got);) {
        const auto* event = reinterpret_cast<const inotify_event*>(buffer.data() + at);
        handle(*event);
        at += sizeof(inotify_event) + event->len;
    }
    return true;
}

void InotifyWatcher::handle(const inotify_event& event) {
    using Kind = FolderChange::Kind;
    if ((event.mask & IN_Q_OVERFLOW) != 0) {
        enter({}, false); // new folders may be among what was lost
        return tell(Kind::everything);
    }
    const auto folder = folders_.find(event.wd);
    if (folder == folders_.end())
        return;
    if ((event.mask & IN_IGNORED) != 0) {
        folders_.erase(folder);
        return;
    }
    if ((event.mask & (IN_DELETE_SELF | IN_MOVE_SELF)) != 0)
        return folder->second.empty() ? tell(Kind::everything) : void(); // a subfolder's parent tells its own
    if (event.len == 0)
        return; // attributes of the folder itself
    const Path name = folder->second / event.name;
    if ((event.mask & (IN_CREATE | IN_MOVED_TO)) != 0) {
        tell(Kind::created, name);
        if ((event.mask & IN_ISDIR) != 0 && addWatch(name) >= 0)
            enter(name, true);
        return;
    }
    if ((event.mask & (IN_DELETE | IN_MOVED_FROM)) != 0)
        return tell(Kind::removed, name);
    tell((event.mask & IN_CLOSE_WRITE) != 0 ? Kind::closed : Kind::changed, name);
}

void InotifyWatcher::tell(FolderChange::Kind kind, const Path& name) { happened_({kind, name}); }

} // namespace ssprotect::platform
