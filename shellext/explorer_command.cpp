#include "explorer_command.h"

#include "module_path.h"
#include "resource.h"
#include "selection.h"
#include "texts.h"
#include "verb_command.h"

#include <shlwapi.h>

namespace ssprotect::shellext {

HRESULT ExplorerCommand::GetTitle(IShellItemArray*, LPWSTR* title) {
    return guarded([&] { return ::SHStrDupW(textOf(services_.module, IDS_PRODUCT).c_str(), title); });
}

HRESULT ExplorerCommand::GetIcon(IShellItemArray*, LPWSTR* icon) {
    return guarded([&] {
        const auto place = modulePath(services_.module) + L",-" + std::to_wstring(IDI_PRODUCT);
        return ::SHStrDupW(place.c_str(), icon);
    });
}

HRESULT ExplorerCommand::GetToolTip(IShellItemArray*, LPWSTR* tip) {
    *tip = nullptr;
    return E_NOTIMPL;
}

HRESULT ExplorerCommand::GetCanonicalName(GUID* name) {
    *name = GUID{};
    return S_OK;
}

HRESULT ExplorerCommand::GetState(IShellItemArray* items, BOOL, EXPCMDSTATE* state) {
    return guarded([&] {
        const auto paths = pathsOf(items);
        const bool offered = !paths.empty() && !offersFor(factsOf(services_.files, paths), {}).empty();
        *state = offered ? ECS_ENABLED : ECS_HIDDEN;
        return S_OK;
    });
}

HRESULT ExplorerCommand::Invoke(IShellItemArray*, IBindCtx*) { return E_NOTIMPL; }

HRESULT ExplorerCommand::GetFlags(EXPCMDFLAGS* flags) {
    *flags = ECF_HASSUBCOMMANDS;
    return S_OK;
}

HRESULT ExplorerCommand::EnumSubCommands(IEnumExplorerCommand** commands) {
    return guarded([&] {
        *commands = new VerbCommands(uses_, services_);
        return S_OK;
    });
}

} // namespace ssprotect::shellext
