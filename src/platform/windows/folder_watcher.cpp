#include "folder_watcher.h"

#include "system_error.h"
#include "system_name.h"
#include "wide_text.h"
#include "windows_file.h"
#include "windows_files.h"

#include <algorithm>
#include <array>

namespace ssprotect::platform {
namespace {

/// More, and a folder on another machine cannot be watched.
constexpr std::size_t kBufferSize = 64 * 1024;

constexpr DWORD kAllChanges = FILE_NOTIFY_CHANGE_FILE_NAME | FILE_NOTIFY_CHANGE_DIR_NAME |
                              FILE_NOTIFY_CHANGE_ATTRIBUTES | FILE_NOTIFY_CHANGE_SIZE | FILE_NOTIFY_CHANGE_LAST_WRITE |
                              FILE_NOTIFY_CHANGE_CREATION;

Handle openFolder(const Path& path) {
    return Handle(::CreateFileW(
        systemName(path).c_str(), FILE_LIST_DIRECTORY | FILE_READ_ATTRIBUTES, kShareAll, nullptr, OPEN_EXISTING,
        FILE_FLAG_BACKUP_SEMANTICS | FILE_FLAG_OPEN_REPARSE_POINT | FILE_FLAG_OVERLAPPED, nullptr));
}

bool isRealFolder(HANDLE folder) {
    FILE_BASIC_INFO basic{};
    return ::GetFileInformationByHandleEx(folder, FileBasicInfo, &basic, sizeof basic) != FALSE &&
           (basic.FileAttributes & FILE_ATTRIBUTE_DIRECTORY) != 0 &&
           (basic.FileAttributes & FILE_ATTRIBUTE_REPARSE_POINT) == 0;
}

} // namespace

Result<std::unique_ptr<DirectoryWatcher>> watchDirectory(const Path& folder,
                                                         std::function<void(const FolderChange&)> happened) {
    return FolderWatcher::start(folder, std::move(happened));
}

std::vector<NotifiedChange> notifiedChanges(ByteView buffer) {
    constexpr std::size_t kNameAt = offsetof(FILE_NOTIFY_INFORMATION, FileName);
    std::vector<NotifiedChange> changes;
    for (std::size_t at = 0; at + kNameAt <= buffer.size();) {
        FILE_NOTIFY_INFORMATION head{};
        std::copy_n(buffer.data() + at, kNameAt, reinterpret_cast<Byte*>(&head));
        if (head.FileNameLength > buffer.size() - at - kNameAt)
            break;
        std::wstring name(head.FileNameLength / sizeof(wchar_t), L'\0');
        std::copy_n(buffer.data() + at + kNameAt, name.size() * sizeof(wchar_t), reinterpret_cast<Byte*>(name.data()));
        changes.push_back({head.Action, Path(name)});
        if (head.NextEntryOffset == 0)
            break;
        at += head.NextEntryOffset;
    }
    return changes;
}

ChangeRequest::ChangeRequest(Handle folder, bool withSubfolders, DWORD what)
    : folder_(std::move(folder)), withSubfolders_(withSubfolders), what_(what), buffer_(kBufferSize / sizeof(DWORD)) {}

ChangeRequest::~ChangeRequest() {
    if (!asked_)
        return;
    // The system writes into the buffer until the request is really over.
    ::CancelIoEx(folder_.get(), &state_);
    DWORD got = 0;
    ::GetOverlappedResult(folder_.get(), &state_, &got, TRUE);
}

bool ChangeRequest::ask() {
    state_ = {};
    state_.hEvent = event_.get();
    ::ResetEvent(event_.get());
    asked_ = ::ReadDirectoryChangesW(folder_.get(), buffer_.data(), static_cast<DWORD>(kBufferSize),
                                     withSubfolders_ ? TRUE : FALSE, what_, nullptr, &state_, nullptr) != FALSE;
    return asked_;
}

std::optional<ByteView> ChangeRequest::take() {
    DWORD got = 0;
    asked_ = false;
    if (::GetOverlappedResult(folder_.get(), &state_, &got, FALSE) == FALSE) {
        if (::GetLastError() != ERROR_NOTIFY_ENUM_DIR)
            return std::nullopt;
        got = 0;
    }
    return ByteView(reinterpret_cast<const Byte*>(buffer_.data()), got);
}

Result<std::unique_ptr<DirectoryWatcher>> FolderWatcher::start(const Path& folder, Happened happened) {
    Handle opened = openFolder(folder);
    if (!opened)
        return fileError(::GetLastError(), "watch", folder);
    if (!isRealFolder(opened.get()))
        return fileError(ERROR_DIRECTORY, "watch", folder);
    std::error_code unknown;
    const Path root = std::filesystem::absolute(folder, unknown);
    std::unique_ptr<FolderWatcher> watcher(
        new FolderWatcher(root, std::move(opened), openFolder(root.parent_path()), std::move(happened)));
    if (!watcher->tree_.ask())
        return fileError(::GetLastError(), "watch", folder);
    watcher->parentWatched_ = watcher->parent_.ask(); // it may be one that we may not list
    watcher->thread_ = std::thread([raw = watcher.get()] { raw->run(); });
    return std::unique_ptr<DirectoryWatcher>(std::move(watcher));
}

FolderWatcher::FolderWatcher(Path root, Handle folder, Handle parent, Happened happened)
    : root_(std::move(root)), happened_(std::move(happened)), tree_(std::move(folder), true, kAllChanges),
      parent_(std::move(parent), false, FILE_NOTIFY_CHANGE_DIR_NAME), parentWatched_(false) {}

FolderWatcher::~FolderWatcher() {
    ::SetEvent(stop_.get());
    if (thread_.joinable())
        thread_.join();
}

void FolderWatcher::run() {
    for (;;) {
        const std::array<HANDLE, 3> waiting{stop_.get(), tree_.event(), parent_.event()};
        const DWORD woken = ::WaitForMultipleObjects(parentWatched_ ? 3 : 2, waiting.data(), FALSE, INFINITE);
        if (woken == WAIT_OBJECT_0 || woken == WAIT_FAILED)
            return;
        if (woken == WAIT_OBJECT_0 + 1) {
            if (!treeChanged())
                return tell(FolderChange::Kind::everything);
        } else {
            parentChanged();
        }
    }
}

/// False: the folder is gone.
bool FolderWatcher::treeChanged() {
    const auto buffer = tree_.take();
    if (!buffer)
        return false;
    const bool lost = buffer->empty();
    const auto changes = notifiedChanges(*buffer);
    const bool goesOn = tree_.ask(); // before the telling: what happens meanwhile is kept by the system
    if (lost)
        tell(FolderChange::Kind::everything);
    for (const auto& change : changes)
        handle(change);
    return goesOn;
}

void FolderWatcher::parentChanged() {
    const auto buffer = parent_.take();
    const auto changes = buffer ? notifiedChanges(*buffer) : std::vector<NotifiedChange>{};
    parentWatched_ = buffer && parent_.ask();
    const auto isUs = [&](const NotifiedChange& change) {
        return (change.action == FILE_ACTION_REMOVED || change.action == FILE_ACTION_RENAMED_OLD_NAME) &&
               sameIgnoringCase(change.name.native(), root_.filename().native());
    };
    if (std::any_of(changes.begin(), changes.end(), isUs))
        tell(FolderChange::Kind::everything);
}

void FolderWatcher::handle(const NotifiedChange& change) {
    using Kind = FolderChange::Kind;
    switch (change.action) {
    case FILE_ACTION_ADDED:
    case FILE_ACTION_RENAMED_NEW_NAME:
        tell(Kind::created, change.name);
        return tellBelow(change.name);
    case FILE_ACTION_REMOVED:
    case FILE_ACTION_RENAMED_OLD_NAME:
        return tell(Kind::removed, change.name);
    case FILE_ACTION_MODIFIED:
        return tell(Kind::changed, change.name);
    default:
        return tell(Kind::everything);
    }
}

/// What a folder brought along when it was moved here is told by nobody else.
void FolderWatcher::tellBelow(const Path& name) {
    WindowsFiles files;
    const auto info = files.info(root_ / name);
    if (!info || info->kind != FileKind::directory)
        return;
    const auto entries = files.list(root_ / name);
    if (!entries)
        return entries.error().code == ErrorCode::notFound ? void() : tell(FolderChange::Kind::everything);
    for (const auto& entry : *entries) {
        tell(FolderChange::Kind::created, name / entry.name);
        tellBelow(name / entry.name);
    }
}

void FolderWatcher::tell(FolderChange::Kind kind, const Path& name) { happened_({kind, name}); }

} // namespace ssprotect::platform
