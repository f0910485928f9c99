#pragma once

#include <string>
#include <vector>

namespace ssprotect::shellext {

/// One value below HKEY_LOCAL_MACHINE. An empty name is the key's default value.
struct RegistryEntry {
    std::wstring key;
    std::wstring name;
    std::wstring value;
};

/// All that Explorer needs to find the handlers in that DLL.
std::vector<RegistryEntry> registryEntries(const std::wstring& dll);

/// What goes at unregistration: whole keys, and single values of keys that are everybody's.
struct RegistryTraces {
    std::vector<std::wstring> keys;
    std::vector<RegistryEntry> values; ///< `value` is empty
};
RegistryTraces registryTraces();

} // namespace ssprotect::shellext
