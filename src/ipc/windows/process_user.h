#pragma once

#include "ssprotect/base/result.h"

#include <cstdint>
#include <optional>
#include <string>
#include <windows.h>

namespace ssprotect::ipc {

/// Who a process runs as.
struct ProcessUser {
    std::wstring sid;               ///< S-1-5-21-…
    std::uint64_t logonSession = 0; ///< LUID: another one for each logon, and for the elevated half of one
    DWORD integrity = 0;            ///< SECURITY_MANDATORY_…_RID
};

Result<ProcessUser> ownUser();
/// Nothing when the process is gone or the system does not tell.
std::optional<ProcessUser> userOfProcess(DWORD process);

/// Whether a process of `own` may talk with one of `peer` (nothing: nobody knows who that is): the same user, and no
/// sandbox of that user.
bool mayTalk(const ProcessUser& own, const std::optional<ProcessUser>& peer);

} // namespace ssprotect::ipc
