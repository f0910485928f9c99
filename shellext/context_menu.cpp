#include "context_menu.h"

#include "labels.h"
#include "selection.h"

#include <algorithm>
#include <cstring>

namespace ssprotect::shellext {
namespace {

bool isOffset(const void* verb) { return (reinterpret_cast<ULONG_PTR>(verb) >> 16) == 0; }

/// The name of a verb called by programs: canonical names are plain ASCII in either form.
std::wstring calledName(const CMINVOKECOMMANDINFO& command) {
    constexpr DWORD kUnicode = 0x00004000; // CMIC_MASK_UNICODE, which older kits lack
    if (command.cbSize >= sizeof(CMINVOKECOMMANDINFOEX) && (command.fMask & kUnicode) != 0) {
        const auto& wide = reinterpret_cast<const CMINVOKECOMMANDINFOEX&>(command);
        if (wide.lpVerbW != nullptr && !isOffset(wide.lpVerbW))
            return wide.lpVerbW;
    }
    return {command.lpVerb, command.lpVerb + std::strlen(command.lpVerb)};
}

template <class Text> HRESULT copyText(const Text& text, typename Text::value_type* to, UINT room) {
    if (text.size() >= room)
        return E_INVALIDARG;
    *std::ranges::copy(text, to).out = 0;
    return S_OK;
}

HRESULT copyOut(std::wstring_view text, bool wide, LPSTR to, UINT room) {
    if (wide)
        return copyText(text, reinterpret_cast<wchar_t*>(to), room);
    const auto size = static_cast<int>(text.size());
    std::string narrow(
        static_cast<std::size_t>(::WideCharToMultiByte(CP_ACP, 0, text.data(), size, nullptr, 0, nullptr, nullptr)), 0);
    ::WideCharToMultiByte(CP_ACP, 0, text.data(), size, narrow.data(), static_cast<int>(narrow.size()), nullptr,
                          nullptr);
    return copyText(narrow, to, room);
}

} // namespace

HRESULT ContextMenu::Initialize(PCIDLIST_ABSOLUTE, IDataObject* selection, HKEY) {
    return guarded([&] {
        paths_ = pathsOf(selection);
        offers_.clear();
        return paths_.empty() ? E_INVALIDARG : S_OK;
    });
}

HRESULT ContextMenu::QueryContextMenu(HMENU menu, UINT at, UINT first, UINT last, UINT flags) {
    return guarded([&] {
        offers_.clear();
        // A menu of bare verbs is one of a shortcut: its target's menu has ours.
        if ((flags & CMF_VERBSONLY) != 0)
            return MAKE_HRESULT(SEVERITY_SUCCESS, 0, 0);
        const MenuRequest request{(flags & CMF_DEFAULTONLY) != 0, (flags & CMF_EXTENDEDVERBS) != 0};
        offers_ = offersFor(factsOf(services_.files, paths_), request);
        return MAKE_HRESULT(SEVERITY_SUCCESS, 0, insert(menu, at, first, last));
    });
}

/// The number of items put in.
UINT ContextMenu::insert(HMENU menu, UINT at, UINT first, UINT last) const {
    UINT count = 0;
    for (const auto& offer : offers_) {
        if (first + count > last)
            break;
        auto label = labelOf(services_.module, offer);
        MENUITEMINFOW item{};
        item.cbSize = sizeof item;
        item.fMask = MIIM_ID | MIIM_STRING | MIIM_BITMAP;
        item.wID = first + count;
        item.dwTypeData = label.data();
        item.hbmpItem = services_.icon.bitmap();
        if (!::InsertMenuItemW(menu, at + count, TRUE, &item))
            break;
        if (offer.preferred)
            ::SetMenuDefaultItem(menu, item.wID, FALSE);
        ++count;
    }
    return count;
}

std::optional<Verb> ContextMenu::verbOf(const CMINVOKECOMMANDINFO& command) const {
    if (!isOffset(command.lpVerb))
        return verbOfName(calledName(command));
    const auto offset = reinterpret_cast<ULONG_PTR>(command.lpVerb);
    return offset < offers_.size() ? std::optional(offers_[offset].verb) : std::nullopt;
}

HRESULT ContextMenu::InvokeCommand(CMINVOKECOMMANDINFO* command) {
    return guarded([&] {
        if (command == nullptr || command->cbSize < sizeof(CMINVOKECOMMANDINFO))
            return E_INVALIDARG;
        const auto verb = verbOf(*command);
        return verb ? runErrand(services_, *verb, paths_) : E_INVALIDARG;
    });
}

HRESULT ContextMenu::GetCommandString(UINT_PTR command, UINT kind, UINT*, LPSTR name, UINT room) {
    return guarded([&] {
        if (command >= offers_.size())
            return kind == GCS_VALIDATEA || kind == GCS_VALIDATEW ? S_FALSE : E_INVALIDARG;
        const auto verb = offers_[command].verb;
        switch (kind) {
        case GCS_VALIDATEA:
        case GCS_VALIDATEW:
            return S_OK;
        case GCS_VERBA:
        case GCS_VERBW:
            return copyOut(canonicalName(verb), kind == GCS_VERBW, name, room);
        case GCS_HELPTEXTA:
        case GCS_HELPTEXTW:
            return copyOut(helpOf(services_.module, verb), kind == GCS_HELPTEXTW, name, room);
        default:
            return E_INVALIDARG;
        }
    });
}

} // namespace ssprotect::shellext
