#include "ssprotect/ipc/pipe_server.h"

#include "hub.h"
#include "transport.h"

namespace ssprotect::ipc {
namespace {

class HubServer final : public PipeServer {
public:
    HubServer(boost::asio::io_context& context, Handler& handler, const ServerLimits& limits)
        : hub_(std::make_shared<Hub>(context, handler, limits)) {}
    ~HubServer() override { hub_->stop(Duration{0}); }

    void start(std::unique_ptr<Acceptor> acceptor) { hub_->start(std::move(acceptor)); }
    void stopAccepting() override { hub_->stopAccepting(); }
    void stop(Duration flushTime) override { hub_->stop(flushTime); }

private:
    std::shared_ptr<Hub> hub_; ///< completions that come after us still need it
};

} // namespace

Result<std::unique_ptr<PipeServer>> PipeServer::start(boost::asio::io_context& context, const Endpoint& endpoint,
                                                      const InstanceLock& lock, Handler& handler,
                                                      const ServerLimits& limits) {
    auto acceptor = listenAt(context, endpoint, lock);
    if (!acceptor)
        return std::move(acceptor).error();
    auto server = std::make_unique<HubServer>(context, handler, limits);
    server->start(std::move(*acceptor));
    return std::unique_ptr<PipeServer>(std::move(server));
}

} // namespace ssprotect::ipc
