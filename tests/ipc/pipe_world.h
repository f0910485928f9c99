#pragma once

#include "ssprotect/ipc/pipe_client.h"
#include "ssprotect/ipc/pipe_server.h"
#include "support/temp_folder.h"

#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <set>

namespace ssprotect::ipc {

/// Long enough for a loaded machine; a test that reaches it has failed.
inline constexpr Duration kPatience{30'000};

/// Answers each method with what the test says; others are unknown. Remembers who went.
class ScriptedHandler : public Handler {
public:
    using Method = std::function<void(const std::shared_ptr<Connection>&, Request, Responder)>;

    void on(std::string method, Method answer);
    bool waitUntilClosed(ConnectionId connection);
    std::size_t closedCount() const;

    void onRequest(const std::shared_ptr<Connection>& from, Request request, Responder responder) override;
    void onClosed(ConnectionId connection) override;

private:
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    std::map<std::string, Method> methods_;
    std::set<ConnectionId> closed_;
};

/// A home with a running server on a few threads. The handler knows "echo" (gives the parameters back) and
/// "lengths" (the sizes of the attachments).
class PipeWorld {
public:
    /// In a temporary home, if none is given.
    explicit PipeWorld(const ServerLimits& limits = {}, int threads = 2, const std::filesystem::path& home = {});
    ~PipeWorld();

    const Endpoint& endpoint() const { return endpoint_; }
    ScriptedHandler& handler() { return handler_; }
    PipeServer& server() { return *server_; }
    PipeClient connect() const;
    void destroyServer() { server_.reset(); }

private:
    struct Engine;

    support::TempFolder folder_;
    Endpoint endpoint_;
    ScriptedHandler handler_;
    std::unique_ptr<Engine> engine_;
    std::unique_ptr<InstanceLock> lock_;
    std::unique_ptr<PipeServer> server_;
};

} // namespace ssprotect::ipc
