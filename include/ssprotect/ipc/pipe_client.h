#pragma once

#include "ssprotect/base/clock.h"
#include "ssprotect/base/json.h"
#include "ssprotect/base/result.h"
#include "ssprotect/ipc/endpoint.h"
#include "ssprotect/ipc/message.h"

#include <memory>
#include <optional>
#include <string_view>

namespace ssprotect::ipc {

/// What happens while a client waits for a reply. Called on the waiting thread.
class Listener {
public:
    virtual ~Listener() = default;
    virtual void onNotification(std::string_view method, const Json& params);
    /// The default answers `unknownMethod`.
    virtual void onRequest(const Request& request, Responder responder);
    /// After `PipeClient::wake`. False: the call is given up with `cancelled`; its answer goes by.
    virtual bool onWake();
};

/// The client's end: blocking, one thread at a time, no thread of its own, no Asio. Not copyable;
/// moves with its connection.
///
/// Errors: `no-tray-process` (nobody listens, or the connection broke), `peer-refused` (the server is not
/// this user's), else what the server answered.
class PipeClient {
public:
    using RequestId = std::uint64_t;

    static Result<PipeClient> connect(const Endpoint& endpoint);
    PipeClient(PipeClient&&) noexcept;
    PipeClient& operator=(PipeClient&&) noexcept;
    ~PipeClient();

    /// Sends and waits. `attachments` are wiped. `timeout`: `no-tray-process` when no reply came in that time.
    Result<Json> call(std::string_view method, const Json& params, Attachments attachments = {},
                      Listener* listener = nullptr, std::optional<Duration> timeout = std::nullopt);

    /// The halves of `call`, for several requests under way. Replies may be fetched in any order.
    Result<RequestId> send(std::string_view method, const Json& params, Attachments attachments = {});
    Result<Json> receive(RequestId id, Listener* listener = nullptr, std::optional<Duration> timeout = std::nullopt);
    /// Sends and lets the reply go by.
    Status post(std::string_view method, const Json& params);

    /// Makes a waiting call run `Listener::onWake`, also one that begins to wait later. May be called from a
    /// signal handler and from any thread, after `enableWake`.
    Status enableWake();
    void wake() noexcept;

private:
    struct State;
    explicit PipeClient(std::shared_ptr<State> state);
    std::shared_ptr<State> state_; ///< a Responder may outlive the client
};

} // namespace ssprotect::ipc
