#include "security.h"

#include "system_error.h"

#include <sddl.h>

namespace ssprotect::ipc {

Result<Security> Security::of(const std::wstring& text) {
    PSECURITY_DESCRIPTOR descriptor = nullptr;
    if (!::ConvertStringSecurityDescriptorToSecurityDescriptorW(text.c_str(), SDDL_REVISION_1, &descriptor, nullptr))
        return systemError("the permissions of the tray process can't be made");
    return Security(descriptor);
}

/// D: protected from inheritance; NU is who comes over the network. S: the label of ordinary programs, which the
/// system lets no lower one write to or read from.
std::wstring pipeSecurityText(const ProcessUser& user) {
    return L"O:" + user.sid + L"G:" + user.sid + L"D:P(D;;GA;;;NU)(A;;GA;;;" + user.sid + L")S:(ML;;NWNR;;;ME)";
}

std::wstring folderSecurityText(const ProcessUser& user) {
    return L"O:" + user.sid + L"G:" + user.sid + L"D:P(A;OICI;FA;;;" + user.sid + L")(A;OICI;FA;;;SY)";
}

} // namespace ssprotect::ipc
