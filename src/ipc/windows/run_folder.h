#pragma once

#include "ssprotect/ipc/endpoint.h"
#include "unique_handle.h"

#include <string>

namespace ssprotect::ipc {

/// The run folder, made with its parents when missing (the home and what lies in it for the owner only).
/// `peer-refused` when it belongs to somebody else, or is a link.
Result<UniqueHandle> makeRunFolder(const Endpoint& endpoint);

/// `\\.\pipe\ssprotect.LOGON.HOME`: LOGON tells sessions of users apart, HOME is the identity of the home folder, so
/// that it does not matter how its path is written. `no-tray-process` when there is no such home.
Result<std::wstring> pipeName(const Endpoint& endpoint);

} // namespace ssprotect::ipc
