#include "ssprotect/ipc/pipe_client.h"

#include "channel.h"
#include "frame.h"
#include "rpc.h"

#include <map>
#include <set>

namespace ssprotect::ipc {

void Listener::onNotification(std::string_view, const Json&) {}

void Listener::onRequest(const Request&, Responder responder) {
    responder.refuse(Fault::unknownMethod, "this client answers no requests");
}

bool Listener::onWake() { return true; }

struct PipeClient::State : std::enable_shared_from_this<State> {
    explicit State(std::unique_ptr<Channel> open) : channel(std::move(open)) {}

    Status write(std::string_view text, const Attachments& attachments, Channel::Deadline deadline);
    Result<RequestId> send(std::string_view method, const Json& params, const Attachments& attachments,
                           Channel::Deadline deadline);
    Result<Json> await(RequestId id, Listener& listener, Channel::Deadline deadline);
    Status advance(Listener& listener, Channel::Deadline deadline);
    void handle(Malformed message, Listener& listener);
    void handle(IncomingRequest message, Listener& listener);
    void handle(IncomingNotification message, Listener& listener);
    void handle(IncomingReply message, Listener& listener);

    std::unique_ptr<Channel> channel;
    FrameAssembler assembler;
    RequestId lastId = 0;
    std::set<RequestId> awaited;
    std::map<RequestId, Result<Json>> replies;
    std::optional<Error> broken; ///< every call ends with it from then on
};

namespace {

Channel::Deadline deadlineOf(std::optional<Duration> timeout) {
    return timeout ? Channel::Deadline(std::chrono::steady_clock::now() + *timeout) : std::nullopt;
}

bool isOver(Channel::Deadline deadline) { return deadline && std::chrono::steady_clock::now() >= *deadline; }

} // namespace

Status PipeClient::State::write(std::string_view text, const Attachments& attachments, Channel::Deadline deadline) {
    if (broken)
        return *broken;
    const auto frame = encodeFrame(text, attachments);
    if (!frame)
        return frame.error();
    const auto status = channel->write(*frame, deadline);
    // What the server said before it closed is still there to be read.
    if (!status && status.error().code != ErrorCode::noTrayProcess)
        broken = status.error();
    return status;
}

Result<PipeClient::RequestId> PipeClient::State::send(std::string_view method, const Json& params,
                                                      const Attachments& attachments, Channel::Deadline deadline) {
    const auto id = ++lastId;
    const auto status = write(requestText(id, method, params), attachments, deadline);
    if (!status && status.error().code != ErrorCode::noTrayProcess)
        return status.error();
    awaited.insert(id);
    return id;
}

Result<Json> PipeClient::State::await(RequestId id, Listener& listener, Channel::Deadline deadline) {
    if (!awaited.contains(id))
        return makeError(ErrorCode::internal, "no such request is under way");
    while (true) {
        if (auto found = replies.extract(id)) {
            awaited.erase(id);
            return std::move(found.mapped());
        }
        if (broken)
            return *broken;
        // A server that talks of other things without end has not answered either.
        auto status = isOver(deadline) ? Status(makeError(ErrorCode::noTrayProcess, "the tray process does not answer"))
                                       : advance(listener, deadline);
        if (!status && status.error().code == ErrorCode::cancelled) {
            awaited.erase(id);
            return std::move(status).error();
        }
        if (!status)
            broken = status.error();
    }
}

/// Takes what comes next: a message, a part of one, or a wake.
Status PipeClient::State::advance(Listener& listener, Channel::Deadline deadline) {
    const auto count = channel->read(assembler.space(), deadline);
    if (!count)
        return count.error();
    if (*count == 0 && !listener.onWake())
        return makeError(ErrorCode::cancelled, "the wait was given up");
    if (*count == 0)
        return {};
    if (auto status = assembler.received(*count); !status)
        return status;
    const auto body = assembler.take();
    if (!body)
        return {};
    auto content = decodeFrame(*body);
    if (!content)
        return std::move(content).error();
    std::visit([&](auto&& message) { handle(std::move(message), listener); },
               parseMessage(content->text, std::move(content->attachments)));
    return {};
}

void PipeClient::State::handle(Malformed message, Listener&) {
    broken = makeError(ErrorCode::noTrayProcess, "the tray process speaks another language: " + message.message);
}

void PipeClient::State::handle(IncomingRequest message, Listener& listener) {
    Responder responder(
        [weak = weak_from_this(), id = std::move(message.id)](const Result<Json>& result, std::optional<Fault> fault) {
            if (const auto self = weak.lock()) {
                const auto text = result ? resultText(id, *result) : errorText(id, result.error(), fault);
                // A connection that broke is noticed by the read that follows.
                [[maybe_unused]] const auto status = self->write(text, {}, std::nullopt);
            }
        });
    listener.onRequest(message.request, std::move(responder));
}

void PipeClient::State::handle(IncomingNotification message, Listener& listener) {
    listener.onNotification(message.method, message.params);
}

void PipeClient::State::handle(IncomingReply message, Listener&) {
    if (message.id == 0) // the server could not read us and closes
        broken = message.result ? makeError(ErrorCode::noTrayProcess, "the tray process answered nobody")
                                : message.result.error();
    else if (awaited.contains(message.id))
        replies.emplace(message.id, std::move(message.result));
}

PipeClient::PipeClient(std::shared_ptr<State> state) : state_(std::move(state)) {}
PipeClient::PipeClient(PipeClient&&) noexcept = default;
PipeClient& PipeClient::operator=(PipeClient&&) noexcept = default;
PipeClient::~PipeClient() = default;

Result<PipeClient> PipeClient::connect(const Endpoint& endpoint) {
    auto channel = openChannel(endpoint);
    if (!channel)
        return std::move(channel).error();
    return PipeClient(std::make_shared<State>(std::move(*channel)));
}

Result<Json> PipeClient::call(std::string_view method, const Json& params, Attachments attachments, Listener* listener,
                              std::optional<Duration> timeout) {
    const auto deadline = deadlineOf(timeout);
    const auto id = state_->send(method, params, attachments, deadline);
    if (!id)
        return id.error();
    Listener silent;
    return state_->await(*id, listener == nullptr ? silent : *listener, deadline);
}

Result<PipeClient::RequestId> PipeClient::send(std::string_view method, const Json& params, Attachments attachments) {
    return state_->send(method, params, attachments, std::nullopt);
}

Result<Json> PipeClient::receive(RequestId id, Listener* listener, std::optional<Duration> timeout) {
    Listener silent;
    return state_->await(id, listener == nullptr ? silent : *listener, deadlineOf(timeout));
}

Status PipeClient::post(std::string_view method, const Json& params) {
    return state_->write(requestText(++state_->lastId, method, params), {}, std::nullopt);
}

Status PipeClient::enableWake() { return state_->channel->enableWake(); }

void PipeClient::wake() noexcept { state_->channel->wake(); }

} // namespace ssprotect::ipc
