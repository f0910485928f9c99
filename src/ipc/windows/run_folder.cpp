#include "run_folder.h"

#include "long_path.h"
#include "security.h"
#include "system_error.h"

#include <aclapi.h>
#include <array>
#include <sddl.h>
#include <vector>

namespace ssprotect::ipc {
namespace {

using std::filesystem::path;

constexpr DWORD kShareAll = FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE;

bool isFolder(const path& name) {
    const auto attributes = ::GetFileAttributesW(longPath(name).c_str());
    return attributes != INVALID_FILE_ATTRIBUTES && (attributes & FILE_ATTRIBUTE_DIRECTORY) != 0;
}

Status makeFolder(const path& folder, SECURITY_ATTRIBUTES* security) {
    if (::CreateDirectoryW(longPath(folder).c_str(), security) || ::GetLastError() == ERROR_ALREADY_EXISTS)
        return {};
    return systemError("the folder of the tray process can't be made");
}

Status makeFolders(const path& folder, SECURITY_ATTRIBUTES* security) {
    std::vector<path> missing;
    for (auto each = folder; each.has_relative_path() && !isFolder(each); each = each.parent_path())
        missing.push_back(each);
    for (auto each = missing.rbegin(); each != missing.rend(); ++each)
        if (auto status = makeFolder(*each, security); !status)
            return status;
    return {};
}

/// Administrators and the system count as the user: a user who may act for them makes folders in their name.
Result<bool> isOwn(HANDLE folder, const ProcessUser& user) {
    PSID owner = nullptr;
    PSECURITY_DESCRIPTOR descriptor = nullptr;
    if (const auto failed = ::GetSecurityInfo(folder, SE_FILE_OBJECT, OWNER_SECURITY_INFORMATION, &owner, nullptr,
                                              nullptr, nullptr, &descriptor);
        failed != ERROR_SUCCESS)
        return systemError("the owner of the tray process's folder can't be read", failed);
    PSID own = nullptr;
    const bool known = ::ConvertStringSidToSidW(user.sid.c_str(), &own) != 0;
    const bool result = known && (::EqualSid(owner, own) || ::IsWellKnownSid(owner, WinBuiltinAdministratorsSid) ||
                                  ::IsWellKnownSid(owner, WinLocalSystemSid));
    ::LocalFree(own);
    ::LocalFree(descriptor);
    return result;
}

Result<UniqueHandle> openOwn(const path& folder, const ProcessUser& user) {
    UniqueHandle handle(::CreateFileW(longPath(folder).c_str(), FILE_READ_ATTRIBUTES | READ_CONTROL | WRITE_DAC,
                                      kShareAll, nullptr, OPEN_EXISTING,
                                      FILE_FLAG_BACKUP_SEMANTICS | FILE_FLAG_OPEN_REPARSE_POINT, nullptr));
    BY_HANDLE_FILE_INFORMATION info{};
    if (!handle || !::GetFileInformationByHandle(handle.get(), &info))
        return systemError("the folder of the tray process can't be opened");
    if ((info.dwFileAttributes & FILE_ATTRIBUTE_REPARSE_POINT) != 0 ||
        (info.dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY) == 0)
        return makeError(ErrorCode::peerRefused, "the folder of the tray process is a link");
    const auto own = isOwn(handle.get(), user);
    if (!own)
        return own.error();
    if (!*own)
        return makeError(ErrorCode::peerRefused, "the folder of the tray process belongs to another user");
    return handle;
}

Status closeToOthers(HANDLE folder, const Security& security) {
    BOOL present = FALSE;
    BOOL defaulted = FALSE;
    PACL list = nullptr;
    if (!::GetSecurityDescriptorDacl(security.descriptor(), &present, &list, &defaulted))
        return systemError("the folder of the tray process can't be closed to others");
    if (const auto failed =
            ::SetSecurityInfo(folder, SE_FILE_OBJECT, DACL_SECURITY_INFORMATION | PROTECTED_DACL_SECURITY_INFORMATION,
                              nullptr, nullptr, list, nullptr);
        failed != ERROR_SUCCESS)
        return systemError("the folder of the tray process can't be closed to others", failed);
    return {};
}

std::wstring hexOf(std::uint64_t number) {
    std::wstring text;
    for (int shift = 60; shift >= 0; shift -= 4)
        text.push_back(L"0123456789abcdef"[(number >> shift) & 0xF]);
    return text;
}

} // namespace

Result<UniqueHandle> makeRunFolder(const Endpoint& endpoint) {
    const auto user = ownUser();
    if (!user)
        return user.error();
    const auto security = Security::of(folderSecurityText(*user));
    if (!security)
        return security.error();
    auto attributes = security->attributes();
    if (auto status = makeFolders(endpoint.runFolder(), &attributes); !status)
        return std::move(status).error();
    auto folder = openOwn(endpoint.runFolder(), *user);
    if (!folder)
        return folder;
    if (auto status = closeToOthers(folder->get(), *security); !status)
        return std::move(status).error();
    return folder;
}

Result<std::wstring> pipeName(const Endpoint& endpoint) {
    const auto user = ownUser();
    if (!user)
        return user.error();
    const UniqueHandle home(::CreateFileW(longPath(endpoint.home()).c_str(), FILE_READ_ATTRIBUTES, kShareAll, nullptr,
                                          OPEN_EXISTING, FILE_FLAG_BACKUP_SEMANTICS, nullptr));
    BY_HANDLE_FILE_INFORMATION info{};
    if (!home || !::GetFileInformationByHandle(home.get(), &info))
        return makeError(ErrorCode::noTrayProcess, "no tray process serves this home");
    const auto file = (static_cast<std::uint64_t>(info.nFileIndexHigh) << 32) | info.nFileIndexLow;
    return LR"(\\.\pipe\ssprotect.)" + hexOf(user->logonSession) + L'.' + hexOf(info.dwVolumeSerialNumber).substr(8) +
           hexOf(file);
}

} // namespace ssprotect::ipc
