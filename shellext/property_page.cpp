#include "property_page.h"

#include "resource.h"
#include "selection.h"
#include "ssprotect/container/identity.h"
#include "texts.h"

#include <memory>

namespace ssprotect::shellext {
namespace {

/// What the page shows; belongs to the page once Explorer took it.
struct Shown {
    Services& services;
    std::filesystem::path path;
    std::optional<container::Identity> identity; ///< none: damaged
};

unsigned ownerText(const Shown& shown) {
    switch (shown.services.viewer.overlayOf(shown.identity->owner, shown.identity->organization)) {
    case container::Overlay::red:
        return IDS_OWN;
    case container::Overlay::yellow:
        return IDS_SHARED;
    case container::Overlay::none:
        break;
    }
    return IDS_FOREIGN;
}

unsigned modeText(container::ConversionMode mode) {
    switch (mode) {
    case container::ConversionMode::optimized:
        return IDS_MODE_OPTIMIZED;
    case container::ConversionMode::hybrid:
        return IDS_MODE_HYBRID;
    case container::ConversionMode::doubled:
        break;
    }
    return IDS_MODE_DOUBLE;
}

/// In the user's time zone and way of writing.
std::wstring timeText(TimePoint time) {
    constexpr std::int64_t kUnixEpoch = 116'444'736'000'000'000; // in 100 ns since 1601
    constexpr std::int64_t kPerMilli = 10'000;
    const auto ticks = static_cast<std::uint64_t>(toUnixMillis(time) * kPerMilli + kUnixEpoch);
    const FILETIME file{static_cast<DWORD>(ticks), static_cast<DWORD>(ticks >> 32)};
    SYSTEMTIME universal{};
    SYSTEMTIME local{};
    if (!::FileTimeToSystemTime(&file, &universal) || !::SystemTimeToTzSpecificLocalTime(nullptr, &universal, &local))
        return {};
    wchar_t date[80] = {};
    wchar_t clock[80] = {};
    ::GetDateFormatW(LOCALE_USER_DEFAULT, DATE_SHORTDATE, &local, nullptr, date, 80);
    ::GetTimeFormatW(LOCALE_USER_DEFAULT, TIME_NOSECONDS, &local, nullptr, clock, 80);
    return std::wstring(date) + L' ' + clock;
}

void fill(HWND page, const Shown& shown) {
    const auto set = [&](int control, const std::wstring& text) { ::SetDlgItemTextW(page, control, text.c_str()); };
    const auto text = [&](unsigned id) { return textOf(shown.services.module, id); };
    set(IDC_STATE, text(shown.identity ? IDS_PROTECTED : IDS_DAMAGED));
    ::EnableWindow(::GetDlgItem(page, IDC_VERSIONS), shown.identity.has_value());
    if (!shown.identity)
        return;
    set(IDC_OWNER, text(ownerText(shown)));
    set(IDC_VERSION, std::to_wstring(shown.identity->version));
    set(IDC_STORED, timeText(shown.identity->storedAt));
    set(IDC_MODE, text(modeText(shown.identity->mode)));
    set(IDC_FILE_ID, wideText(shown.identity->file.hex()));
}

INT_PTR CALLBACK pageProcedure(HWND page, UINT message, WPARAM wide, LPARAM longer) {
    guarded([&] {
        if (message == WM_INITDIALOG) {
            const auto* sheet = reinterpret_cast<const PROPSHEETPAGEW*>(longer);
            ::SetWindowLongPtrW(page, DWLP_USER, sheet->lParam);
            fill(page, *reinterpret_cast<const Shown*>(sheet->lParam));
        } else if (message == WM_COMMAND && LOWORD(wide) == IDC_VERSIONS) {
            const auto* shown = reinterpret_cast<const Shown*>(::GetWindowLongPtrW(page, DWLP_USER));
            return runErrand(shown->services, Verb::versions, {shown->path});
        }
        return S_OK;
    });
    return message == WM_INITDIALOG;
}

UINT CALLBACK pageLife(HWND, UINT message, PROPSHEETPAGEW* page) {
    if (message == PSPCB_RELEASE)
        delete reinterpret_cast<Shown*>(page->lParam);
    return 1;
}

} // namespace

HRESULT PropertyPage::Initialize(PCIDLIST_ABSOLUTE, IDataObject* selection, HKEY) {
    return guarded([&] {
        paths_ = pathsOf(selection);
        return paths_.empty() ? E_INVALIDARG : S_OK;
    });
}

HRESULT PropertyPage::AddPages(LPFNSVADDPROPSHEETPAGE add, LPARAM context) {
    return guarded([&] {
        if (paths_.size() != 1 || !factsOf(services_.files, paths_).ours)
            return S_OK;
        std::array<Byte, container::kIdentitySize> bytes{};
        const auto count = readFirstBytes(paths_[0], bytes);
        auto identity = container::Identity::parse(ByteView(bytes).first(count));
        auto shown =
            std::make_unique<Shown>(Shown{services_, paths_[0], identity ? std::optional(*identity) : std::nullopt});
        const auto title = textOf(services_.module, IDS_PRODUCT);
        PROPSHEETPAGEW page{};
        page.dwSize = sizeof page;
        page.dwFlags = PSP_USETITLE | PSP_USECALLBACK;
        page.hInstance = services_.module;
        page.pszTemplate = MAKEINTRESOURCEW(IDD_PAGE);
        page.pszTitle = title.c_str();
        page.pfnDlgProc = pageProcedure;
        page.pfnCallback = pageLife;
        page.lParam = reinterpret_cast<LPARAM>(shown.get());
        const auto sheet = ::CreatePropertySheetPageW(&page);
        if (sheet == nullptr)
            return E_OUTOFMEMORY;
        shown.release(); // from here on `pageLife` ends it
        if (!add(sheet, context)) {
            ::DestroyPropertySheetPage(sheet);
            return E_FAIL;
        }
        return S_OK;
    });
}

HRESULT PropertyPage::ReplacePage(UINT, LPFNSVADDPROPSHEETPAGE, LPARAM) { return E_NOTIMPL; }

} // namespace ssprotect::shellext
