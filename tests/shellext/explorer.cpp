#include "explorer.h"

#include "class_ids.h"

#include <chrono>
#include <shellapi.h>
#include <shlwapi.h>
#include <stdexcept>
#include <thread>

namespace ssprotect::shellext::test {
namespace {

constexpr UINT kFirst = 100;
constexpr UINT kLast = 199;

void require(HRESULT result, const char* what) {
    if (FAILED(result))
        throw std::runtime_error(std::string(what) + " failed with " + std::to_string(result));
}

CLSID classOf(const wchar_t* text) {
    CLSID id{};
    require(::CLSIDFromString(text, &id), "CLSIDFromString");
    return id;
}

/// The names of items below the desktop.
class ItemIds {
public:
    explicit ItemIds(const Paths& paths) {
        for (const auto& path : paths) {
            PIDLIST_ABSOLUTE id = nullptr;
            require(::SHParseDisplayName(path.c_str(), nullptr, &id, 0, nullptr), "SHParseDisplayName");
            ids_.push_back(id);
        }
    }
    ~ItemIds() {
        for (auto* id : ids_)
            ::CoTaskMemFree(id);
    }
    ItemIds(const ItemIds&) = delete;
    ItemIds& operator=(const ItemIds&) = delete;

    const std::vector<PIDLIST_ABSOLUTE>& all() const { return ids_; }

private:
    std::vector<PIDLIST_ABSOLUTE> ids_;
};

ComPointer<IShellItemArray> itemArrayOf(const Paths& selection) {
    const ItemIds ids(selection);
    std::vector<PCIDLIST_ABSOLUTE> list(ids.all().begin(), ids.all().end());
    ComPointer<IShellItemArray> items;
    require(::SHCreateShellItemArrayFromIDLists(static_cast<UINT>(list.size()), list.data(), items.out()),
            "SHCreateShellItemArrayFromIDLists");
    return items;
}

std::vector<ComPointer<IExplorerCommand>> shownCommands(IShellItemArray* items) {
    auto root = create<IExplorerCommand>(kCommandClass);
    std::vector<ComPointer<IExplorerCommand>> shown;
    EXPCMDSTATE state = ECS_HIDDEN;
    require(root->GetState(items, TRUE, &state), "GetState");
    if (state == ECS_HIDDEN)
        return shown;
    ComPointer<IEnumExplorerCommand> all;
    require(root->EnumSubCommands(all.out()), "EnumSubCommands");
    while (true) {
        ComPointer<IExplorerCommand> command;
        if (all->Next(1, command.out(), nullptr) != S_OK)
            return shown;
        require(command->GetState(items, TRUE, &state), "GetState");
        if (state != ECS_HIDDEN)
            shown.push_back(std::move(command));
    }
}

} // namespace

template <class Interface> ComPointer<Interface> create(const wchar_t* classId) {
    ComPointer<Interface> object;
    require(::CoCreateInstance(classOf(classId), nullptr, CLSCTX_INPROC_SERVER, idOf<Interface>(), object.outVoid()),
            "CoCreateInstance");
    return object;
}

ComPointer<IDataObject> dataObjectOf(const Paths& selection) {
    const ItemIds ids(selection);
    ComPointer<IShellFolder> folder;
    std::vector<PCUITEMID_CHILD> children;
    for (auto* id : ids.all()) {
        PCUITEMID_CHILD child = nullptr;
        ComPointer<IShellFolder> parent;
        require(::SHBindToParent(id, IID_IShellFolder, parent.outVoid(), &child), "SHBindToParent");
        children.push_back(child);
        if (!folder)
            folder = std::move(parent);
    }
    ComPointer<IDataObject> object;
    require(folder->GetUIObjectOf(nullptr, static_cast<UINT>(children.size()), children.data(), IID_IDataObject,
                                  nullptr, object.outVoid()),
            "GetUIObjectOf");
    return object;
}

Explorer::Explorer() {
    require(::OleInitialize(nullptr), "OleInitialize");
    red_ = create<IShellIconOverlayIdentifier>(kRedClass);
    yellow_ = create<IShellIconOverlayIdentifier>(kYellowClass);
}

Explorer::~Explorer() {
    red_ = {};
    yellow_ = {};
    ::OleUninitialize();
}

Explorer::Menu::Menu(const Paths& selection, UINT flags) : flags_(flags) {
    auto start = create<IShellExtInit>(kMenuClass);
    require(start->Initialize(nullptr, dataObjectOf(selection).get(), nullptr), "Initialize");
    require(start->QueryInterface(IID_IContextMenu, handler_.outVoid()), "QueryInterface");
    askAgain();
}

void Explorer::Menu::askAgain() {
    ::DestroyMenu(menu_);
    menu_ = ::CreatePopupMenu();
    answer_ = handler_->QueryContextMenu(menu_, 0, kFirst, kLast, flags_);
}

Explorer::Menu::~Menu() { ::DestroyMenu(menu_); }

std::vector<MenuItem> Explorer::Menu::items() const {
    std::vector<MenuItem> items;
    const UINT standard = ::GetMenuDefaultItem(menu_, FALSE, 0);
    for (int at = 0; at < ::GetMenuItemCount(menu_); ++at) {
        wchar_t text[200] = {};
        MENUITEMINFOW info{};
        info.cbSize = sizeof info;
        info.fMask = MIIM_ID | MIIM_STRING | MIIM_BITMAP;
        info.dwTypeData = text;
        info.cch = 200;
        ::GetMenuItemInfoW(menu_, static_cast<UINT>(at), TRUE, &info);
        wchar_t verb[100] = {};
        handler_->GetCommandString(info.wID - kFirst, GCS_VERBW, nullptr, reinterpret_cast<LPSTR>(verb), 100);
        items.push_back({text, verb, info.wID == standard, info.hbmpItem != nullptr});
    }
    return items;
}

HRESULT Explorer::Menu::invoke(const std::wstring& verb) {
    CMINVOKECOMMANDINFOEX command{};
    command.cbSize = sizeof command;
    command.fMask = CMIC_MASK_UNICODE;
    const std::string narrow(verb.begin(), verb.end());
    command.lpVerb = narrow.c_str();
    command.lpVerbW = verb.c_str();
    command.nShow = SW_SHOWNORMAL;
    return handler_->InvokeCommand(reinterpret_cast<CMINVOKECOMMANDINFO*>(&command));
}

HRESULT Explorer::Menu::invokeDefault() {
    const UINT standard = ::GetMenuDefaultItem(menu_, FALSE, 0);
    if (standard == static_cast<UINT>(-1))
        return S_FALSE;
    CMINVOKECOMMANDINFO command{};
    command.cbSize = sizeof command;
    command.lpVerb = reinterpret_cast<LPCSTR>(static_cast<ULONG_PTR>(standard - kFirst));
    command.nShow = SW_SHOWNORMAL;
    return handler_->InvokeCommand(&command);
}

HRESULT Explorer::isMember(bool red, const std::filesystem::path& file, DWORD attributes) {
    return (red ? red_ : yellow_)->IsMemberOf(file.c_str(), attributes);
}

std::string Explorer::overlayOf(const std::filesystem::path& file) {
    const auto attributes = ::GetFileAttributesW(file.c_str());
    if (isMember(true, file, attributes) == S_OK)
        return "red";
    return isMember(false, file, attributes) == S_OK ? "yellow" : "none";
}

std::pair<std::wstring, int> Explorer::overlayIcon(const wchar_t* classId) {
    auto handler = create<IShellIconOverlayIdentifier>(classId);
    std::wstring file(MAX_PATH, L'\0');
    int place = 0;
    DWORD flags = 0;
    require(handler->GetOverlayInfo(file.data(), MAX_PATH, &place, &flags), "GetOverlayInfo");
    file.resize(file.find(L'\0'));
    return {file, place};
}

std::vector<std::wstring> Explorer::pageTexts(const std::filesystem::path& file) {
    auto start = create<IShellExtInit>(kPageClass);
    require(start->Initialize(nullptr, dataObjectOf({file}).get(), nullptr), "Initialize");
    ComPointer<IShellPropSheetExt> handler;
    require(start->QueryInterface(__uuidof(IShellPropSheetExt), handler.outVoid()), "QueryInterface");
    std::vector<HPROPSHEETPAGE> pages;
    const auto add = [](HPROPSHEETPAGE page, LPARAM context) -> BOOL {
        reinterpret_cast<std::vector<HPROPSHEETPAGE>*>(context)->push_back(page);
        return TRUE;
    };
    require(handler->AddPages(add, reinterpret_cast<LPARAM>(&pages)), "AddPages");
    return pages.empty() ? std::vector<std::wstring>() : textsOfSheet(pages.front());
}

std::vector<std::wstring> Explorer::commandTitles(const Paths& selection) {
    const auto items = itemArrayOf(selection);
    std::vector<std::wstring> titles;
    for (const auto& command : shownCommands(items.get())) {
        LPWSTR title = nullptr;
        require(command->GetTitle(items.get(), &title), "GetTitle");
        titles.emplace_back(title);
        ::CoTaskMemFree(title);
    }
    return titles;
}

HRESULT Explorer::invokeCommand(const Paths& selection, std::size_t place) {
    const auto items = itemArrayOf(selection);
    return shownCommands(items.get()).at(place)->Invoke(items.get(), nullptr);
}

HRESULT callDll(const std::filesystem::path& dll, const char* function) {
    const HMODULE module = ::LoadLibraryW(dll.c_str());
    if (module == nullptr)
        return HRESULT_FROM_WIN32(::GetLastError());
    const auto address = ::GetProcAddress(module, function);
    if (address == nullptr)
        return HRESULT_FROM_WIN32(::GetLastError());
    const auto result = reinterpret_cast<HRESULT(STDAPICALLTYPE*)()>(reinterpret_cast<void*>(address))();
    ::FreeLibrary(module);
    return result;
}

namespace {

/// Of this process; others show theirs at the same time.
HWND noticeWindow() {
    HWND window = nullptr;
    DWORD process = 0;
    do {
        window = ::FindWindowExW(HWND_MESSAGE, window, L"SSProtectNotice", nullptr);
        ::GetWindowThreadProcessId(window, &process);
    } while (window != nullptr && process != ::GetCurrentProcessId());
    return window;
}

} // namespace

std::wstring waitForNotice() {
    constexpr auto kPatience = std::chrono::seconds(15);
    const auto until = std::chrono::steady_clock::now() + kPatience;
    while (std::chrono::steady_clock::now() < until) {
        if (const HWND window = noticeWindow()) {
            wchar_t text[500] = {};
            ::GetWindowTextW(window, text, 500);
            if (text[0] != 0)
                return text;
        }
        std::this_thread::yield();
    }
    return {};
}

template ComPointer<IShellExtInit> create(const wchar_t*);
template ComPointer<IShellIconOverlayIdentifier> create(const wchar_t*);
template ComPointer<IExplorerCommand> create(const wchar_t*);

} // namespace ssprotect::shellext::test
