#pragma once

#include "services.h"

namespace ssprotect::shellext {

/// One verb below the Windows 11 entry. Any thread.
class VerbCommand final : public ComObject<IExplorerCommand> {
public:
    VerbCommand(UseCount& uses, Services& services, Verb verb) : ComObject(uses), services_(services), verb_(verb) {}

    HRESULT STDMETHODCALLTYPE GetTitle(IShellItemArray* items, LPWSTR* title) override;
    HRESULT STDMETHODCALLTYPE GetIcon(IShellItemArray* items, LPWSTR* icon) override;
    HRESULT STDMETHODCALLTYPE GetToolTip(IShellItemArray* items, LPWSTR* tip) override;
    HRESULT STDMETHODCALLTYPE GetCanonicalName(GUID* name) override;
    HRESULT STDMETHODCALLTYPE GetState(IShellItemArray* items, BOOL slow, EXPCMDSTATE* state) override;
    HRESULT STDMETHODCALLTYPE Invoke(IShellItemArray* items, IBindCtx* context) override;
    HRESULT STDMETHODCALLTYPE GetFlags(EXPCMDFLAGS* flags) override;
    HRESULT STDMETHODCALLTYPE EnumSubCommands(IEnumExplorerCommand** commands) override;

private:
    std::optional<Offer> offerFor(IShellItemArray* items) const;

    Services& services_;
    const Verb verb_;
};

/// All verbs in the order of the menu, each hidden by its own `GetState` where it does not fit. One thread at a time.
class VerbCommands final : public ComObject<IEnumExplorerCommand> {
public:
    VerbCommands(UseCount& uses, Services& services, std::size_t at = 0)
        : ComObject(uses), uses_(uses), services_(services), at_(at) {}

    HRESULT STDMETHODCALLTYPE Next(ULONG count, IExplorerCommand** commands, ULONG* fetched) override;
    HRESULT STDMETHODCALLTYPE Skip(ULONG count) override;
    HRESULT STDMETHODCALLTYPE Reset() override;
    HRESULT STDMETHODCALLTYPE Clone(IEnumExplorerCommand** copy) override;

private:
    UseCount& uses_;
    Services& services_;
    std::size_t at_;
};

} // namespace ssprotect::shellext
