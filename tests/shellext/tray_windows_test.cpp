#include "real_tray.h"

#include <windows.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ssprotect::shellext::test {
namespace {

using ::testing::ElementsAre;

bool isTrayProcess(DWORD process) {
    wchar_t name[1000] = {};
    DWORD size = 1000;
    const HANDLE handle = ::OpenProcess(PROCESS_QUERY_LIMITED_INFORMATION, FALSE, process);
    const bool known = ::QueryFullProcessImageNameW(handle, 0, name, &size) != 0;
    ::CloseHandle(handle);
    return known && std::wstring_view(name, size).ends_with(L"ssprotect-tray.exe");
}

BOOL CALLBACK gather(HWND window, LPARAM context) {
    wchar_t title[200] = {};
    DWORD process = 0;
    ::GetWindowThreadProcessId(window, &process);
    if (::IsWindowVisible(window) && ::GetWindowTextW(window, title, 200) > 0 && isTrayProcess(process))
        *reinterpret_cast<std::wstring*>(context) += std::wstring(title) + L'\n';
    return TRUE;
}

/// The titles of all windows of tray processes, one a line.
std::wstring trayWindows() {
    std::wstring titles;
    ::EnumWindows(gather, reinterpret_cast<LPARAM>(&titles));
    return titles;
}

/// A tray process with windows in the world of somebody who has an account.
class TrayWindows : public ::testing::Test {
protected:
    TrayWindows() {
        RealTray(world).createAccount();
        tray = std::make_unique<RealTray>(world, RealTray::Windows::shown);
    }

    void expectWindowAfter(const std::string& verb, const std::vector<std::filesystem::path>& files,
                           const std::wstring& title) const {
        auto explorer = world.stayingHost("invoke", files, {verb});
        EXPECT_TRUE(comesTrue([&] { return trayWindows().find(title) != std::wstring::npos; }))
            << ::testing::PrintToString(trayWindows());
        EXPECT_THAT(explorer.finish().lines, ElementsAre("0x00000000"));
    }

    ExplorerWorld world;
    std::unique_ptr<RealTray> tray;
};

TEST_F(TrayWindows, ShowTheVersionsOfAFile) {
    const auto foreign = world.sealed("foreign.docx", accountOf(7), organizationOf(9));
    tray->login();
    expectWindowAfter("ssprotect.versions", {foreign}, L"Managed Files/Restore");
}

TEST_F(TrayWindows, TakeMoreThanFifteenFilesToBulkConversion) {
    std::vector<std::filesystem::path> sixteen;
    for (int i = 0; i < 16; ++i)
        sixteen.push_back(world.plain(std::to_string(i) + ".txt"));
    tray->login();
    expectWindowAfter("ssprotect.activate", sixteen, L"Bulk Conversion");
}

TEST_F(TrayWindows, OfferALoginFirst) {
    const auto document = world.plain("offer.txt");
    tray->cli({"status"});
    expectWindowAfter("ssprotect.activate", {document}, L"Log in to SSProtect");
}

} // namespace
} // namespace ssprotect::shellext::test
