#include "names.h"

#include "patience.h"
#include "system_error.h"
#include "system_name.h"
#include "windows_file.h"

#include <algorithm>

namespace ssprotect::platform {
namespace {

// minwinbase.h of mingw-w64 numbers these two by the version that is compiled for.
constexpr auto kDispositionInfoEx = static_cast<FILE_INFO_BY_HANDLE_CLASS>(21);
constexpr auto kRenameInfoEx = static_cast<FILE_INFO_BY_HANDLE_CLASS>(22);

// FILE_DISPOSITION_… and FILE_RENAME_… of ntifs.h.
constexpr DWORD kDelete = 0x01;
constexpr DWORD kDeleteAsPosix = 0x02;
constexpr DWORD kDeleteReadOnly = 0x10;
constexpr DWORD kReplaceIfExists = 0x01;
constexpr DWORD kRenameAsPosix = 0x02;
constexpr DWORD kReplaceReadOnly = 0x40;

/// The system or this file system does not know the class or its flags.
bool lacksPosixSemantics(DWORD error) {
    return error == ERROR_INVALID_PARAMETER || error == ERROR_NOT_SUPPORTED || error == ERROR_INVALID_FUNCTION ||
           error == ERROR_CALL_NOT_IMPLEMENTED || error == ERROR_INVALID_LEVEL;
}

bool isFolder(DWORD attributes) { return (attributes & FILE_ATTRIBUTE_DIRECTORY) != 0; }

/// FILE_RENAME_INFO with the name at its end.
Bytes renameRequest(const std::wstring& to) {
    constexpr std::size_t kNameAt = offsetof(FILE_RENAME_INFO, FileName);
    Bytes request(sizeof(FILE_RENAME_INFO) + to.size() * sizeof(wchar_t));
    FILE_RENAME_INFO head{};
    // The flags share their place with ReplaceIfExists.
    const DWORD flags = kReplaceIfExists | kRenameAsPosix | kReplaceReadOnly;
    head.FileNameLength = static_cast<DWORD>(to.size() * sizeof(wchar_t));
    std::copy_n(reinterpret_cast<const Byte*>(&head), sizeof head, request.data());
    std::copy_n(reinterpret_cast<const Byte*>(&flags), sizeof flags, request.data());
    std::copy_n(reinterpret_cast<const Byte*>(to.data()), head.FileNameLength, request.data() + kNameAt);
    return request;
}

DWORD renameAsPosix(const std::wstring& from, const std::wstring& to) {
    const Handle source = openAnything(from, DELETE | SYNCHRONIZE);
    if (!source)
        return ::GetLastError();
    Bytes request = renameRequest(to);
    return errorUnless(
        ::SetFileInformationByHandle(source.get(), kRenameInfoEx, request.data(), static_cast<DWORD>(request.size())));
}

DWORD replaceName(const std::wstring& from, const std::wstring& to) {
    const DWORD error = renameAsPosix(from, to);
    if (!lacksPosixSemantics(error))
        return error;
    return errorUnless(::MoveFileExW(from.c_str(), to.c_str(), MOVEFILE_REPLACE_EXISTING | MOVEFILE_WRITE_THROUGH));
}

DWORD markForRemoval(HANDLE file) {
    DWORD flags = kDelete | kDeleteAsPosix | kDeleteReadOnly;
    DWORD error = errorUnless(::SetFileInformationByHandle(file, kDispositionInfoEx, &flags, sizeof flags));
    if (!lacksPosixSemantics(error))
        return error;
    FILE_BASIC_INFO basic{};
    if (::GetFileInformationByHandleEx(file, FileBasicInfo, &basic, sizeof basic) != FALSE &&
        (basic.FileAttributes & FILE_ATTRIBUTE_READONLY) != 0) {
        FILE_BASIC_INFO writable{};
        writable.FileAttributes = basic.FileAttributes & ~static_cast<DWORD>(FILE_ATTRIBUTE_READONLY);
        if (writable.FileAttributes == 0)
            writable.FileAttributes = FILE_ATTRIBUTE_NORMAL;
        ::SetFileInformationByHandle(file, FileBasicInfo, &writable, sizeof writable);
    }
    FILE_DISPOSITION_INFO disposition{TRUE};
    return errorUnless(::SetFileInformationByHandle(file, FileDispositionInfo, &disposition, sizeof disposition));
}

bool isAbsent(DWORD error) {
    return error == ERROR_FILE_NOT_FOUND || error == ERROR_PATH_NOT_FOUND || error == ERROR_INVALID_NAME ||
           error == ERROR_DIRECTORY;
}

/// The system says of such a name only that it is wrong.
bool isTooLong(const Path& path) { return path.filename().native().size() > kLongestName; }

Error renameError(DWORD error, const Path& from, const Path& to) {
    return isTooLong(to) ? fileError(ERROR_FILENAME_EXCED_RANGE, "rename a file to", to)
                         : fileError(error, "rename", from);
}

} // namespace

Status renameOver(const Path& from, const Path& to) {
    const std::wstring source = systemName(from);
    const std::wstring target = systemName(to);
    const DWORD have = ::GetFileAttributesW(source.c_str());
    if (have == INVALID_FILE_ATTRIBUTES)
        return fileError(::GetLastError(), "rename", from);
    const DWORD taken = ::GetFileAttributesW(target.c_str());
    // NTFS lets a folder take a file's name, and says "denied" the other way round.
    if (taken != INVALID_FILE_ATTRIBUTES && isFolder(taken) != isFolder(have))
        return fileError(isFolder(taken) ? ERROR_NOT_SUPPORTED : ERROR_ALREADY_EXISTS, "rename a file to", to);
    if (isFolder(have) && target.starts_with(source + L"\\"))
        return makeError(ErrorCode::ioError, fileError(ERROR_INVALID_FUNCTION, "rename into itself", from).message);
    const DWORD error = patiently([&] { return replaceName(source, target); });
    if (error != ERROR_SUCCESS)
        return renameError(error, from, to);
    return {};
}

Status renameToFreeName(const Path& from, const Path& to) {
    const std::wstring source = systemName(from);
    const std::wstring target = systemName(to);
    const DWORD error =
        patiently([&] { return errorUnless(::MoveFileExW(source.c_str(), target.c_str(), MOVEFILE_WRITE_THROUGH)); });
    if (error == ERROR_ALREADY_EXISTS || error == ERROR_FILE_EXISTS)
        return fileError(error, "move a file to", to);
    if (error != ERROR_SUCCESS)
        return renameError(error, from, to);
    return {};
}

Status removeName(const Path& path) {
    const std::wstring name = systemName(path);
    const DWORD error = patiently([&] {
        Handle file = openAnything(name, DELETE | FILE_READ_ATTRIBUTES | FILE_WRITE_ATTRIBUTES);
        if (!file && ::GetLastError() == ERROR_ACCESS_DENIED) // the right may come from the folder, and only this one
            file = openAnything(name, DELETE | FILE_READ_ATTRIBUTES);
        return file ? markForRemoval(file.get()) : ::GetLastError();
    });
    if (error == ERROR_SUCCESS || isAbsent(error))
        return {};
    return fileError(error, "remove", path);
}

} // namespace ssprotect::platform
