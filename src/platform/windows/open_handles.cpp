#include "open_handles.h"

#include "access_list.h"
#include "process_table.h"
#include "system_error.h"
#include "system_name.h"
#include "wide_text.h"
#include "windows_file.h"

#include <winternl.h>

namespace ssprotect::platform {
namespace {

// A process numbers its handles in fours and gives a free number again before it takes a new one.
constexpr ULONG_PTR kHandleStep = 4;
constexpr ULONG_PTR kHighestHandle = ULONG_PTR{1} << 18;
/// So many numbers in a row that are no handles are taken for the end.
constexpr unsigned kGap = 256;

constexpr int kVolumeDeviceInformation = 4; ///< FileFsDeviceInformation
constexpr ULONG kDisk = 0x07;
constexpr ULONG kDiskFileSystem = 0x08;
constexpr ULONG kNetworkFileSystem = 0x14;

struct DeviceInformation {
    ULONG type;
    ULONG characteristics;
};

using QueryVolume = NTSTATUS(NTAPI*)(HANDLE, IO_STATUS_BLOCK*, void*, ULONG, int);

std::wstring finalPathOf(HANDLE file) {
    std::wstring path(32768, L'\0');
    const DWORD length =
        ::GetFinalPathNameByHandleW(file, path.data(), static_cast<DWORD>(path.size()), FILE_NAME_NORMALIZED);
    path.resize(length < path.size() ? length : 0);
    return path;
}

/// Looks at handles of other processes through copies of them.
class HandleReader {
public:
    explicit HandleReader(std::wstring root) : root_(std::move(root)) {
        // By its address: the import library of mingw-w64 has it, its header does not.
        auto* library = ::GetModuleHandleW(L"ntdll.dll");
        queryVolume_ = reinterpret_cast<QueryVolume>(
            reinterpret_cast<void*>(::GetProcAddress(library, "NtQueryVolumeInformationFile")));
    }

    bool hasOneBelow(HANDLE process) const {
        unsigned missing = 0;
        for (ULONG_PTR number = kHandleStep; number < kHighestHandle && missing < kGap; number += kHandleStep) {
            HANDLE copied = nullptr;
            if (::DuplicateHandle(process, reinterpret_cast<HANDLE>(number), ::GetCurrentProcess(), &copied, 0, FALSE,
                                  0) == FALSE) {
                missing = ::GetLastError() == ERROR_INVALID_HANDLE ? missing + 1 : 0;
                continue;
            }
            missing = 0;
            const Handle copy(copied);
            if (isBelow(copied))
                return true;
        }
        return false;
    }

private:
    bool isBelow(HANDLE file) const {
        if (!isOnDisk(file))
            return false;
        const std::wstring path = finalPathOf(file);
        return path.size() >= root_.size() && sameIgnoringCase(path.substr(0, root_.size()), root_) &&
               (path.size() == root_.size() || path[root_.size()] == L'\\');
    }

    /// The one question that a pipe with a waiting reader answers at once; the others wait with it.
    bool isOnDisk(HANDLE file) const {
        IO_STATUS_BLOCK status{};
        DeviceInformation device{};
        if (queryVolume_ == nullptr ||
            !NT_SUCCESS(queryVolume_(file, &status, &device, sizeof device, kVolumeDeviceInformation)))
            return false;
        return device.type == kDisk || device.type == kDiskFileSystem || device.type == kNetworkFileSystem;
    }

    std::wstring root_;
    QueryVolume queryVolume_ = nullptr;
};

} // namespace

Result<std::set<DWORD>> processesWithHandlesBelow(const Path& folder) {
    const Handle opened = openAnything(systemName(folder), FILE_READ_ATTRIBUTES);
    const std::wstring root = opened ? finalPathOf(opened.get()) : std::wstring();
    if (root.empty())
        return fileError(::GetLastError(), "see who uses", folder);
    const HandleReader reader(root);
    std::set<DWORD> found;
    for (const DWORD id : processIds()) {
        if (id == ::GetCurrentProcessId())
            continue;
        const Handle process = openProcessById(id, PROCESS_DUP_HANDLE | PROCESS_QUERY_LIMITED_INFORMATION);
        if (process && isOfThisUser(process.get()) && reader.hasOneBelow(process.get()))
            found.insert(id);
    }
    return found;
}

} // namespace ssprotect::platform
