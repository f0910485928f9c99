#include "attributes.h"

#include "access_list.h"
#include "file_facts.h"
#include "system_error.h"
#include "system_name.h"
#include "windows_file.h"

#include <algorithm>

namespace ssprotect::platform {
namespace {

constexpr DWORD kPeoplesAttributes = FILE_ATTRIBUTE_READONLY | FILE_ATTRIBUTE_HIDDEN | FILE_ATTRIBUTE_SYSTEM |
                                     FILE_ATTRIBUTE_ARCHIVE | FILE_ATTRIBUTE_NOT_CONTENT_INDEXED;
constexpr const wchar_t* kOriginName = L":Zone.Identifier";
/// A zone and two addresses.
constexpr std::size_t kMostOrigin = 64 * 1024;

/// Verbatim: entries that the file took over from its folder stay so marked, and nothing is taken over from
/// where the new file lies.
void giveAccessList(HANDLE from, HANDLE to) {
    const auto descriptor = descriptorOf(from);
    if (!descriptor)
        return;
    // Giving a file to somebody else needs a privilege that few have; the access list comes along without.
    ::SetKernelObjectSecurity(to, OWNER_SECURITY_INFORMATION, descriptor.get());
    ::SetKernelObjectSecurity(to, GROUP_SECURITY_INFORMATION, descriptor.get());
    SECURITY_DESCRIPTOR_CONTROL control = 0;
    DWORD revision = 0;
    ::GetSecurityDescriptorControl(descriptor.get(), &control, &revision);
    SECURITY_INFORMATION what = DACL_SECURITY_INFORMATION;
    what |= (control & SE_DACL_PROTECTED) != 0 ? PROTECTED_DACL_SECURITY_INFORMATION
                                               : UNPROTECTED_DACL_SECURITY_INFORMATION;
    if ((control & SE_DACL_AUTO_INHERITED) != 0)
        ::SetSecurityDescriptorControl(descriptor.get(), SE_DACL_AUTO_INHERIT_REQ, SE_DACL_AUTO_INHERIT_REQ);
    ::SetKernelObjectSecurity(to, what, descriptor.get());
}

void copyOrigin(HANDLE from, const Path& fromPath, const Path& toPath) {
    const auto streams = streamsOf(from);
    if (std::find(streams.begin(), streams.end(), kOriginStream) == streams.end())
        return;
    const Handle source(::CreateFileW((systemName(fromPath) + kOriginName).c_str(), GENERIC_READ, kShareAll, nullptr,
                                      OPEN_EXISTING, FILE_ATTRIBUTE_NORMAL, nullptr));
    Bytes origin(kMostOrigin);
    DWORD size = 0;
    if (!source || ::ReadFile(source.get(), origin.data(), static_cast<DWORD>(origin.size()), &size, nullptr) == FALSE)
        return;
    const Handle target(::CreateFileW((systemName(toPath) + kOriginName).c_str(), GENERIC_WRITE, kShareAll, nullptr,
                                      CREATE_ALWAYS, FILE_ATTRIBUTE_NORMAL, nullptr));
    DWORD wrote = 0;
    if (target)
        ::WriteFile(target.get(), origin.data(), size, &wrote, nullptr);
}

Status giveAttributesAndTimes(HANDLE from, const Path& fromPath, HANDLE to, const Path& toPath) {
    FILE_BASIC_INFO basic{};
    if (::GetFileInformationByHandleEx(from, FileBasicInfo, &basic, sizeof basic) == FALSE)
        return fileError(::GetLastError(), "read the attributes of", fromPath);
    basic.FileAttributes &= kPeoplesAttributes;
    if (basic.FileAttributes == 0)
        basic.FileAttributes = FILE_ATTRIBUTE_NORMAL; // 0 would leave them as they are
    basic.ChangeTime.QuadPart = 0;
    if (::SetFileInformationByHandle(to, FileBasicInfo, &basic, sizeof basic) == FALSE)
        return fileError(::GetLastError(), "set the attributes of", toPath);
    return {};
}

} // namespace

Status copyAllAttributes(const Path& from, const Path& to) {
    auto source = openRegular(from, FILE_READ_ATTRIBUTES);
    if (!source)
        return std::move(source).error();
    auto target = openRegular(to, FILE_WRITE_ATTRIBUTES | WRITE_DAC | WRITE_OWNER);
    if (!target && target.error().code == ErrorCode::accessDenied)
        target = openRegular(to, FILE_WRITE_ATTRIBUTES);
    if (!target)
        return std::move(target).error();
    giveAccessList(source->get(), target->get());
    copyOrigin(source->get(), from, to);
    return giveAttributesAndTimes(source->get(), from, target->get(), to);
}

} // namespace ssprotect::platform
