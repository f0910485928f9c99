#pragma once

#include "ssprotect/ipc/pipe_client.h"

namespace ssprotect::cli {

/// The tray process that serves this home. It is never started from here: whoever runs it decides that
/// there is a session.
class Tray {
public:
    /// `no-tray-process` with how to start one.
    static Result<Tray> connect(const ipc::Endpoint& endpoint);

    Result<Json> call(std::string_view method, const Json& params, ipc::Attachments secrets = {},
                      ipc::Listener* listener = nullptr);
    Result<ipc::PipeClient::RequestId> send(std::string_view method, const Json& params);
    Result<Json> receive(ipc::PipeClient::RequestId request, ipc::Listener* listener = nullptr);
    ipc::PipeClient& pipe() { return pipe_; }

private:
    Tray(ipc::PipeClient pipe, ipc::PipeClient::RequestId hello) : pipe_(std::move(pipe)), hello_(hello) {}
    Status greeted(ipc::Listener* listener);

    ipc::PipeClient pipe_;
    std::optional<ipc::PipeClient::RequestId> hello_; ///< on its way together with the first request
};

} // namespace ssprotect::cli
