#pragma once

#include "ssprotect/ipc/endpoint.h"
#include "unique_fd.h"

#include <string>
#include <sys/socket.h>
#include <sys/un.h>

namespace ssprotect::ipc {

inline constexpr const char* kSocketName = "tray.sock";
inline constexpr const char* kLockName = "tray.lock";

/// The run folder as a descriptor, made with its parents (0700) when missing. `peer-refused` when it is not ours.
Result<UniqueFd> makeRunFolder(const Endpoint& endpoint);
/// The same, if it is there: `no-tray-process` else.
Result<UniqueFd> openRunFolder(const Endpoint& endpoint);

/// The socket in that folder. The address has room for 107 bytes: a longer path goes through the descriptor,
/// which must stay open until the address was used.
sockaddr_un socketAddress(const Endpoint& endpoint, const UniqueFd& folder);

/// "<what>: <reason of errno>"
Error systemError(const std::string& what);

/// Whether the other end of a connected socket runs under our own user id.
bool isOwnPeer(int socket);

} // namespace ssprotect::ipc
