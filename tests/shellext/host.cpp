// Does one of Explorer's deeds and says on stdout what came of it, for tests and for trying an installation out:
//   register|unregister DLL           menu|menu-extended|double-click-menu FILE…      invoke VERB FILE…
//   double-click FILE…                overlay FILE…                                  overlay-icons
//   overlay-tally FOLDER              how many files of the folder are red, yellow, without
//   page FILE                         commands FILE…                                 command PLACE FILE…
//   notice-after VERB FILE…           stress ROUNDS FILE…
#include "class_ids.h"
#include "explorer.h"
#include "stress.h"

#include <chrono>
#include <cstdio>
#include <fcntl.h>
#include <io.h>
#include <map>
#include <shellapi.h>
#include <stdexcept>
#include <thread>

using namespace ssprotect::shellext;
using namespace ssprotect::shellext::test;

namespace {

using Arguments = std::vector<std::wstring>;

void say(const std::wstring& line) {
    const auto size = static_cast<int>(line.size());
    std::string text(
        static_cast<std::size_t>(::WideCharToMultiByte(CP_UTF8, 0, line.data(), size, nullptr, 0, nullptr, nullptr)),
        0);
    ::WideCharToMultiByte(CP_UTF8, 0, line.data(), size, text.data(), static_cast<int>(text.size()), nullptr, nullptr);
    std::puts(text.c_str());
}

void sayResult(HRESULT result) {
    wchar_t text[20] = {};
    std::swprintf(text, 20, L"0x%08lx", static_cast<unsigned long>(result));
    say(text);
}

Paths pathsFrom(const Arguments& arguments, std::size_t first) {
    return {arguments.begin() + static_cast<std::ptrdiff_t>(std::min(first, arguments.size())), arguments.end()};
}

void sayMenu(const Arguments& arguments, UINT flags) {
    const Explorer explorer;
    const Explorer::Menu menu(pathsFrom(arguments, 0), flags);
    for (const auto& item : menu.items())
        say(item.verb + L'\t' + item.text + (item.isDefault ? L"\tdefault" : L"") + (item.hasIcon ? L"\ticon" : L""));
}

void sayOverlays(const Arguments& arguments) {
    Explorer explorer;
    for (const auto& path : pathsFrom(arguments, 0)) {
        const auto overlay = explorer.overlayOf(path);
        say(std::wstring(overlay.begin(), overlay.end()));
    }
}

void sayOverlayTally(const Arguments& arguments) {
    Explorer explorer;
    std::map<std::string, int> tally;
    for (const auto& entry : std::filesystem::directory_iterator(arguments.at(0)))
        ++tally[explorer.overlayOf(entry.path())];
    for (const auto& [overlay, count] : tally)
        say(std::wstring(overlay.begin(), overlay.end()) + L' ' + std::to_wstring(count));
}

void sayOverlayIcons() {
    const Explorer explorer;
    for (const auto* id : {kRedClass, kYellowClass}) {
        const auto [file, place] = Explorer::overlayIcon(id);
        say(file + L'\t' + std::to_wstring(place) + L'\t' +
            std::to_wstring(::ExtractIconExW(file.c_str(), place, nullptr, nullptr, 1)));
    }
}

void tellInvoked() {
    std::fputs("invoked\n", stderr);
    std::fflush(stderr);
}

void invoke(const Arguments& arguments, bool awaitNotice) {
    const Explorer explorer;
    Explorer::Menu menu(pathsFrom(arguments, 1), CMF_EXTENDEDVERBS);
    sayResult(menu.invoke(arguments.at(0)));
    tellInvoked();
    if (awaitNotice)
        say(waitForNotice());
}

void doubleClick(const Arguments& arguments) {
    const Explorer explorer;
    Explorer::Menu menu(pathsFrom(arguments, 0), CMF_DEFAULTONLY);
    sayResult(menu.invokeDefault());
    tellInvoked();
}

void sayLines(const std::vector<std::wstring>& lines) {
    for (const auto& line : lines)
        say(line);
}

/// An errand is done on a thread of the DLL, which the end of this process would end too: a test names a file, and the
/// process stays until that is there.
void waitForFileNamedInEnvironment() {
    wchar_t name[MAX_PATH] = {};
    if (::GetEnvironmentVariableW(L"SSPROTECT_SHELL_AWAIT", name, MAX_PATH) == 0)
        return;
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(30);
    while (std::chrono::steady_clock::now() < until && ::GetFileAttributesW(name) == INVALID_FILE_ATTRIBUTES)
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
}

int run(const std::wstring& deed, const Arguments& rest) {
    const std::map<std::wstring, void (*)(const Arguments&)> deeds{
        {L"register", [](const Arguments& a) { sayResult(callDll(a.at(0), "DllRegisterServer")); }},
        {L"unregister", [](const Arguments& a) { sayResult(callDll(a.at(0), "DllUnregisterServer")); }},
        {L"menu", [](const Arguments& a) { sayMenu(a, CMF_NORMAL); }},
        {L"menu-extended", [](const Arguments& a) { sayMenu(a, CMF_EXTENDEDVERBS); }},
        {L"double-click-menu", [](const Arguments& a) { sayMenu(a, CMF_DEFAULTONLY); }},
        {L"invoke", [](const Arguments& a) { invoke(a, false); }},
        {L"notice-after", [](const Arguments& a) { invoke(a, true); }},
        {L"double-click", doubleClick},
        {L"overlay", sayOverlays},
        {L"overlay-tally", sayOverlayTally},
        {L"overlay-icons", [](const Arguments&) { sayOverlayIcons(); }},
        {L"page",
         [](const Arguments& a) {
             const Explorer explorer;
             sayLines(Explorer::pageTexts(a.at(0)));
         }},
        {L"commands",
         [](const Arguments& a) {
             const Explorer explorer;
             sayLines(Explorer::commandTitles(pathsFrom(a, 0)));
         }},
        {L"command",
         [](const Arguments& a) {
             const Explorer explorer;
             sayResult(Explorer::invokeCommand(pathsFrom(a, 1), std::stoul(a.at(0))));
         }},
        {L"stress", [](const Arguments& a) { say(std::to_wstring(stress(pathsFrom(a, 1), std::stoi(a.at(0))))); }},
    };
    const auto found = deeds.find(deed);
    if (found == deeds.end())
        return 2;
    found->second(rest);
    std::fflush(stdout);
    waitForFileNamedInEnvironment();
    return 0;
}

} // namespace

int main() {
    ::_setmode(::_fileno(stdout), _O_BINARY);
    int count = 0;
    LPWSTR* const texts = ::CommandLineToArgvW(::GetCommandLineW(), &count);
    const Arguments arguments(texts + 1, texts + count);
    try {
        return arguments.empty() ? 2 : run(arguments[0], {arguments.begin() + 1, arguments.end()});
    } catch (const std::exception& problem) {
        std::fprintf(stderr, "%s\n", problem.what());
        return 1;
    }
}
