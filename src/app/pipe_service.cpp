#include "ssprotect/app/pipe_service.h"

#include "pipe_client_link.h"
#include "ssprotect/app/application.h"
#include "ssprotect/app/method_table.h"
#include "ssprotect/ipc/pipe_server.h"

#include <map>
#include <mutex>
#include <thread>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <nlohmann/json.hpp>

namespace ssprotect::app {
namespace {

class Service final : public PipeService, private ipc::Handler {
public:
    explicit Service(Application& application) : application_(application), busy_(context_.get_executor()) {}
    ~Service() override { stop(Duration{0}); }

    Status listen(const ipc::Endpoint& endpoint, const ipc::InstanceLock& lock) {
        auto server = ipc::PipeServer::start(context_, endpoint, lock, *this);
        if (!server)
            return std::move(server).error();
        server_ = std::move(*server);
        thread_ = std::thread([this] { context_.run(); });
        return {};
    }

    void stop(Duration flushTime) override {
        if (server_ != nullptr)
            server_->stop(flushTime);
        busy_.reset();
        context_.stop();
        if (thread_.joinable())
            thread_.join();
        server_.reset();
    }

private:
    void onRequest(const std::shared_ptr<ipc::Connection>& from, ipc::Request request,
                   ipc::Responder responder) override {
        auto& methods = application_.methods();
        if (!methods.knows(request.method))
            return responder.refuse(ipc::Fault::unknownMethod, "there is no method '" + request.method + "'");
        auto shared = std::make_shared<ipc::Responder>(std::move(responder));
        Invocation invocation{std::shared_ptr<const Json>(std::move(request.params)), std::move(request.attachments),
                              linkOf(from)};
        methods.call(request.method, std::move(invocation), [shared](Result<Json> result) {
            // Wrong parameters are a fault of the protocol, which JSON-RPC numbers itself.
            if (!result && result.error().code == ErrorCode::usage)
                return shared->refuse(ipc::Fault::invalidParameters, result.error().message);
            shared->reply(std::move(result));
        });
    }

    void onClosed(ipc::ConnectionId connection) override {
        std::shared_ptr<Client> link;
        {
            std::lock_guard lock(mutex_);
            const auto found = links_.find(connection);
            if (found == links_.end())
                return;
            link = std::move(found->second);
            links_.erase(found);
        }
        application_.clientGone(*link);
    }

    std::shared_ptr<Client> linkOf(const std::shared_ptr<ipc::Connection>& connection) {
        std::lock_guard lock(mutex_);
        auto& link = links_[connection->id()];
        if (link == nullptr)
            link = std::make_shared<PipeClientLink>(connection);
        return link;
    }

    Application& application_;
    boost::asio::io_context context_{1};
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> busy_;
    std::unique_ptr<ipc::PipeServer> server_;
    std::thread thread_;
    std::mutex mutex_;
    std::map<ipc::ConnectionId, std::shared_ptr<Client>> links_;
};

} // namespace

Result<std::unique_ptr<PipeService>> PipeService::start(Application& application, const ipc::Endpoint& endpoint,
                                                        const ipc::InstanceLock& lock) {
    auto service = std::make_unique<Service>(application);
    if (auto listening = service->listen(endpoint, lock); !listening)
        return std::move(listening).error();
    return std::unique_ptr<PipeService>(std::move(service));
}

} // namespace ssprotect::app
