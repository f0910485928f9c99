// A process that hardens itself and looks whether that holds; exit status 0 when it does.

#include "platform/windows/handle.h"
#include "platform/windows/process_guard.h"
#include "ssprotect/platform/boot.h"
#include "ssprotect/platform/hardening.h"

#include <aclapi.h>
#include <iostream>
#include <string_view>

namespace {

using namespace ssprotect::platform;

/// Each entry of this process's list may do no more than it should, the system aside.
bool isClosed() {
    PACL list = nullptr;
    PSECURITY_DESCRIPTOR descriptor = nullptr;
    if (::GetSecurityInfo(::GetCurrentProcess(), SE_KERNEL_OBJECT, DACL_SECURITY_INFORMATION, nullptr, nullptr, &list,
                          nullptr, &descriptor) != ERROR_SUCCESS ||
        list == nullptr)
        return false;
    const Descriptor owner(descriptor);
    for (DWORD i = 0; i < list->AceCount; ++i) {
        void* entry = nullptr;
        ::GetAce(list, i, &entry);
        auto* allowed = static_cast<ACCESS_ALLOWED_ACE*>(entry);
        if (::IsWellKnownSid(&allowed->SidStart, WinLocalSystemSid) == FALSE && (allowed->Mask & ~kRightsOfOthers) != 0)
            return false;
    }
    return list->AceCount > 0;
}

int check() {
    hardenProcess();
    if (!isClosed()) {
        std::cerr << "the process is open to others";
        return 1;
    }
    if ((::SetErrorMode(0) & SEM_NOGPFAULTERRORBOX) == 0) {
        std::cerr << "a crash would ask the system for help";
        return 2;
    }
    return 0;
}

int crash() {
    hardenProcess();
    volatile int* volatile nowhere = nullptr;
    *nowhere = 1;
    return 0;
}

} // namespace

int main(int count, char** arguments) {
    const std::string_view what = count > 1 ? arguments[1] : "";
    if (what == "crash")
        return crash();
    if (what == "boot") {
        std::cout << bootIdentity() << std::flush;
        return 0;
    }
    return check();
}
