#include "ssprotect/kodiac/http/server.h"

#include "connection.h"
#include "request_log.h"

#include <thread>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>

namespace ssprotect::kodiac::http {

namespace asio = boost::asio;
using Tcp = asio::ip::tcp;

namespace {

constexpr Duration kAcceptPause = std::chrono::milliseconds(100);

} // namespace

struct Server::Inside {
    Inside(const ServerSettings& settings, ServerEnvironment environment)
        : core(settings, std::move(environment)), acceptor(asio::make_strand(core.context)),
          pause(acceptor.get_executor()) {}

    Status listen() {
        boost::system::error_code fault;
        const auto address = asio::ip::make_address(core.settings.address, fault);
        if (fault)
            return makeError(ErrorCode::invalidInput,
                             "\"" + core.settings.address + "\" is not a numeric address to listen at");
        const Tcp::endpoint at(address, core.settings.port);
        acceptor.open(at.protocol(), fault);
        if (!fault)
            acceptor.set_option(Tcp::acceptor::reuse_address(true), fault);
        if (!fault)
            acceptor.bind(at, fault);
        if (!fault)
            acceptor.listen(asio::socket_base::max_listen_connections, fault);
        if (!fault)
            port = acceptor.local_endpoint(fault).port();
        if (fault)
            return makeError(ErrorCode::ioError, "KODiAC cannot listen at " + core.settings.address + " port " +
                                                     std::to_string(core.settings.port) + ": " + fault.message());
        return {};
    }

    void run() {
        acceptNext();
        for (int i = 0; i < core.settings.ioThreads; ++i)
            threads.emplace_back([this] { core.context.run(); });
    }

    void acceptNext() {
        acceptor.async_accept(asio::make_strand(core.context),
                              [this](const boost::system::error_code& fault, Connection::Socket socket) {
                                  if (core.stopping || fault == asio::error::operation_aborted)
                                      return;
                                  if (fault) // without descriptors: some will be free again
                                      return acceptAfterPause();
                                  welcome(std::move(socket));
                                  acceptNext();
                              });
    }

    void acceptAfterPause() {
        pause.expires_after(kAcceptPause);
        pause.async_wait([this](const boost::system::error_code& fault) {
            if (!fault)
                acceptNext();
        });
    }

    void welcome(Connection::Socket socket) {
        boost::system::error_code gone;
        const auto peer = socket.remote_endpoint(gone);
        if (gone)
            return;
        socket.set_option(Tcp::no_delay(true), gone);
        auto address = limitKey(peer.address());
        if (!core.connections.enter(address))
            return logConnectionRefused(core.environment.log, address);
        const auto connection = std::make_shared<Connection>(std::move(socket), core.tls(), std::move(address), core);
        core.connections.add(connection);
        connection->start();
    }

    void stop() {
        if (core.stopping.exchange(true))
            return;
        asio::post(acceptor.get_executor(), [this] {
            boost::system::error_code ignored;
            acceptor.close(ignored);
            pause.cancel();
        });
        core.watch.stop();
        for (const auto& connection : core.connections.all())
            connection->finishSoon();
        const bool inTime = core.connections.waitForNone(core.settings.limits.stopTime);
        for (const auto& connection : core.connections.all())
            connection->close();
        core.pool.join();
        core.context.stop();
        threads.clear();
        logStopped(core.environment.log, inTime);
    }

    ServerCore core;
    /// While KODiAC works on a call nothing of it is under way here; its answer must still find the threads.
    asio::executor_work_guard<asio::io_context::executor_type> work = asio::make_work_guard(core.context);
    Tcp::acceptor acceptor;
    asio::steady_timer pause;
    std::uint16_t port = 0;
    std::vector<std::jthread> threads;
};

Server::Server(std::unique_ptr<Inside> inside) : inside_(std::move(inside)) {}
Server::~Server() { stop(); }

Result<std::unique_ptr<Server>> Server::start(const ServerSettings& settings, const crypto::CertifiedKey& certificate,
                                              ServerEnvironment environment) {
    auto inside = std::make_unique<Inside>(settings, std::move(environment));
    auto tls = serverTls(certificate);
    if (!tls)
        return std::move(tls).error();
    inside->core.setTls(std::move(*tls));
    if (auto listening = inside->listen(); !listening)
        return std::move(listening).error();
    inside->run();
    return std::unique_ptr<Server>(new Server(std::move(inside)));
}

std::uint16_t Server::port() const { return inside_->port; }

Status Server::reload(const crypto::CertifiedKey& certificate) {
    auto tls = serverTls(certificate);
    if (!tls)
        return std::move(tls).error();
    inside_->core.setTls(std::move(*tls));
    return {};
}

void Server::setNextAuthority(std::optional<NextAuthority> next) { inside_->core.setNextAuthority(std::move(next)); }

void Server::stop() { inside_->stop(); }

} // namespace ssprotect::kodiac::http
