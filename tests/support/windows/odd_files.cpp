#include "support/odd_files.h"

#include "ssprotect/platform/file_system.h"
#include "support/temp_folder.h"

#include <aclapi.h>
#include <fstream>
#include <sddl.h>
#include <stdexcept>
#include <windows.h>

namespace ssprotect::support {

/// Half a surrogate pair; NTFS takes it.
std::filesystem::path oddPath() { return L"C:\\caf\xD800 x"; }

std::vector<std::filesystem::path> oddNames() {
    return {std::wstring(255, L'n'), L"Präsentation 日本.odp", L"-rf", L"many.dots.in.it", L".leading", L"%TEMP%"};
}

std::filesystem::path devicePath() { return LR"(\\.\NUL)"; }

void letOthersIn(const std::filesystem::path& folder) {
    PSECURITY_DESCRIPTOR everybody = nullptr;
    if (!::ConvertStringSecurityDescriptorToSecurityDescriptorW(L"D:P(A;OICI;FA;;;WD)", SDDL_REVISION_1, &everybody,
                                                                nullptr))
        throw std::runtime_error("no permissions for everybody");
    ::SetFileSecurityW(folder.c_str(), DACL_SECURITY_INFORMATION, everybody);
    ::LocalFree(everybody);
}

bool filesBecomePrivate() {
    const TempFolder folder;
    std::ofstream(folder / "file") << "content";
    return platform::makeSystemFiles()->info(folder / "file")->ownerOnly;
}

bool makeLink(const std::filesystem::path& target, const std::filesystem::path& link) {
    const DWORD kind = std::filesystem::is_directory(target) ? SYMBOLIC_LINK_FLAG_DIRECTORY : 0;
    return ::CreateSymbolicLinkW(link.c_str(), target.c_str(), kind | SYMBOLIC_LINK_FLAG_ALLOW_UNPRIVILEGED_CREATE) !=
               FALSE &&
           std::filesystem::is_symlink(std::filesystem::symlink_status(link));
}

} // namespace ssprotect::support
