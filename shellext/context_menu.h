#pragma once

#include "services.h"

namespace ssprotect::shellext {

/// The items in Explorer's classic menu, and with them what a double-click on a protected file does. One apartment.
class ContextMenu final : public ComObject<IShellExtInit, IContextMenu> {
public:
    ContextMenu(UseCount& uses, Services& services) : ComObject(uses), services_(services) {}

    HRESULT STDMETHODCALLTYPE Initialize(PCIDLIST_ABSOLUTE folder, IDataObject* selection, HKEY kind) override;
    HRESULT STDMETHODCALLTYPE QueryContextMenu(HMENU menu, UINT at, UINT first, UINT last, UINT flags) override;
    HRESULT STDMETHODCALLTYPE InvokeCommand(CMINVOKECOMMANDINFO* command) override;
    HRESULT STDMETHODCALLTYPE GetCommandString(UINT_PTR command, UINT kind, UINT* reserved, LPSTR name,
                                               UINT room) override;

private:
    UINT insert(HMENU menu, UINT at, UINT first, UINT last) const;
    std::optional<Verb> verbOf(const CMINVOKECOMMANDINFO& command) const;

    Services& services_;
    std::vector<std::filesystem::path> paths_;
    std::vector<Offer> offers_; ///< by offset in the menu
};

} // namespace ssprotect::shellext
