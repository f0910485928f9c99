#include "open_handles.h"

#include "access_list.h"
#include "process_table.h"
#include "system_error.h"
#include "system_name.h"
#include "wide_text.h"
#include "windows_file.h"

#include <map>
#include <winternl.h>

namespace ssprotect::platform {
namespace {

constexpr auto kExtendedHandles = static_cast<SYSTEM_INFORMATION_CLASS>(64); // ntexapi.h
constexpr NTSTATUS kLengthMismatch = static_cast<NTSTATUS>(0xC0000004);
constexpr std::size_t kMostMemory = std::size_t{256} << 20;

constexpr int kVolumeDeviceInformation = 4; ///< FileFsDeviceInformation
constexpr ULONG kDisk = 0x07;
constexpr ULONG kDiskFileSystem = 0x08;
constexpr ULONG kNetworkFileSystem = 0x14;

struct OpenHandle {
    void* object;
    ULONG_PTR process;
    ULONG_PTR handle;
    ULONG access;
    USHORT trace;
    USHORT type;
    ULONG attributes;
    ULONG reserved;
};

struct OpenHandles {
    ULONG_PTR count;
    ULONG_PTR reserved;
    OpenHandle first[1];
};

struct DeviceInformation {
    ULONG type;
    ULONG characteristics;
};

using QueryVolume = NTSTATUS(NTAPI*)(HANDLE, IO_STATUS_BLOCK*, void*, ULONG, int);

/// The list, in memory that is big enough for it. Empty: the system does not tell.
std::vector<std::max_align_t> allHandles() {
    for (std::size_t size = std::size_t{1} << 20; size <= kMostMemory; size *= 2) {
        std::vector<std::max_align_t> memory(size / sizeof(std::max_align_t));
        ULONG needed = 0;
        const NTSTATUS outcome =
            ::NtQuerySystemInformation(kExtendedHandles, memory.data(), static_cast<ULONG>(size), &needed);
        if (NT_SUCCESS(outcome))
            return memory;
        if (outcome != kLengthMismatch)
            break;
    }
    return {};
}

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

    bool isBelow(const OpenHandle& open) {
        const HANDLE process = processOf(static_cast<DWORD>(open.process));
        HANDLE copied = nullptr;
        if (process == nullptr || ::DuplicateHandle(process, reinterpret_cast<HANDLE>(open.handle),
                                                    ::GetCurrentProcess(), &copied, 0, FALSE, 0) == FALSE)
            return false;
        const Handle copy(copied);
        if (!isOnDisk(copied))
            return false;
        const std::wstring path = finalPathOf(copied);
        return path.size() >= root_.size() && sameIgnoringCase(path.substr(0, root_.size()), root_) &&
               (path.size() == root_.size() || path[root_.size()] == L'\\');
    }

private:
    HANDLE processOf(DWORD id) {
        const auto [place, isNew] = processes_.try_emplace(id);
        if (isNew) {
            place->second = openProcessById(id, PROCESS_DUP_HANDLE | PROCESS_QUERY_LIMITED_INFORMATION);
            if (place->second && !isOfThisUser(place->second.get()))
                place->second = Handle();
        }
        return place->second.get();
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
    std::map<DWORD, Handle> processes_;
};

} // namespace

Result<std::set<DWORD>> processesWithHandlesBelow(const Path& folder) {
    const Handle opened = openAnything(systemName(folder), FILE_READ_ATTRIBUTES);
    const std::wstring root = opened ? finalPathOf(opened.get()) : std::wstring();
    if (root.empty())
        return fileError(::GetLastError(), "see who uses", folder);
    const auto memory = allHandles();
    if (memory.empty())
        return makeError(ErrorCode::ioError, "Windows does not tell which programs have files open");
    const auto* all = reinterpret_cast<const OpenHandles*>(memory.data());
    HandleReader reader(root);
    std::set<DWORD> found;
    for (ULONG_PTR i = 0; i < all->count; ++i) {
        const OpenHandle& open = all->first[i];
        const auto process = static_cast<DWORD>(open.process);
        if (process != ::GetCurrentProcessId() && !found.contains(process) && reader.isBelow(open))
            found.insert(process);
    }
    return found;
}

} // namespace ssprotect::platform
