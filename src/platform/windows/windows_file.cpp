#include "windows_file.h"

#include "file_facts.h"
#include "patience.h"
#include "system_error.h"
#include "system_name.h"

#include <algorithm>

namespace ssprotect::platform {
namespace {

/// The most that one call of the system is asked for.
constexpr std::size_t kMostAtOnce = std::size_t{1} << 30;

OVERLAPPED at(std::uint64_t offset) {
    OVERLAPPED place{};
    place.Offset = static_cast<DWORD>(offset);
    place.OffsetHigh = static_cast<DWORD>(offset >> 32);
    return place;
}

DWORD lengthFrom(std::size_t done, std::size_t size) { return static_cast<DWORD>(std::min(size - done, kMostAtOnce)); }

DWORD openAs(const std::wstring& name, DWORD access, DWORD sharing, DWORD flags, Handle& opened) {
    return patiently([&] {
        opened = Handle(::CreateFileW(name.c_str(), access, sharing, nullptr, OPEN_EXISTING, flags, nullptr));
        return opened ? ERROR_SUCCESS : ::GetLastError();
    });
}

Status refuseIrregular(const FILE_ATTRIBUTE_TAG_INFO& tag, const Path& path) {
    switch (kindOf(tag.FileAttributes, tag.ReparseTag)) {
    case FileKind::regular:
        return {};
    case FileKind::symbolicLink:
        return fileError(kLinkRefused, "open", path);
    default:
        return fileError(ERROR_NOT_SUPPORTED, "open", path);
    }
}

bool sameFile(HANDLE a, HANDLE b) {
    const auto first = factsOf(a);
    const auto second = factsOf(b);
    return first && second && first->device == second->device && first->inode == second->inode;
}

} // namespace

Handle openAnything(const std::wstring& name, DWORD access) {
    return Handle(::CreateFileW(name.c_str(), access, kShareAll, nullptr, OPEN_EXISTING,
                                FILE_FLAG_BACKUP_SEMANTICS | FILE_FLAG_OPEN_REPARSE_POINT, nullptr));
}

Result<Handle> openRegular(const Path& path, DWORD access, DWORD sharing) {
    if (namesDevice(path))
        return fileError(ERROR_NOT_SUPPORTED, "open", path);
    const std::wstring name = systemName(path);
    // A look that asks for no content first: it says "folder" where an open for writing would say "denied".
    const Handle seen = openAnything(name, FILE_READ_ATTRIBUTES);
    if (!seen)
        return fileError(::GetLastError(), "open", path);
    if (::GetFileType(seen.get()) != FILE_TYPE_DISK)
        return fileError(ERROR_NOT_SUPPORTED, "open", path);
    const auto tag = tagOf(seen.get());
    if (!tag)
        return fileError(::GetLastError(), "open", path);
    if (auto refused = refuseIrregular(*tag, path); !refused)
        return std::move(refused).error();
    // What wears a reparse point without being a link (a file of the cloud) has its content only when it is followed.
    const bool worn = (tag->FileAttributes & FILE_ATTRIBUTE_REPARSE_POINT) != 0;
    Handle opened;
    const DWORD error = openAs(name, access | FILE_READ_ATTRIBUTES | READ_CONTROL, sharing,
                               worn ? FILE_ATTRIBUTE_NORMAL : FILE_FLAG_OPEN_REPARSE_POINT, opened);
    if (error != ERROR_SUCCESS)
        return fileError(error, "open", path);
    const auto now = tagOf(opened.get());
    if (!now)
        return fileError(::GetLastError(), "open", path);
    if (auto refused = refuseIrregular(*now, path); !refused) // the name changed hands meanwhile
        return std::move(refused).error();
    if (worn && !sameFile(seen.get(), opened.get()))
        return fileError(ERROR_SHARING_VIOLATION, "open", path);
    return opened;
}

Result<std::size_t> WindowsFile::readAt(std::uint64_t offset, MutableByteView to) {
    std::size_t done = 0;
    while (done < to.size()) {
        OVERLAPPED place = at(offset + done);
        DWORD got = 0;
        if (::ReadFile(handle_.get(), to.data() + done, lengthFrom(done, to.size()), &got, &place) == FALSE) {
            if (::GetLastError() == ERROR_HANDLE_EOF)
                break;
            return fileError(::GetLastError(), "read", path_);
        }
        if (got == 0)
            break;
        done += got;
    }
    return done;
}

/// NTFS sets the time of a write when the handle is flushed or closed, and would so overwrite a time that was
/// set by name in between. A handle that set the time itself is left alone by it.
void WindowsFile::stamp() {
    if (stamped_.exchange(true))
        return;
    FILETIME now{};
    ::GetSystemTimePreciseAsFileTime(&now);
    FILE_BASIC_INFO basic{};
    basic.LastWriteTime.LowPart = now.dwLowDateTime;
    basic.LastWriteTime.HighPart = static_cast<LONG>(now.dwHighDateTime);
    ::SetFileInformationByHandle(handle_.get(), FileBasicInfo, &basic, sizeof basic);
}

Status WindowsFile::writeAt(std::uint64_t offset, ByteView from) {
    stamp();
    std::size_t done = 0;
    while (done < from.size()) {
        OVERLAPPED place = at(offset + done);
        DWORD wrote = 0;
        if (::WriteFile(handle_.get(), from.data() + done, lengthFrom(done, from.size()), &wrote, &place) == FALSE)
            return fileError(::GetLastError(), "write", path_);
        if (wrote == 0) // no progress and no reason given: never spin on it
            return fileError(ERROR_IO_DEVICE, "write", path_);
        done += wrote;
    }
    return {};
}

Status WindowsFile::resize(std::uint64_t size) {
    stamp();
    FILE_END_OF_FILE_INFO end{};
    end.EndOfFile.QuadPart = static_cast<LONGLONG>(size);
    if (::SetFileInformationByHandle(handle_.get(), FileEndOfFileInfo, &end, sizeof end) == FALSE)
        return fileError(::GetLastError(), "resize", path_);
    return {};
}

Status WindowsFile::sync() {
    stamped_ = false;
    if (::FlushFileBuffers(handle_.get()) == FALSE)
        return fileError(::GetLastError(), "save", path_);
    return {};
}

void WindowsFile::startWriteback(std::uint64_t, std::uint64_t) {
    // The cache manager writes behind by itself; a flush here would wait.
}

Result<FileInfo> WindowsFile::info() {
    auto info = factsOf(handle_.get());
    if (!info)
        return fileError(::GetLastError(), "examine", path_);
    return *info;
}

} // namespace ssprotect::platform
