// Prints for the MSI what the DLL's own registration enters: one table for both.
#include "registry_entries.h"

#include <cstdio>
#include <string>

namespace {

/// The table holds plain ASCII and none of XML's own characters. Windows Installer leaves braces without brackets
/// between them as they are.
std::string asciiOf(const std::wstring& text) { return {text.begin(), text.end()}; }

} // namespace

int main() {
    constexpr const wchar_t* kDll = L"[#ShellFile]";
    for (const auto& entry : ssprotect::shellext::registryEntries(kDll)) {
        const auto name = entry.name.empty() ? std::string() : " Name=\"" + asciiOf(entry.name) + '"';
        std::printf("            <RegistryValue Root=\"HKLM\" Key=\"%s\"%s Type=\"string\" Value=\"%s\"/>\n",
                    asciiOf(entry.key).c_str(), name.c_str(), asciiOf(entry.value).c_str());
    }
}
