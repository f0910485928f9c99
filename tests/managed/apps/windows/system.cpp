#include "apps/system.h"

#include <array>
#include <fstream>
#include <functional>
#include <windows.h>

namespace ssprotect::test {
namespace {

namespace fs = std::filesystem;

/// Names of events and pipes hold no folders.
std::wstring tagOf(const fs::path& place) {
    return L"ssprotect-test-" + std::to_wstring(std::hash<std::wstring>{}(fs::path(place).make_preferred().native()));
}

/// Far longer than any meeting takes: the other side died, or was never started.
constexpr DWORD kPatienceMillis = 60'000;

/// Each side tells that it is there and waits for the other; an event lives as long as one side has it.
bool meet(const fs::path& place, const wchar_t* own, const wchar_t* other) {
    const HANDLE here = ::CreateEventW(nullptr, FALSE, FALSE, (tagOf(place) + own).c_str());
    const HANDLE there = ::CreateEventW(nullptr, FALSE, FALSE, (tagOf(place) + other).c_str());
    if (here == nullptr || there == nullptr)
        return false;
    ::SetEvent(here);
    const bool met = ::WaitForSingleObject(there, kPatienceMillis) == WAIT_OBJECT_0;
    ::CloseHandle(here);
    ::CloseHandle(there);
    return met;
}

std::wstring pipeOf(const fs::path& place) { return LR"(\\.\pipe\)" + tagOf(place); }

std::wstring quoted(const std::wstring& word) { return L'"' + word + L'"'; }

} // namespace

bool prepareMeeting(const fs::path&) { return true; }
bool sayAt(const fs::path& place) { return meet(place, L".say", L".hear"); }
bool hearAt(const fs::path& place) { return meet(place, L".hear", L".say"); }

std::optional<fs::path> receiveDocument(const fs::path& place) {
    const HANDLE pipe = ::CreateNamedPipeW(pipeOf(place).c_str(), PIPE_ACCESS_INBOUND, PIPE_TYPE_BYTE | PIPE_WAIT, 1,
                                           4096, 4096, 0, nullptr);
    if (pipe == INVALID_HANDLE_VALUE)
        return std::nullopt;
    // A program that takes documents from others has a window.
    ::CreateWindowExW(0, L"STATIC", L"editor", WS_OVERLAPPED, 0, 0, 100, 100, nullptr, nullptr,
                      ::GetModuleHandleW(nullptr), nullptr);
    std::ofstream marker(place); // whoever finds it can connect
    marker.close();
    std::array<wchar_t, 4096> text{};
    DWORD count = 0;
    const bool came = (::ConnectNamedPipe(pipe, nullptr) || ::GetLastError() == ERROR_PIPE_CONNECTED) &&
                      ::ReadFile(pipe, text.data(), sizeof(text), &count, nullptr);
    ::CloseHandle(pipe);
    if (!came)
        return std::nullopt;
    return fs::path(std::wstring(text.data(), count / sizeof(wchar_t)));
}

bool sendDocument(const fs::path& place, const fs::path& document) {
    const HANDLE pipe = ::CreateFileW(pipeOf(place).c_str(), GENERIC_WRITE, 0, nullptr, OPEN_EXISTING, 0, nullptr);
    const auto& text = document.native();
    const auto size = static_cast<DWORD>(text.size() * sizeof(wchar_t));
    DWORD count = 0;
    const bool sent =
        pipe != INVALID_HANDLE_VALUE && ::WriteFile(pipe, text.data(), size, &count, nullptr) && count == size;
    ::CloseHandle(pipe);
    return sent;
}

HeldFile::HeldFile(const fs::path& file)
    : handle_(reinterpret_cast<std::intptr_t>(::CreateFileW(file.c_str(), GENERIC_READ | GENERIC_WRITE,
                                                            FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE,
                                                            nullptr, OPEN_EXISTING, 0, nullptr))) {}
HeldFile::~HeldFile() { ::CloseHandle(reinterpret_cast<HANDLE>(handle_)); }

void startAgain(const std::vector<std::string>& arguments) {
    std::array<wchar_t, 32768> self{};
    ::GetModuleFileNameW(nullptr, self.data(), self.size());
    auto line = quoted(self.data());
    for (const auto& argument : arguments)
        line += L' ' + quoted(fs::path(argument).native());
    STARTUPINFOW startup{};
    startup.cb = sizeof(startup);
    PROCESS_INFORMATION started{};
    if (::CreateProcessW(self.data(), line.data(), nullptr, nullptr, FALSE, 0, nullptr, nullptr, &startup, &started)) {
        ::CloseHandle(started.hThread);
        ::CloseHandle(started.hProcess);
    }
}

/// With the code of a fault but without the system's dialogs about it.
void crash() {
    ::TerminateProcess(::GetCurrentProcess(), static_cast<UINT>(EXCEPTION_ACCESS_VIOLATION));
    std::abort();
}

} // namespace ssprotect::test
