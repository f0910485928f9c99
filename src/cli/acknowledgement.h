#pragma once

#include "ssprotect/ipc/message.h"

namespace ssprotect::cli {

/// Answers the tray process's `prompt.acknowledge`: asks on the terminal what is about to happen to which files, and
/// takes anything but a clear yes as a no. Without anybody to ask the answer is "no-terminal".
void answerAcknowledgement(const ipc::Request& request, ipc::Responder responder, bool interactive);

} // namespace ssprotect::cli
