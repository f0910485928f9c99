#include "ssprotect/platform/hardening.h"

#include "access_list.h"
#include "process_guard.h"

#include <aclapi.h>
#include <sddl.h>

namespace ssprotect::platform {
namespace {

using SetReportFlags = HRESULT(WINAPI*)(DWORD);
constexpr DWORD kReportWithoutHeap = 1; ///< WER_FAULT_REPORTING_FLAG_NOHEAP; werapi.h of mingw-w64 does not compile

/// No crash handler of the system gets to see this process, and no dump of it is written.
LONG WINAPI endAtOnce(EXCEPTION_POINTERS* what) {
    ::TerminateProcess(::GetCurrentProcess(), what->ExceptionRecord->ExceptionCode);
    return EXCEPTION_EXECUTE_HANDLER;
}

void forbidDumps() {
    ::SetErrorMode(SEM_FAILCRITICALERRORS | SEM_NOGPFAULTERRORBOX | SEM_NOOPENFILEERRORBOX);
    const auto setReportFlags = reinterpret_cast<SetReportFlags>(
        reinterpret_cast<void*>(::GetProcAddress(::GetModuleHandleW(L"kernel32.dll"), "WerSetFlags")));
    if (setReportFlags != nullptr)
        setReportFlags(kReportWithoutHeap);
    ::SetUnhandledExceptionFilter(endAtOnce);
}

/// A library planted beside a document or in the working folder shall not become part of us.
void searchLibrariesInTheSystemOnly() {
    ::SetDefaultDllDirectories(LOAD_LIBRARY_SEARCH_SYSTEM32);
    ::SetDllDirectoryW(L"");
    ::SetSearchPathMode(BASE_SEARCH_PATH_ENABLE_SAFE_SEARCHMODE | BASE_SEARCH_PATH_PERMANENT);
    PROCESS_MITIGATION_IMAGE_LOAD_POLICY images{};
    images.NoRemoteImages = 1;
    images.NoLowMandatoryLabelImages = 1;
    images.PreferSystem32Images = 1;
    ::SetProcessMitigationPolicy(ProcessImageLoadPolicy, &images, sizeof images);
}

void closeToOtherProcesses() {
    const auto descriptor = processDescriptor();
    PACL list = nullptr;
    BOOL present = FALSE;
    BOOL defaulted = FALSE;
    if (!descriptor || ::GetSecurityDescriptorDacl(descriptor.get(), &present, &list, &defaulted) == FALSE)
        return;
    ::SetSecurityInfo(::GetCurrentProcess(), SE_KERNEL_OBJECT,
                      DACL_SECURITY_INFORMATION | PROTECTED_DACL_SECURITY_INFORMATION, nullptr, nullptr, list, nullptr);
}

} // namespace

Descriptor processDescriptor() {
    Bytes user = userSid();
    wchar_t* text = nullptr;
    if (user.empty() || ::ConvertSidToStringSidW(user.data(), &text) == FALSE)
        return nullptr;
    const LocalMemory<wchar_t> owner(text);
    wchar_t rights[16] = {};
    ::wsprintfW(rights, L"0x%x", kRightsOfOthers);
    // The entry for the owner's rights takes away that the owner may always change the list.
    const std::wstring sddl = std::wstring(L"D:P(A;;GA;;;SY)(A;;") + rights + L";;;OW)(A;;" + rights + L";;;" + text +
                              L")(A;;" + rights + L";;;BA)";
    PSECURITY_DESCRIPTOR descriptor = nullptr;
    if (::ConvertStringSecurityDescriptorToSecurityDescriptorW(sddl.c_str(), SDDL_REVISION_1, &descriptor, nullptr) ==
        FALSE)
        return nullptr;
    return Descriptor(descriptor);
}

UserDefaults hardenProcess() {
    forbidDumps();
    searchLibrariesInTheSystemOnly();
    closeToOtherProcesses();
    return {}; // nothing that programs started later inherit
}

// The working set of a process is Windows' own business; keys lie in pages that stay.
bool lockMemory() { return false; }

} // namespace ssprotect::platform
