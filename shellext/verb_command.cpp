#include "verb_command.h"

#include "labels.h"
#include "selection.h"

#include <algorithm>
#include <iterator>
#include <shlwapi.h>

namespace ssprotect::shellext {

/// Windows 11 has no shift-right-click of its own here, so Release stands with the others.
std::optional<Offer> VerbCommand::offerFor(IShellItemArray* items) const {
    const auto paths = pathsOf(items);
    if (paths.empty())
        return std::nullopt;
    for (const auto& offer : offersFor(factsOf(services_.files, paths), {false, true}))
        if (offer.verb == verb_)
            return offer;
    return std::nullopt;
}

HRESULT VerbCommand::GetTitle(IShellItemArray* items, LPWSTR* title) {
    return guarded([&] {
        const auto offer = offerFor(items).value_or(Offer{verb_, false, false});
        return ::SHStrDupW(labelOf(services_.module, offer).c_str(), title);
    });
}

HRESULT VerbCommand::GetIcon(IShellItemArray*, LPWSTR* icon) {
    *icon = nullptr;
    return E_NOTIMPL;
}

HRESULT VerbCommand::GetToolTip(IShellItemArray*, LPWSTR* tip) {
    return guarded([&] { return ::SHStrDupW(helpOf(services_.module, verb_).c_str(), tip); });
}

HRESULT VerbCommand::GetCanonicalName(GUID* name) {
    *name = GUID{};
    return S_OK;
}

HRESULT VerbCommand::GetState(IShellItemArray* items, BOOL, EXPCMDSTATE* state) {
    return guarded([&] {
        *state = offerFor(items) ? ECS_ENABLED : ECS_HIDDEN;
        return S_OK;
    });
}

HRESULT VerbCommand::Invoke(IShellItemArray* items, IBindCtx*) {
    return guarded([&] {
        auto paths = pathsOf(items);
        return paths.empty() ? E_INVALIDARG : runErrand(services_, verb_, std::move(paths));
    });
}

HRESULT VerbCommand::GetFlags(EXPCMDFLAGS* flags) {
    *flags = ECF_DEFAULT;
    return S_OK;
}

HRESULT VerbCommand::EnumSubCommands(IEnumExplorerCommand** commands) {
    *commands = nullptr;
    return E_NOTIMPL;
}

HRESULT VerbCommands::Next(ULONG count, IExplorerCommand** commands, ULONG* fetched) {
    return guarded([&] {
        ULONG given = 0;
        for (; given < count && at_ < std::size(kVerbs); ++given, ++at_)
            commands[given] = new VerbCommand(uses_, services_, kVerbs[at_]);
        if (fetched != nullptr)
            *fetched = given;
        return given == count ? S_OK : S_FALSE;
    });
}

HRESULT VerbCommands::Skip(ULONG count) {
    const auto left = std::size(kVerbs) - at_;
    at_ += std::min<std::size_t>(count, left);
    return count <= left ? S_OK : S_FALSE;
}

HRESULT VerbCommands::Reset() {
    at_ = 0;
    return S_OK;
}

HRESULT VerbCommands::Clone(IEnumExplorerCommand** copy) {
    return guarded([&] {
        *copy = new VerbCommands(uses_, services_, at_);
        return S_OK;
    });
}

} // namespace ssprotect::shellext
