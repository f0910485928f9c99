#pragma once

#include "context.h"
#include "ssprotect/ipc/message.h"
#include "ssprotect/ipc/pipe_client.h"

#include <string_view>

namespace ssprotect::cli {

/// What the command line says when the tray process asks in a window of its own ("acknowledgement.elsewhere").
constexpr std::string_view kAskedElsewhere = "SSProtect asks for your acknowledgement in a window of its own.";

/// Answers the tray process's `prompt.acknowledge`: asks on the terminal what is about to happen to which files, and
/// takes anything but a clear yes as a no. Without anybody to ask the answer is "no-terminal".
void answerAcknowledgement(const ipc::Request& request, ipc::Responder responder, bool interactive);

/// Listens while a call may ask.
class Acknowledging : public ipc::Listener {
public:
    explicit Acknowledging(Context& context) : context_(context) {}
    void onNotification(std::string_view method, const Json& params) override;
    void onRequest(const ipc::Request& request, ipc::Responder responder) override;

private:
    Context& context_;
};

} // namespace ssprotect::cli
