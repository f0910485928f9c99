#pragma once

#include "ssprotect/ipc/pipe_client.h"

#include <memory>

namespace ssprotect::cli {

struct Context;

/// The tray process that serves this home. It is never started from here: whoever runs it decides that
/// there is a session.
class Tray {
public:
    /// `no-tray-process` with how to start one.
    static Result<Tray> connect(Context& context);

    /// Whoever is asked something meanwhile is the person at the command line, unless `listener` sees to it.
    Result<Json> call(std::string_view method, const Json& params, ipc::Attachments secrets = {},
                      ipc::Listener* listener = nullptr);
    Result<ipc::PipeClient::RequestId> send(std::string_view method, const Json& params);
    Result<Json> receive(ipc::PipeClient::RequestId request, ipc::Listener* listener = nullptr);
    ipc::PipeClient& pipe() { return pipe_; }

private:
    Tray(ipc::PipeClient pipe, ipc::PipeClient::RequestId hello, std::unique_ptr<ipc::Listener> asking)
        : pipe_(std::move(pipe)), asking_(std::move(asking)), hello_(hello) {}
    Status greeted(ipc::Listener* listener);

    ipc::PipeClient pipe_;
    std::unique_ptr<ipc::Listener> asking_;
    std::optional<ipc::PipeClient::RequestId> hello_; ///< on its way together with the first request
};

} // namespace ssprotect::cli
