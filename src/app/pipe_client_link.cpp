#include "pipe_client_link.h"

#include <nlohmann/json.hpp>

namespace ssprotect::app {
namespace {

/// A reader that takes nothing for that long has hung.
constexpr Duration kRoomPatience{60'000};

Acknowledgement answerFrom(const Result<Json>& reply) {
    // Nobody answered, or the client cannot ask: then there is nobody to ask.
    if (!reply || !reply->is_object())
        return Acknowledgement::nobodyToAsk;
    const auto allow = reply->find("allow");
    if (allow != reply->end() && allow->is_boolean() && allow->get<bool>())
        return Acknowledgement::allowed;
    const auto reason = reply->find("reason");
    if (reason == reply->end() || !reason->is_string())
        return Acknowledgement::denied;
    if (*reason == "no-terminal")
        return Acknowledgement::nobodyToAsk;
    return *reason == "timeout" ? Acknowledgement::timedOut : Acknowledgement::denied;
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

} // namespace ssprotect::app
