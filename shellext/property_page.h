#pragma once

#include "services.h"

#include <prsht.h>

namespace ssprotect::shellext {

/// The page *SSProtect* in the properties of a protected file: says that it is protected, and whose it is, also where
/// Explorer has no room for overlay icons. One apartment.
class PropertyPage final : public ComObject<IShellExtInit, IShellPropSheetExt> {
public:
    PropertyPage(UseCount& uses, Services& services) : ComObject(uses), services_(services) {}

    HRESULT STDMETHODCALLTYPE Initialize(PCIDLIST_ABSOLUTE folder, IDataObject* selection, HKEY kind) override;
    HRESULT STDMETHODCALLTYPE AddPages(LPFNSVADDPROPSHEETPAGE add, LPARAM context) override;
    HRESULT STDMETHODCALLTYPE ReplacePage(UINT page, LPFNSVADDPROPSHEETPAGE replace, LPARAM context) override;

private:
    Services& services_;
    std::vector<std::filesystem::path> paths_;
};

} // namespace ssprotect::shellext
