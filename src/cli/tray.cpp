#include "tray.h"

#include "acknowledgement.h"
#include "ssprotect/platform/shown_path.h"

#include <nlohmann/json.hpp>

namespace ssprotect::cli {
namespace {

constexpr int kProtocol = 1;
/// A tray process that hangs is told from one that works; an answer needs no work.
constexpr Duration kHelloTime{15'000};

Error withHowToStart(Error error, const ipc::Endpoint& endpoint) {
    if (error.code == ErrorCode::noTrayProcess)
        error.message += " (" + platform::shownPath(endpoint.home()) +
                         "); start it with 'ssprotect-tray', or with 'ssprotect-tray --headless' where there is no "
                         "display";
    return error;
}

} // namespace

Result<Tray> Tray::connect(Context& context) {
    auto pipe = ipc::PipeClient::connect(context.endpoint);
    if (!pipe)
        return withHowToStart(std::move(pipe).error(), context.endpoint);
    auto hello = pipe->send("hello", {{"protocol", kProtocol}});
    if (!hello)
        return std::move(hello).error();
    return Tray(std::move(*pipe), *hello, std::make_unique<Acknowledging>(context));
}

Result<Json> Tray::call(std::string_view method, const Json& params, ipc::Attachments secrets,
                        ipc::Listener* listener) {
    const auto request = pipe_.send(method, params, std::move(secrets));
    if (!request)
        return request.error();
    return receive(*request, listener);
}

Result<ipc::PipeClient::RequestId> Tray::send(std::string_view method, const Json& params) {
    return pipe_.send(method, params);
}

Result<Json> Tray::receive(ipc::PipeClient::RequestId request, ipc::Listener* listener) {
    if (auto status = greeted(listener); !status)
        return std::move(status).error();
    return pipe_.receive(request, listener == nullptr ? asking_.get() : listener);
}

Status Tray::greeted(ipc::Listener* listener) {
    if (!hello_)
        return {};
    const auto hello = pipe_.receive(*std::exchange(hello_, std::nullopt), listener, kHelloTime);
    if (!hello)
        return hello.error();
    return {};
}

} // namespace ssprotect::cli
