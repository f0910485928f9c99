#include "process_user.h"

#include "system_error.h"
#include "unique_handle.h"

#include <algorithm>
#include <cstddef>
#include <sddl.h>
#include <vector>

namespace ssprotect::ipc {
namespace {

/// Empty when the system does not tell. The buffer is aligned for every TOKEN_… structure.
std::vector<std::max_align_t> tokenInformation(HANDLE token, TOKEN_INFORMATION_CLASS kind) {
    DWORD size = 0;
    ::GetTokenInformation(token, kind, nullptr, 0, &size);
    std::vector<std::max_align_t> buffer(size / sizeof(std::max_align_t) + 1);
    const auto room = static_cast<DWORD>(buffer.size() * sizeof(std::max_align_t));
    if (size == 0 || !::GetTokenInformation(token, kind, buffer.data(), room, &size))
        buffer.clear();
    return buffer;
}

std::wstring sidText(PSID sid) {
    LPWSTR text = nullptr;
    if (!::ConvertSidToStringSidW(sid, &text))
        return {};
    std::wstring copy(text);
    ::LocalFree(text);
    return copy;
}

std::optional<ProcessUser> userOf(HANDLE process) {
    HANDLE opened = nullptr;
    if (!::OpenProcessToken(process, TOKEN_QUERY, &opened))
        return std::nullopt;
    const UniqueHandle token(opened);
    const auto user = tokenInformation(token.get(), TokenUser);
    const auto statistics = tokenInformation(token.get(), TokenStatistics);
    const auto label = tokenInformation(token.get(), TokenIntegrityLevel);
    if (user.empty() || statistics.empty() || label.empty())
        return std::nullopt;
    const auto session = reinterpret_cast<const TOKEN_STATISTICS*>(statistics.data())->AuthenticationId;
    const auto level = reinterpret_cast<const TOKEN_MANDATORY_LABEL*>(label.data())->Label.Sid;
    const auto last = static_cast<DWORD>(*::GetSidSubAuthorityCount(level)) - 1;
    ProcessUser found{sidText(reinterpret_cast<const TOKEN_USER*>(user.data())->User.Sid),
                      (static_cast<std::uint64_t>(static_cast<DWORD>(session.HighPart)) << 32) | session.LowPart,
                      *::GetSidSubAuthority(level, last)};
    if (found.sid.empty())
        return std::nullopt;
    return found;
}

} // namespace

Result<ProcessUser> ownUser() {
    auto user = userOf(::GetCurrentProcess());
    if (!user)
        return systemError("the system does not tell who runs this program");
    return std::move(*user);
}

std::optional<ProcessUser> userOfProcess(DWORD process) {
    const UniqueHandle handle(::OpenProcess(PROCESS_QUERY_LIMITED_INFORMATION, FALSE, process));
    return handle ? userOf(handle.get()) : std::nullopt;
}

bool mayTalk(const ProcessUser& own, const std::optional<ProcessUser>& peer) {
    constexpr DWORD kOrdinary = SECURITY_MANDATORY_MEDIUM_RID; // of programs that a person starts
    return peer && peer->sid == own.sid && peer->integrity >= std::min(own.integrity, kOrdinary);
}

} // namespace ssprotect::ipc
