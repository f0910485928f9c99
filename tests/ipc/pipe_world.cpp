#include "pipe_world.h"

#include <stdexcept>
#include <thread>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <nlohmann/json.hpp>

namespace ssprotect::ipc {

void ScriptedHandler::on(std::string method, Method answer) {
    const std::lock_guard lock(mutex_);
    methods_[std::move(method)] = std::move(answer);
}

void ScriptedHandler::onRequest(const std::shared_ptr<Connection>& from, Request request, Responder responder) {
    Method method;
    {
        const std::lock_guard lock(mutex_);
        if (const auto known = methods_.find(request.method); known != methods_.end())
            method = known->second;
    }
    if (method)
        method(from, std::move(request), std::move(responder));
    else
        responder.refuse(Fault::unknownMethod, "There is no method '" + request.method + "'.");
}

void ScriptedHandler::onClosed(ConnectionId connection) {
    const std::lock_guard lock(mutex_);
    closed_.insert(connection);
    changed_.notify_all();
}

bool ScriptedHandler::waitUntilClosed(ConnectionId connection) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, kPatience, [&] { return closed_.contains(connection); });
}

std::size_t ScriptedHandler::closedCount() const {
    const std::lock_guard lock(mutex_);
    return closed_.size();
}

struct PipeWorld::Engine {
    boost::asio::io_context context;
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work{context.get_executor()};
    std::vector<std::thread> threads;
};

PipeWorld::PipeWorld(const ServerLimits& limits, int threads, const std::filesystem::path& home)
    : endpoint_(home.empty() ? folder_.path() : home), engine_(std::make_unique<Engine>()) {
    handler_.on("echo",
                [](const auto&, Request request, Responder responder) { responder.reply(std::move(*request.params)); });
    handler_.on("lengths", [](const auto&, Request request, Responder responder) {
        Json lengths = Json::array();
        for (const auto& attachment : request.attachments)
            lengths.push_back(attachment.size());
        responder.reply(Json{{"lengths", lengths}});
    });
    auto lock = InstanceLock::acquire(endpoint_);
    if (!lock)
        throw std::runtime_error(lock.error().message);
    lock_ = std::make_unique<InstanceLock>(std::move(*lock));
    auto server = PipeServer::start(engine_->context, endpoint_, *lock_, handler_, limits);
    if (!server)
        throw std::runtime_error(server.error().message);
    server_ = std::move(*server);
    for (int i = 0; i < threads; ++i)
        engine_->threads.emplace_back([this] { engine_->context.run(); });
}

PipeWorld::~PipeWorld() {
    server_.reset();
    engine_->work.reset();
    for (auto& thread : engine_->threads)
        thread.join(); // returns: nothing of the server is left to wait for
}

PipeClient PipeWorld::connect() const {
    auto client = PipeClient::connect(endpoint_);
    if (!client)
        throw std::runtime_error(client.error().message);
    return std::move(*client);
}

} // namespace ssprotect::ipc
