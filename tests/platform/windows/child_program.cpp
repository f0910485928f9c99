// A program that does what tests of processes need, word by word of its command line.
//
//   say EVENT      signals an event            wait EVENT     waits for one
//   hold FILE      keeps a file open           go FOLDER      works there
//   map FILE       keeps a file mapped         exit STATUS
//   window         has a window that nobody sees
//   shown EVENT    has a window, says so, and goes on when it is closed
//   start WORD…    starts itself with the rest of the words and does not wait
//   tell FILE …    writes the rest of the words, the working folder and %SSPROTECT_TEST% into a file
//   input          ends with 7 if there is anything to read, 0 at the end of the input

#include "platform/windows/command_line.h"
#include "platform/windows/handle.h"
#include "platform/windows/wide_text.h"

#include <array>
#include <filesystem>
#include <fstream>
#include <iostream>

namespace {

using ssprotect::platform::Handle;

Handle eventCalled(const std::wstring& name) {
    return Handle(::OpenEventW(SYNCHRONIZE | EVENT_MODIFY_STATE, FALSE, name.c_str()));
}

HWND makeWindow(DWORD style) {
    return ::CreateWindowExW(0, L"STATIC", L"child", style, 0, 0, 100, 100, nullptr, nullptr,
                             ::GetModuleHandleW(nullptr), nullptr);
}

void showUntilClosed(const std::wstring& shown) {
    const HWND window = makeWindow(WS_OVERLAPPEDWINDOW | WS_VISIBLE);
    ::SetEvent(eventCalled(shown).get());
    MSG message{};
    while (::IsWindow(window) != FALSE && ::GetMessageW(&message, nullptr, 0, 0) > 0) {
        if (message.message == WM_CLOSE) {
            ::DestroyWindow(window);
            return;
        }
        ::DispatchMessageW(&message);
    }
}

class Words {
public:
    explicit Words(std::vector<std::wstring> words) : words_(std::move(words)) {}

    bool any() const { return next_ < words_.size(); }
    std::wstring take() { return any() ? words_[next_++] : std::wstring(); }

private:
    std::vector<std::wstring> words_;
    std::size_t next_ = 0;
};

void startItself(Words& words) {
    std::array<wchar_t, 32768> self{};
    ::GetModuleFileNameW(nullptr, self.data(), static_cast<DWORD>(self.size()));
    std::vector<std::string> command{ssprotect::platform::narrowText(self.data())};
    while (words.any())
        command.push_back(ssprotect::platform::narrowText(words.take()));
    std::wstring line = ssprotect::platform::commandLine(command);
    STARTUPINFOW startup{};
    startup.cb = sizeof startup;
    PROCESS_INFORMATION made{};
    if (::CreateProcessW(self.data(), line.data(), nullptr, nullptr, FALSE, 0, nullptr, nullptr, &startup, &made) ==
        FALSE)
        ::ExitProcess(99);
    ::CloseHandle(made.hProcess);
    ::CloseHandle(made.hThread);
}

void tell(Words& words) {
    std::ofstream to(std::filesystem::path(words.take()), std::ios::binary);
    while (words.any())
        to << ssprotect::platform::narrowText(words.take()) << '|';
    to << ssprotect::platform::narrowText(std::filesystem::current_path().native()) << '|';
    std::array<wchar_t, 1024> value{};
    ::GetEnvironmentVariableW(L"SSPROTECT_TEST", value.data(), static_cast<DWORD>(value.size()));
    to << ssprotect::platform::narrowText(value.data());
}

void map(const std::wstring& name) {
    const Handle file(::CreateFileW(name.c_str(), GENERIC_READ, FILE_SHARE_READ, nullptr, OPEN_EXISTING, 0, nullptr));
    const Handle mapping(::CreateFileMappingW(file.get(), nullptr, PAGE_READONLY, 0, 0, nullptr));
    ::MapViewOfFile(mapping.get(), FILE_MAP_READ, 0, 0, 0);
}

} // namespace

int wmain(int count, wchar_t** arguments) {
    Words words(std::vector<std::wstring>(arguments + 1, arguments + count));
    std::vector<Handle> held;
    while (words.any()) {
        const std::wstring verb = words.take();
        if (verb == L"say")
            ::SetEvent(eventCalled(words.take()).get());
        else if (verb == L"wait")
            ::WaitForSingleObject(eventCalled(words.take()).get(), INFINITE);
        else if (verb == L"hold")
            held.emplace_back(::CreateFileW(words.take().c_str(), GENERIC_READ,
                                            FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, nullptr,
                                            OPEN_EXISTING, 0, nullptr));
        else if (verb == L"go")
            ::SetCurrentDirectoryW(words.take().c_str());
        else if (verb == L"map")
            map(words.take());
        else if (verb == L"window")
            makeWindow(WS_OVERLAPPED);
        else if (verb == L"shown")
            showUntilClosed(words.take());
        else if (verb == L"start")
            startItself(words);
        else if (verb == L"tell")
            tell(words);
        else if (verb == L"input")
            return std::cin.get() == std::char_traits<char>::eof() ? 0 : 7;
        else if (verb == L"exit")
            return static_cast<int>(std::wcstol(words.take().c_str(), nullptr, 10));
        else
            return 98;
    }
    return 0;
}
