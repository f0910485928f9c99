#include "explorer.h"

namespace ssprotect::shellext::test {
namespace {

BOOL CALLBACK gather(HWND control, LPARAM context) {
    wchar_t text[300] = {};
    ::GetWindowTextW(control, text, 300);
    if (text[0] != 0)
        reinterpret_cast<std::vector<std::wstring>*>(context)->emplace_back(text);
    return TRUE;
}

} // namespace

std::vector<std::wstring> textsOfSheet(HPROPSHEETPAGE page) {
    PROPSHEETHEADERW sheet{};
    sheet.dwSize = sizeof sheet;
    sheet.dwFlags = PSH_MODELESS;
    sheet.pszCaption = L"Properties";
    sheet.nPages = 1;
    sheet.phpage = &page;
    std::vector<std::wstring> texts;
    const auto window = reinterpret_cast<HWND>(::PropertySheetW(&sheet));
    if (window == nullptr || window == reinterpret_cast<HWND>(-1))
        return texts;
    const auto dialog = reinterpret_cast<HWND>(::SendMessageW(window, PSM_GETCURRENTPAGEHWND, 0, 0));
    ::EnumChildWindows(dialog, gather, reinterpret_cast<LPARAM>(&texts));
    ::DestroyWindow(window);
    return texts;
}

} // namespace ssprotect::shellext::test
