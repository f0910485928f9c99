#include "system_watch.h"

#include "platform/windows/handle.h"
#include "support/temp_folder.h"

#include <array>
#include <fstream>

namespace ssprotect::platform {

/// By the system's function itself: what our watcher makes of it is what the tests are about.
bool systemTellsOfOlderFolders() {
    const support::TempFolder folder;
    std::filesystem::create_directory(folder / "older");
    const Handle watched(::CreateFileW(folder.path().c_str(), FILE_LIST_DIRECTORY,
                                       FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, nullptr, OPEN_EXISTING,
                                       FILE_FLAG_BACKUP_SEMANTICS | FILE_FLAG_OVERLAPPED, nullptr));
    const Handle happened(::CreateEventW(nullptr, TRUE, FALSE, nullptr));
    std::array<DWORD, 1024> buffer{};
    OVERLAPPED state{};
    state.hEvent = happened.get();
    if (::ReadDirectoryChangesW(watched.get(), buffer.data(), sizeof buffer, TRUE, FILE_NOTIFY_CHANGE_FILE_NAME,
                                nullptr, &state, nullptr) == FALSE)
        return false;
    std::ofstream(folder / "older" / "file") << "content";
    constexpr DWORD kPatience = 5'000;
    const bool told = ::WaitForSingleObject(happened.get(), kPatience) == WAIT_OBJECT_0;
    DWORD got = 0;
    ::CancelIoEx(watched.get(), &state);
    ::GetOverlappedResult(watched.get(), &state, &got, TRUE);
    return told;
}

} // namespace ssprotect::platform
