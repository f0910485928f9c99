#pragma once

#include "services.h"

namespace ssprotect::shellext {

/// The same menu for Windows 11: one entry *SSProtect* with the verbs below it. Needs the identity of a package
/// (resources/installer/package). Any thread.
class ExplorerCommand final : public ComObject<IExplorerCommand> {
public:
    ExplorerCommand(UseCount& uses, Services& services) : ComObject(uses), uses_(uses), services_(services) {}

    HRESULT STDMETHODCALLTYPE GetTitle(IShellItemArray* items, LPWSTR* title) override;
    HRESULT STDMETHODCALLTYPE GetIcon(IShellItemArray* items, LPWSTR* icon) override;
    HRESULT STDMETHODCALLTYPE GetToolTip(IShellItemArray* items, LPWSTR* tip) override;
    HRESULT STDMETHODCALLTYPE GetCanonicalName(GUID* name) override;
    HRESULT STDMETHODCALLTYPE GetState(IShellItemArray* items, BOOL slow, EXPCMDSTATE* state) override;
    HRESULT STDMETHODCALLTYPE Invoke(IShellItemArray* items, IBindCtx* context) override;
    HRESULT STDMETHODCALLTYPE GetFlags(EXPCMDFLAGS* flags) override;
    HRESULT STDMETHODCALLTYPE EnumSubCommands(IEnumExplorerCommand** commands) override;

private:
    UseCount& uses_;
    Services& services_;
};

} // namespace ssprotect::shellext
