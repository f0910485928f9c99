#include "ssprotect/platform/private_folder.h"

#include "access_list.h"
#include "system_error.h"
#include "system_name.h"
#include "windows_file.h"

#include <aclapi.h>

namespace ssprotect::platform {

Result<bool> openToOthers(const Path& folder) {
    const Handle handle = openAnything(systemName(folder), FILE_READ_ATTRIBUTES | READ_CONTROL);
    if (!handle)
        return fileError(::GetLastError(), "read the permissions of", folder);
    const auto descriptor = descriptorOf(handle.get());
    Bytes user = userSid();
    if (!descriptor || user.empty())
        return fileError(ERROR_ACCESS_DENIED, "read the permissions of", folder);
    return !isPrivate(descriptor.get(), user.data());
}

Status closeToOthers(const Path& folder) {
    const auto descriptor = ownerOnlyDescriptor(Inheritance::toAllBelow);
    PACL list = nullptr;
    BOOL present = FALSE;
    BOOL defaulted = FALSE;
    if (!descriptor || ::GetSecurityDescriptorDacl(descriptor.get(), &present, &list, &defaulted) == FALSE)
        return fileError(::GetLastError(), "close", folder);
    std::wstring name = systemName(folder);
    // This one also tells what lies below, which took the former list over.
    const DWORD error = ::SetNamedSecurityInfoW(name.data(), SE_FILE_OBJECT,
                                                DACL_SECURITY_INFORMATION | PROTECTED_DACL_SECURITY_INFORMATION,
                                                nullptr, nullptr, list, nullptr);
    if (error != ERROR_SUCCESS)
        return fileError(error, "close", folder);
    // Verbatim for the folder itself: systems differ in what the call above takes over from the parent.
    const Handle handle = openAnything(name, WRITE_DAC);
    if (!handle ||
        ::SetKernelObjectSecurity(handle.get(), DACL_SECURITY_INFORMATION | PROTECTED_DACL_SECURITY_INFORMATION,
                                  descriptor.get()) == FALSE)
        return fileError(::GetLastError(), "close", folder);
    return {};
}

} // namespace ssprotect::platform
