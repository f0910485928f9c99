#include "registration.h"

#include "module_path.h"
#include "registry_entries.h"

#include <shlobj.h>

namespace ssprotect::shellext {
namespace {

LSTATUS write(const RegistryEntry& entry) {
    HKEY key = nullptr;
    auto status =
        ::RegCreateKeyExW(HKEY_LOCAL_MACHINE, entry.key.c_str(), 0, nullptr, 0, KEY_SET_VALUE, nullptr, &key, nullptr);
    if (status != ERROR_SUCCESS)
        return status;
    const auto bytes = static_cast<DWORD>((entry.value.size() + 1) * sizeof(wchar_t));
    status =
        ::RegSetValueExW(key, entry.name.c_str(), 0, REG_SZ, reinterpret_cast<const BYTE*>(entry.value.c_str()), bytes);
    ::RegCloseKey(key);
    return status;
}

LSTATUS removeValue(const RegistryEntry& entry) {
    return ::RegDeleteKeyValueW(HKEY_LOCAL_MACHINE, entry.key.c_str(), entry.name.c_str());
}

void tellExplorer() { ::SHChangeNotify(SHCNE_ASSOCCHANGED, SHCNF_IDLIST, nullptr, nullptr); }

} // namespace

HRESULT registerIn(HINSTANCE module) {
    const auto dll = modulePath(module);
    if (dll.empty())
        return E_FAIL;
    for (const auto& entry : registryEntries(dll))
        if (const auto status = write(entry); status != ERROR_SUCCESS) {
            unregister();
            return HRESULT_FROM_WIN32(static_cast<DWORD>(status));
        }
    tellExplorer();
    return S_OK;
}

HRESULT unregister() {
    const auto traces = registryTraces();
    HRESULT result = S_OK;
    const auto note = [&](LSTATUS status) {
        if (status != ERROR_SUCCESS && status != ERROR_FILE_NOT_FOUND)
            result = HRESULT_FROM_WIN32(static_cast<DWORD>(status));
    };
    for (const auto& key : traces.keys)
        note(::RegDeleteTreeW(HKEY_LOCAL_MACHINE, key.c_str()));
    for (const auto& value : traces.values)
        note(removeValue(value));
    tellExplorer();
    return result;
}

} // namespace ssprotect::shellext
