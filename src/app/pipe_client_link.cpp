#include "pipe_client_link.h"

#include <nlohmann/json.hpp>

namespace ssprotect::app {
namespace {

/// A reader that takes nothing for that long has hung.
constexpr Duration kRoomPatience{60'000};

/// Of an answer that is no yes.
Acknowledgement refusalFrom(const Json& reply) {
    const auto reason = reply.find("reason");
    if (reason == reply.end() || !reason->is_string())
        return Acknowledgement::denied;
    if (*reason == "no-terminal")
        return Acknowledgement::nobodyToAsk;
    return *reason == "timeout" ? Acknowledgement::timedOut : Acknowledgement::denied;
}

// Nobody answered, or the client cannot ask: then there is nobody to ask.
bool isAnswer(const Result<Json>& reply) { return reply && reply->is_object(); }

Acknowledgement answerFrom(const Result<Json>& reply) {
    if (!isAnswer(reply))
        return Acknowledgement::nobodyToAsk;
    const auto allow = reply->find("allow");
    if (allow != reply->end() && allow->is_boolean() && allow->get<bool>())
        return Acknowledgement::allowed;
    return refusalFrom(*reply);
}

CodeAnswer codeFrom(const Result<Json>& reply) {
    if (!isAnswer(reply))
        return {Acknowledgement::nobodyToAsk, {}};
    const auto code = reply->find("code");
    if (code == reply->end() || !code->is_string())
        return {refusalFrom(*reply), {}};
    const auto& text = code->get_ref<const std::string&>();
    return {Acknowledgement::allowed, WipedBytes(text.begin(), text.end())};
}

} // namespace

void PipeClientLink::notify(std::string_view event, const Json& params) { connection_->notify(event, params); }

void PipeClientLink::notifyLatest(std::string_view event, std::string_view key, const Json& params) {
    connection_->notifyLatest(event, key, params);
}

bool PipeClientLink::waitForRoom() { return connection_->waitForRoom(kRoomPatience); }

void PipeClientLink::acknowledge(const AcknowledgementRequest& request, std::function<void(Acknowledgement)> done) {
    const Json params{{"operation", request.operation},
                      {"names", request.names},
                      {"count", request.count},
                      {"seconds", request.seconds.count()}};
    connection_->request("prompt.acknowledge", params, request.seconds,
                         [done = std::move(done)](Result<Json> reply) { done(answerFrom(reply)); });
}

void PipeClientLink::askCode(const CodeRequest& request, std::function<void(CodeAnswer)> done) {
    const Json params{{"operation", request.operation},
                      {"digits", request.digits},
                      {"following", request.following},
                      {"seconds", request.seconds.count()}};
    connection_->request("prompt.code", params, request.seconds,
                         [done = std::move(done)](Result<Json> reply) { done(codeFrom(reply)); });
}

} // namespace ssprotect::app
