#pragma once

#include "handle.h"
#include "ssprotect/platform/process.h"

#include <set>

namespace ssprotect::platform {

/// 0 for `startedAt` when the system does not tell.
ProcessIdentity identityOf(HANDLE process);

/// That process if it is still the one that is meant; empty otherwise.
Handle openProcess(const ProcessIdentity& process, DWORD access);

/// Whoever has that id now.
Handle openProcessById(DWORD id, DWORD access);

std::vector<DWORD> processIds();

/// The file that a process runs; empty when the system does not tell.
Path programOf(HANDLE process);

bool hasEnded(HANDLE process);

/// The processes that have a window which messages can be sent to, seen or not.
std::set<DWORD> processesWithWindows();

/// Asks the windows of those processes to close, as a person would. False: none has any.
bool closeWindowsOf(const std::set<DWORD>& processes);

} // namespace ssprotect::platform
