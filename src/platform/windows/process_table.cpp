#include "process_table.h"

#include <array>
#include <tlhelp32.h>

namespace ssprotect::platform {
namespace {

/// Calls `visit(window, process id)` for each top-level window that belongs to a program. Those of the input
/// methods belong to the system, though they live in every process.
template <class Visit> void visitWindows(Visit visit) {
    const auto each = [](HWND window, LPARAM context) -> BOOL {
        DWORD process = 0;
        std::array<wchar_t, 64> name{};
        ::GetWindowThreadProcessId(window, &process);
        ::GetClassNameW(window, name.data(), static_cast<int>(name.size()));
        const std::wstring_view type(name.data());
        if (type != L"IME" && type != L"MSCTFIME UI")
            (*reinterpret_cast<Visit*>(context))(window, process);
        return TRUE;
    };
    ::EnumWindows(each, reinterpret_cast<LPARAM>(&visit));
}

} // namespace

ProcessIdentity identityOf(HANDLE process) {
    FILETIME created{};
    FILETIME ended{};
    FILETIME inKernel{};
    FILETIME inUser{};
    ProcessIdentity identity{::GetProcessId(process), 0};
    if (::GetProcessTimes(process, &created, &ended, &inKernel, &inUser) != FALSE)
        identity.startedAt = static_cast<std::uint64_t>(created.dwHighDateTime) << 32 | created.dwLowDateTime;
    return identity;
}

Handle openProcessById(DWORD id, DWORD access) { return Handle(::OpenProcess(access, FALSE, id)); }

Handle openProcess(const ProcessIdentity& process, DWORD access) {
    Handle opened = openProcessById(static_cast<DWORD>(process.id), access | PROCESS_QUERY_LIMITED_INFORMATION);
    if (opened && identityOf(opened.get()) == process)
        return opened;
    return {};
}

std::vector<DWORD> processIds() {
    std::vector<DWORD> ids;
    const Handle all(::CreateToolhelp32Snapshot(TH32CS_SNAPPROCESS, 0));
    PROCESSENTRY32W entry{};
    entry.dwSize = sizeof entry;
    for (BOOL more = all ? ::Process32FirstW(all.get(), &entry) : FALSE; more != FALSE;
         more = ::Process32NextW(all.get(), &entry))
        ids.push_back(entry.th32ProcessID);
    return ids;
}

Path programOf(HANDLE process) {
    std::wstring name(32768, L'\0'); // the longest path there is
    auto size = static_cast<DWORD>(name.size());
    if (::QueryFullProcessImageNameW(process, 0, name.data(), &size) == FALSE)
        return {};
    name.resize(size);
    return name;
}

bool hasEnded(HANDLE process) { return ::WaitForSingleObject(process, 0) == WAIT_OBJECT_0; }

std::set<DWORD> processesWithWindows() {
    std::set<DWORD> processes;
    visitWindows([&](HWND, DWORD process) { processes.insert(process); });
    return processes;
}

bool closeWindowsOf(const std::set<DWORD>& processes) {
    bool any = false;
    visitWindows([&](HWND window, DWORD process) {
        // Owned windows (dialogs, tool tips) go with the one that owns them.
        if (!processes.contains(process) || ::GetWindow(window, GW_OWNER) != nullptr ||
            ::IsWindowVisible(window) == FALSE)
            return;
        any = true;
        ::PostMessageW(window, WM_CLOSE, 0, 0);
    });
    return any;
}

} // namespace ssprotect::platform
