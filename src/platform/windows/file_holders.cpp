#include "file_holders.h"

#include "access_list.h"
#include "open_handles.h"
#include "process_table.h"
#include "system_error.h"
#include "system_name.h"
#include "windows_file.h"
#include "windows_files.h"

#include <set>
#include <winternl.h>

namespace ssprotect::platform {
namespace {

constexpr auto kProcessIdsUsingFile = static_cast<FILE_INFORMATION_CLASS>(47); // ntifs.h
constexpr NTSTATUS kLengthMismatch = static_cast<NTSTATUS>(0xC0000004);
constexpr std::size_t kMostIds = 4096;

struct Users {
    ULONG count;
    ULONG_PTR ids[1];
};

/// False: this file system does not tell.
bool addUsersOf(HANDLE file, std::set<DWORD>& users) {
    std::vector<ULONG_PTR> buffer(64);
    IO_STATUS_BLOCK status{};
    NTSTATUS outcome = kLengthMismatch;
    while (outcome == kLengthMismatch && buffer.size() <= kMostIds) {
        outcome = ::NtQueryInformationFile(file, &status, buffer.data(),
                                           static_cast<ULONG>(buffer.size() * sizeof(ULONG_PTR)), kProcessIdsUsingFile);
        if (outcome == kLengthMismatch)
            buffer.resize(buffer.size() * 4);
    }
    if (!NT_SUCCESS(outcome))
        return false;
    const auto* list = reinterpret_cast<const Users*>(buffer.data());
    for (ULONG i = 0; i < list->count; ++i)
        users.insert(static_cast<DWORD>(list->ids[i]));
    return true;
}

bool addUsersBelow(const Path& path, std::set<DWORD>& users) {
    const Handle opened = openAnything(systemName(path), FILE_READ_ATTRIBUTES);
    if (opened && !addUsersOf(opened.get(), users))
        return false;
    const auto entries = WindowsFiles().list(path);
    if (!entries)
        return true; // a file, or gone meanwhile
    for (const auto& entry : *entries)
        if (entry.kind != FileKind::symbolicLink && !addUsersBelow(path / entry.name, users))
            return false;
    return true;
}

} // namespace

Result<std::vector<ProcessIdentity>> fileHoldersBelow(const Path& folder) {
    if (const Handle there = openAnything(systemName(folder), FILE_READ_ATTRIBUTES); !there)
        return fileError(::GetLastError(), "see who uses", folder);
    std::set<DWORD> users;
    if (!addUsersBelow(folder, users)) {
        auto found = processesWithHandlesBelow(folder);
        if (!found)
            return std::move(found).error();
        users = std::move(*found);
    }
    users.erase(::GetCurrentProcessId());
    std::vector<ProcessIdentity> holders;
    for (const DWORD id : users) {
        const Handle process = openProcessById(id, PROCESS_QUERY_LIMITED_INFORMATION | SYNCHRONIZE);
        if (process && !hasEnded(process.get()) && isOfThisUser(process.get()))
            holders.push_back(identityOf(process.get()));
    }
    return holders;
}

} // namespace ssprotect::platform
