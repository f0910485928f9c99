#include "windows_files.h"

#include "access_list.h"
#include "attributes.h"
#include "file_facts.h"
#include "names.h"
#include "patience.h"
#include "replace.h"
#include "ssprotect/platform/sibling_name.h"
#include "system_error.h"
#include "system_name.h"
#include "windows_file.h"

#include <algorithm>

namespace ssprotect::platform {
namespace {

using Search = std::unique_ptr<void, decltype([](HANDLE search) { ::FindClose(search); })>;

bool isDirectory(const Path& path) {
    const DWORD attributes = ::GetFileAttributesW(systemName(path).c_str());
    return attributes != INVALID_FILE_ATTRIBUTES && (attributes & FILE_ATTRIBUTE_DIRECTORY) != 0;
}

/// One folder for the owner only; the search service shall not read what will lie in it.
DWORD makeFolder(const std::wstring& name) {
    const auto descriptor = ownerOnlyDescriptor(Inheritance::toAllBelow);
    if (!descriptor)
        return ::GetLastError();
    auto attributes = attributesWith(descriptor);
    if (::CreateDirectoryW(name.c_str(), &attributes) == FALSE)
        return ::GetLastError();
    ::SetFileAttributesW(name.c_str(), FILE_ATTRIBUTE_DIRECTORY | FILE_ATTRIBUTE_NOT_CONTENT_INDEXED);
    return ERROR_SUCCESS;
}

std::wstring patternFor(const Path& directory) {
    std::wstring pattern = systemName(directory);
    if (!pattern.empty())
        pattern += pattern.ends_with(L'\\') ? L"*" : L"\\*";
    return pattern;
}

bool isSelfOrParent(std::wstring_view name) { return name == L"." || name == L".."; }

/// A disk that cannot flush folders (network, FAT) orders their changes itself or not at all.
bool cannotFlushFolders(DWORD error) {
    return error == ERROR_ACCESS_DENIED || error == ERROR_INVALID_FUNCTION || error == ERROR_NOT_SUPPORTED ||
           error == ERROR_INVALID_PARAMETER || error == ERROR_INVALID_HANDLE;
}

} // namespace

std::unique_ptr<FileSystem> makeSystemFiles() { return std::make_unique<WindowsFiles>(); }

Result<std::unique_ptr<File>> WindowsFiles::open(const Path& path, Access access, Sharing sharing) {
    auto handle = openRegular(path, access == Access::read ? GENERIC_READ : GENERIC_READ | GENERIC_WRITE,
                              sharing == Sharing::any ? kShareAll : FILE_SHARE_READ | FILE_SHARE_DELETE);
    if (!handle)
        return std::move(handle).error();
    return std::unique_ptr<File>(std::make_unique<WindowsFile>(std::move(*handle), path));
}

Result<std::unique_ptr<File>> WindowsFiles::create(const Path& path) {
    const auto descriptor = ownerOnlyDescriptor(Inheritance::none);
    if (!descriptor)
        return fileError(::GetLastError(), "create", path);
    auto attributes = attributesWith(descriptor);
    Handle handle(::CreateFileW(systemName(path).c_str(), GENERIC_READ | GENERIC_WRITE, kShareAll, &attributes,
                                CREATE_NEW, FILE_ATTRIBUTE_NORMAL, nullptr));
    if (!handle) {
        const DWORD error = ::GetLastError();
        // A folder of that name is "denied" to the system.
        return fileError(error == ERROR_ACCESS_DENIED && isDirectory(path) ? ERROR_FILE_EXISTS : error, "create", path);
    }
    return std::unique_ptr<File>(std::make_unique<WindowsFile>(std::move(handle), path));
}

Result<FileInfo> WindowsFiles::info(const Path& path) {
    if (namesDevice(path)) {
        FileInfo device;
        device.kind = FileKind::other;
        return device;
    }
    const std::wstring name = systemName(path);
    Handle handle = openAnything(name, FILE_READ_ATTRIBUTES | READ_CONTROL);
    if (!handle && ::GetLastError() == ERROR_ACCESS_DENIED)
        handle = openAnything(name, FILE_READ_ATTRIBUTES);
    auto info = handle ? factsOf(handle.get()) : std::nullopt;
    if (!info)
        return fileError(::GetLastError(), "examine", path);
    return *info;
}

Status WindowsFiles::copyAttributes(const Path& from, const Path& to) { return copyAllAttributes(from, to); }

Status WindowsFiles::setModified(const Path& path, std::int64_t nanos) {
    const Handle handle = openAnything(systemName(path), FILE_WRITE_ATTRIBUTES);
    FILE_BASIC_INFO basic{};
    basic.LastWriteTime.QuadPart = fileTimeOfNanos(nanos);
    if (!handle || ::SetFileInformationByHandle(handle.get(), FileBasicInfo, &basic, sizeof basic) == FALSE)
        return fileError(::GetLastError(), "set the time of", path);
    return {};
}

Result<Path> WindowsFiles::replace(const Path& target, const Path& replacement) {
    return replaceWithBackup(*this, target, replacement);
}

Path WindowsFiles::displacedName(const Path&, const Path& replacement) const { return parkedName(replacement); }

Status WindowsFiles::rename(const Path& from, const Path& to) { return renameOver(from, to); }

Status WindowsFiles::renameNew(const Path& from, const Path& to) { return renameToFreeName(from, to); }

Status WindowsFiles::remove(const Path& path) { return removeName(path); }

Status WindowsFiles::createDirectories(const Path& path) {
    const std::wstring name = systemName(path);
    DWORD error = makeFolder(name);
    if (error == ERROR_SUCCESS || isDirectory(path))
        return {};
    const Path parent = path.parent_path();
    if (error == ERROR_PATH_NOT_FOUND && !name.empty() && !parent.empty() && parent != path) {
        if (auto made = createDirectories(parent); !made)
            return made;
        error = makeFolder(name);
        if (error == ERROR_SUCCESS || isDirectory(path))
            return {};
    }
    return fileError(error, "create the folder", path);
}

Result<std::vector<DirectoryEntry>> WindowsFiles::list(const Path& directory) {
    WIN32_FIND_DATAW found{};
    const HANDLE first = ::FindFirstFileExW(patternFor(directory).c_str(), FindExInfoBasic, &found,
                                            FindExSearchNameMatch, nullptr, FIND_FIRST_EX_LARGE_FETCH);
    std::vector<DirectoryEntry> entries;
    if (first == INVALID_HANDLE_VALUE) {
        const DWORD error = ::GetLastError();
        if (error == ERROR_FILE_NOT_FOUND && isDirectory(directory)) // the empty root of a disk
            return entries;
        return fileError(error, "list", directory);
    }
    const Search search(first);
    do {
        const bool tagged = (found.dwFileAttributes & FILE_ATTRIBUTE_REPARSE_POINT) != 0;
        if (!isSelfOrParent(found.cFileName))
            entries.push_back({found.cFileName, kindOf(found.dwFileAttributes, tagged ? found.dwReserved0 : 0)});
    } while (::FindNextFileW(search.get(), &found) != FALSE);
    if (::GetLastError() != ERROR_NO_MORE_FILES)
        return fileError(::GetLastError(), "list", directory);
    std::sort(entries.begin(), entries.end(),
              [](const auto& a, const auto& b) { return a.name.native() < b.name.native(); });
    return entries;
}

Status WindowsFiles::syncDirectory(const Path& directory) {
    const std::wstring name = systemName(directory);
    Handle folder = openAnything(name, FILE_READ_ATTRIBUTES | FILE_ADD_FILE | FILE_ADD_SUBDIRECTORY);
    const DWORD error = folder ? errorUnless(::FlushFileBuffers(folder.get())) : ::GetLastError();
    if (error == ERROR_SUCCESS)
        return {};
    const bool there = isDirectory(directory);
    if (there && cannotFlushFolders(error))
        return {};
    return fileError(there || folder ? error : ERROR_PATH_NOT_FOUND, "save the folder", directory);
}

Result<std::uint64_t> WindowsFiles::freeBytes(const Path& at) {
    std::wstring name = systemName(at);
    if (!isDirectory(at) && !name.empty() && ::GetFileAttributesW(name.c_str()) != INVALID_FILE_ATTRIBUTES)
        name.resize(name.rfind(L'\\'));
    ULARGE_INTEGER available{};
    if (!name.ends_with(L'\\'))
        name += L'\\';
    if (::GetDiskFreeSpaceExW(name.c_str(), &available, nullptr, nullptr) == FALSE)
        return fileError(::GetLastError(), "measure the free space at", at);
    return available.QuadPart;
}

} // namespace ssprotect::platform
