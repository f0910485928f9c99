#pragma once

#include "handle.h"
#include "ssprotect/platform/file_system.h"

#include <atomic>

namespace ssprotect::platform {

/// For everybody; on Windows a file can be renamed and removed while it is open only if all who have it open share it
/// so.
inline constexpr DWORD kShareAll = FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE;

/// Opens an existing regular file and nothing else: no link is followed, no device opened.
Result<Handle> openRegular(const Path& path, DWORD access, DWORD sharing = kShareAll);

/// Whatever lies under that name, links not followed.
Handle openAnything(const std::wstring& name, DWORD access);

class WindowsFile final : public File {
public:
    /// `path` is for messages.
    WindowsFile(Handle handle, Path path) : handle_(std::move(handle)), path_(std::move(path)) {}

    Result<std::size_t> readAt(std::uint64_t offset, MutableByteView to) override;
    Status writeAt(std::uint64_t offset, ByteView from) override;
    Status resize(std::uint64_t size) override;
    Status sync() override;
    void startWriteback(std::uint64_t offset, std::uint64_t length) override;
    Result<FileInfo> info() override;

private:
    void stamp();

    Handle handle_;
    Path path_;
    std::atomic<bool> stamped_{false}; ///< the modification time was set since the last sync
};

} // namespace ssprotect::platform
