#pragma once

#include "context.h"
#include "ssprotect/ipc/message.h"
#include "ssprotect/ipc/pipe_client.h"

#include <string_view>

namespace ssprotect::cli {

/// Answers what the tray process asks for. `prompt.acknowledge`: asks on the terminal what is about to happen to which
/// files, and takes anything but a clear yes as a no; without anybody to ask the answer is "no-terminal".
/// `prompt.code`: as answerToCodeQuestion.
void answerQuestion(Context& context, const ipc::Request& request, ipc::Responder responder);

/// Says so when the tray process asks in a window of its own ("acknowledgement.elsewhere", "code.elsewhere"). False: it
/// told something else.
bool remarkElsewhere(const Context& context, std::string_view notification);

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
