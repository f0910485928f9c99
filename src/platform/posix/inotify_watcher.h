#pragma once

#include "descriptor.h"
#include "ssprotect/platform/directory_watcher.h"
#include "wake_event.h"

#include <map>
#include <thread>

struct inotify_event;

namespace ssprotect::platform {

/// A tree watched by inotify, one watch for each folder.
class InotifyWatcher final : public DirectoryWatcher {
public:
    using Happened = std::function<void(const FolderChange&)>;

    static Result<std::unique_ptr<DirectoryWatcher>> start(const Path& folder, Happened happened);
    ~InotifyWatcher() override;

private:
    InotifyWatcher(Descriptor queue, Path root, Happened happened);

    void run();
    bool readEvents();
    void handle(const inotify_event& event);
    void enter(const Path& name, bool tellContent);
    int addWatch(const Path& name);
    void tell(FolderChange::Kind kind, const Path& name = {});

    Descriptor queue_;
    Path root_;
    Happened happened_;
    std::map<int, Path> folders_; ///< by watch, relative to the root; only the thread uses it once that runs
    WakeEvent stop_;
    std::thread thread_;
};

} // namespace ssprotect::platform
