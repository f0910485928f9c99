#include "ssprotect/app/acknowledger.h"

#include <nlohmann/json.hpp>

namespace ssprotect::app {

std::optional<SecondFactorMode> secondFactorModeOf(std::string_view word) {
    for (const auto mode : {SecondFactorMode::allow, SecondFactorMode::deny, SecondFactorMode::ask})
        if (word == secondFactorWord(mode))
            return mode;
    return std::nullopt;
}

std::string_view secondFactorWord(SecondFactorMode mode) {
    switch (mode) {
    case SecondFactorMode::allow:
        return "allow";
    case SecondFactorMode::deny:
        return "deny";
    case SecondFactorMode::ask:
        return "ask";
    }
    return "ask";
}

Acknowledger::Acknowledger(SecondFactorMode mode, Duration patience, Windows windows)
    : mode_(mode), patience_(patience), windows_(std::move(windows)), desk_(patience) {}

Status Acknowledger::require(Client& client, AcknowledgementRequest request, const SecondFactorPolicy& policy) {
    if (policy.noSecondFactor || mode_ == SecondFactorMode::allow)
        return {};
    if (mode_ == SecondFactorMode::deny)
        return makeError(ErrorCode::secondFactorRefused,
                         "the tray process denies every second factor (started with --second-factor deny)");
    request.seconds = std::chrono::duration_cast<std::chrono::seconds>(patience_);
    const auto windows = windows_ ? windows_() : nullptr;
    if (windows && windows.get() != &client)
        client.notify("acknowledgement.elsewhere", {{"seconds", request.seconds.count()}});
    switch (ask(windows ? *windows : client, request)) {
    case Acknowledgement::allowed:
        return {};
    case Acknowledgement::denied:
        return makeError(ErrorCode::secondFactorRefused, "the acknowledgement was denied; nothing was done");
    case Acknowledgement::timedOut:
        return makeError(ErrorCode::secondFactorRefused,
                         "nobody acknowledged in time, so it counts as denied; nothing was done");
    case Acknowledgement::nobodyToAsk:
        break;
    }
    return makeError(ErrorCode::secondFactorMissing,
                     "this needs an acknowledgement and there is nobody to ask; run it on a terminal or with the tray "
                     "icon at hand");
}

Acknowledgement Acknowledger::ask(Client& client, const AcknowledgementRequest& request) {
    const auto outcome =
        desk_.wait([&](std::function<void(Acknowledgement)> done) { client.acknowledge(request, std::move(done)); });
    if (outcome.given)
        return *outcome.given;
    return outcome.timedOut ? Acknowledgement::timedOut : Acknowledgement::denied;
}

} // namespace ssprotect::app
