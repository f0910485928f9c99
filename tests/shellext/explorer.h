#pragma once

#include "com_object.h"

#include <filesystem>
#include <prsht.h>
#include <string>
#include <vector>

namespace ssprotect::shellext::test {

using Paths = std::vector<std::filesystem::path>;

struct MenuItem {
    std::wstring text;
    std::wstring verb;
    bool isDefault = false;
    bool hasIcon = false;
};

/// Asks the registered DLL what Explorer asks it, in an apartment of its own thread. A COM call that fails where
/// Explorer expects none throws std::runtime_error.
class Explorer {
public:
    Explorer();
    ~Explorer();
    Explorer(const Explorer&) = delete;
    Explorer& operator=(const Explorer&) = delete;

    /// One right-click, or with CMF_DEFAULTONLY one double-click.
    class Menu {
    public:
        Menu(const Paths& selection, UINT flags);
        ~Menu();
        Menu(const Menu&) = delete;
        Menu& operator=(const Menu&) = delete;

        std::vector<MenuItem> items() const;
        /// By the name of the verb.
        HRESULT invoke(const std::wstring& verb);
        /// By its place, as Explorer does it with the default item; S_FALSE when there is none.
        HRESULT invokeDefault();
        /// HRESULT of QueryContextMenu.
        HRESULT answer() const { return answer_; }
        /// The same question into an empty menu, on the same object.
        void askAgain();

    private:
        ComPointer<IContextMenu> handler_;
        HMENU menu_ = nullptr;
        const UINT flags_;
        HRESULT answer_ = E_FAIL;
    };

    /// As the handlers say: "red", "yellow", "none".
    std::string overlayOf(const std::filesystem::path& file);
    /// The icon file and its place in it, as GetOverlayInfo names them.
    static std::pair<std::wstring, int> overlayIcon(const wchar_t* classId);
    HRESULT isMember(bool red, const std::filesystem::path& file, DWORD attributes = FILE_ATTRIBUTE_NORMAL);

    /// The texts on our property page; empty when there is none.
    static std::vector<std::wstring> pageTexts(const std::filesystem::path& file);

    /// Titles of the Windows 11 commands that are shown for the selection.
    static std::vector<std::wstring> commandTitles(const Paths& selection);
    static HRESULT invokeCommand(const Paths& selection, std::size_t place);

private:
    ComPointer<IShellIconOverlayIdentifier> red_;
    ComPointer<IShellIconOverlayIdentifier> yellow_;
};

/// An object of that class, as CoCreateInstance gives it.
template <class Interface> ComPointer<Interface> create(const wchar_t* classId);

/// The selection as Explorer hands it to handlers. All in one folder.
ComPointer<IDataObject> dataObjectOf(const Paths& selection);

/// What a double-click on that page's sheet shows: its texts.
std::vector<std::wstring> textsOfSheet(HPROPSHEETPAGE page);

/// DllRegisterServer or DllUnregisterServer of that DLL.
HRESULT callDll(const std::filesystem::path& dll, const char* function);

/// Waits up to a few seconds for the notice that the DLL shows; empty when none comes.
std::wstring waitForNotice();

} // namespace ssprotect::shellext::test
