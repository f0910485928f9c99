#include "access_list.h"

#include <aclapi.h>
#include <algorithm>
#include <array>
#include <sddl.h>
#include <string>

namespace ssprotect::platform {
namespace {

Bytes userOf(HANDLE token) {
    DWORD size = 0;
    ::GetTokenInformation(token, TokenUser, nullptr, 0, &size);
    Bytes buffer(size);
    if (size == 0 || ::GetTokenInformation(token, TokenUser, buffer.data(), size, &size) == FALSE)
        return {};
    TOKEN_USER user{};
    std::copy_n(buffer.data(), sizeof user, reinterpret_cast<Byte*>(&user));
    const auto* start = static_cast<const Byte*>(user.User.Sid);
    return {start, start + ::GetLengthSid(user.User.Sid)};
}

Bytes userOfProcess(HANDLE process) {
    HANDLE token = nullptr;
    if (::OpenProcessToken(process, TOKEN_QUERY, &token) == FALSE)
        return {};
    const Handle owner(token);
    return userOf(token);
}

bool isWellKnown(PSID sid, WELL_KNOWN_SID_TYPE type) { return ::IsWellKnownSid(sid, type) != FALSE; }

bool isSystemOrAdministrator(PSID sid) {
    return isWellKnown(sid, WinLocalSystemSid) || isWellKnown(sid, WinBuiltinAdministratorsSid);
}

bool isDenial(BYTE type) {
    return type == ACCESS_DENIED_ACE_TYPE || type == ACCESS_DENIED_OBJECT_ACE_TYPE ||
           type == ACCESS_DENIED_CALLBACK_ACE_TYPE || type == ACCESS_DENIED_CALLBACK_OBJECT_ACE_TYPE;
}

/// Rights that tell nobody anything of the content.
constexpr DWORD kHarmless = READ_CONTROL | SYNCHRONIZE | FILE_READ_ATTRIBUTES | FILE_READ_EA;

bool letsOthersIn(const ACE_HEADER& header, void* entry, PSID user) {
    if (isDenial(header.AceType))
        return false;
    if (header.AceType != ACCESS_ALLOWED_ACE_TYPE && header.AceType != ACCESS_ALLOWED_CALLBACK_ACE_TYPE)
        return true;
    auto* allowed = static_cast<ACCESS_ALLOWED_ACE*>(entry); // the callback kind starts alike
    PSID sid = &allowed->SidStart;
    if ((allowed->Mask & ~kHarmless) == 0)
        return false;
    // The creator's placeholder stands for whoever makes a file there; as an entry in force it names nobody.
    return !(::EqualSid(sid, user) != FALSE || isSystemOrAdministrator(sid) ||
             isWellKnown(sid, WinCreatorOwnerRightsSid) || isWellKnown(sid, WinCreatorOwnerSid));
}

} // namespace

Bytes userSid() { return userOfProcess(::GetCurrentProcess()); }

bool isOfThisUser(HANDLE process) {
    const Bytes theirs = userOfProcess(process);
    return !theirs.empty() && theirs == userSid();
}

Descriptor ownerOnlyDescriptor(Inheritance inheritance) {
    Bytes user = userSid();
    wchar_t* text = nullptr;
    if (user.empty() || ::ConvertSidToStringSidW(user.data(), &text) == FALSE)
        return nullptr;
    const LocalMemory<wchar_t> owner(text);
    const std::wstring sid(text);
    const std::wstring flags = inheritance == Inheritance::toAllBelow ? L"OICI" : L"";
    std::wstring sddl = L"O:" + sid + L"D:P";
    for (const auto& who : {sid, std::wstring(L"SY"), std::wstring(L"BA")})
        sddl += L"(A;" + flags + L";FA;;;" + who + L")";
    PSECURITY_DESCRIPTOR descriptor = nullptr;
    if (::ConvertStringSecurityDescriptorToSecurityDescriptorW(sddl.c_str(), SDDL_REVISION_1, &descriptor, nullptr) ==
        FALSE)
        return nullptr;
    return Descriptor(descriptor);
}

Descriptor descriptorOf(HANDLE object) {
    PSECURITY_DESCRIPTOR descriptor = nullptr;
    const DWORD error = ::GetSecurityInfo(
        object, SE_FILE_OBJECT, OWNER_SECURITY_INFORMATION | GROUP_SECURITY_INFORMATION | DACL_SECURITY_INFORMATION,
        nullptr, nullptr, nullptr, nullptr, &descriptor);
    return Descriptor(error == ERROR_SUCCESS ? descriptor : nullptr);
}

bool isPrivate(PSECURITY_DESCRIPTOR descriptor, PSID user) {
    PSID owner = nullptr;
    PACL list = nullptr;
    BOOL present = FALSE;
    BOOL defaulted = FALSE;
    if (::GetSecurityDescriptorOwner(descriptor, &owner, &defaulted) == FALSE || owner == nullptr ||
        ::GetSecurityDescriptorDacl(descriptor, &present, &list, &defaulted) == FALSE)
        return false;
    if (present == FALSE || list == nullptr) // no list: everybody
        return false;
    if (::EqualSid(owner, user) == FALSE && !isSystemOrAdministrator(owner))
        return false;
    for (DWORD i = 0; i < list->AceCount; ++i) {
        void* entry = nullptr;
        if (::GetAce(list, i, &entry) == FALSE || letsOthersIn(*static_cast<ACE_HEADER*>(entry), entry, user))
            return false;
    }
    return true;
}

} // namespace ssprotect::platform
