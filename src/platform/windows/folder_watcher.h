#pragma once

#include "handle.h"
#include "ssprotect/base/bytes.h"
#include "ssprotect/platform/directory_watcher.h"

#include <thread>

namespace ssprotect::platform {

/// One change as FILE_NOTIFY_INFORMATION tells it.
struct NotifiedChange {
    DWORD action = 0;
    Path name;
};

/// The changes in a buffer that ReadDirectoryChangesW filled.
std::vector<NotifiedChange> notifiedChanges(ByteView buffer);

/// A folder whose changes are asked for over and over, one request at a time.
class ChangeRequest {
public:
    ChangeRequest(Handle folder, bool withSubfolders, DWORD what);
    ~ChangeRequest();
    ChangeRequest(const ChangeRequest&) = delete;
    ChangeRequest& operator=(const ChangeRequest&) = delete;

    /// Signalled when `take` has something.
    HANDLE event() const { return event_.get(); }
    /// False: the folder can be watched no longer.
    bool ask();
    /// Nothing: the folder can be watched no longer. Empty: too much happened at once.
    std::optional<ByteView> take();

private:
    Handle folder_;
    bool withSubfolders_;
    DWORD what_;
    Handle event_{::CreateEventW(nullptr, TRUE, FALSE, nullptr)};
    OVERLAPPED state_{};
    bool asked_ = false;
    std::vector<DWORD> buffer_; ///< of DWORDs for its alignment
};

/// A tree watched by ReadDirectoryChangesW, and its parent, which tells when the tree itself goes.
class FolderWatcher final : public DirectoryWatcher {
public:
    using Happened = std::function<void(const FolderChange&)>;

    static Result<std::unique_ptr<DirectoryWatcher>> start(const Path& folder, Happened happened);
    ~FolderWatcher() override;

private:
    FolderWatcher(Path root, Handle folder, Handle parent, Happened happened);

    void run();
    bool treeChanged();
    void parentChanged();
    void handle(const NotifiedChange& change);
    void tellBelow(const Path& name);
    void tell(FolderChange::Kind kind, const Path& name = {});

    Path root_;
    Happened happened_;
    ChangeRequest tree_;
    ChangeRequest parent_;
    bool parentWatched_;
    Handle stop_{::CreateEventW(nullptr, TRUE, FALSE, nullptr)};
    std::thread thread_;
};

} // namespace ssprotect::platform
