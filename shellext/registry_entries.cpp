#include "registry_entries.h"

#include "class_ids.h"

namespace ssprotect::shellext {
namespace {

const std::wstring kClasses = L"Software\\Classes\\";
const std::wstring kExplorer = L"Software\\Microsoft\\Windows\\CurrentVersion\\Explorer\\";
const std::wstring kApproved = L"Software\\Microsoft\\Windows\\CurrentVersion\\Shell Extensions\\Approved";

struct Class {
    const wchar_t* id;
    const wchar_t* name;
};

constexpr Class kAll[] = {{kMenuClass, L"SSProtect menu"},
                          {kRedClass, L"SSProtect overlay (own)"},
                          {kYellowClass, L"SSProtect overlay (shared)"},
                          {kPageClass, L"SSProtect property page"},
                          {kCommandClass, L"SSProtect command"}};

std::wstring classKey(const wchar_t* id) { return kClasses + L"CLSID\\" + id; }

struct Handler {
    std::wstring key;
    const wchar_t* id;
};

/// Explorer takes the first fifteen overlay handlers by name; a leading blank is what everybody does.
std::vector<Handler> handlers() {
    return {{kClasses + L"*\\shellex\\ContextMenuHandlers\\SSProtect", kMenuClass},
            {kClasses + L"Directory\\shellex\\ContextMenuHandlers\\SSProtect", kMenuClass},
            {kClasses + L"*\\shellex\\PropertySheetHandlers\\SSProtect", kPageClass},
            {kExplorer + L"ShellIconOverlayIdentifiers\\ SSProtect1Own", kRedClass},
            {kExplorer + L"ShellIconOverlayIdentifiers\\ SSProtect2Shared", kYellowClass}};
}

} // namespace

std::vector<RegistryEntry> registryEntries(const std::wstring& dll) {
    std::vector<RegistryEntry> entries;
    for (const auto& each : kAll) {
        entries.push_back({classKey(each.id), L"", each.name});
        entries.push_back({classKey(each.id) + L"\\InprocServer32", L"", dll});
        entries.push_back({classKey(each.id) + L"\\InprocServer32", L"ThreadingModel", L"Apartment"});
        entries.push_back({kApproved, each.id, each.name});
    }
    // Without it Explorer asks us for no default verb.
    entries.push_back({classKey(kMenuClass) + L"\\shellex\\MayChangeDefaultMenu", L"", L""});
    for (auto& handler : handlers())
        entries.push_back({std::move(handler.key), L"", handler.id});
    return entries;
}

RegistryTraces registryTraces() {
    RegistryTraces traces;
    for (auto& handler : handlers())
        traces.keys.push_back(std::move(handler.key));
    for (const auto& each : kAll) {
        traces.keys.push_back(classKey(each.id));
        traces.values.push_back({kApproved, each.id, L""});
    }
    return traces;
}

} // namespace ssprotect::shellext
