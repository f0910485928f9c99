#pragma once

#include "ssprotect/ipc/message.h"

#include <string_view>

namespace ssprotect::cli {

/// What the command line says when the tray process asks in a window of its own ("acknowledgement.elsewhere").
constexpr std::string_view kAskedElsewhere = "SSProtect asks for your acknowledgement in a window of its own.";

/// Answers the tray process's `prompt.acknowledge`: asks on the terminal what is about to happen to which files, and
/// takes anything but a clear yes as a no. Without anybody to ask the answer is "no-terminal".
void answerAcknowledgement(const ipc::Request& request, ipc::Responder responder, bool interactive);

} // namespace ssprotect::cli
