#include "ssprotect/app/acknowledger.h"

#include <memory>

#include <nlohmann/json.hpp>

namespace ssprotect::app {
namespace {

/// Shared with the client's callback, which may come after the wait has ended.
struct Answer {
    std::optional<Acknowledgement> given;
};

} // namespace

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
    : shared_(std::make_shared<Shared>()), mode_(mode), patience_(patience), windows_(std::move(windows)) {}

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
    const auto shared = shared_;
    auto answer = std::make_shared<Answer>();
    client.acknowledge(request, [shared, answer](Acknowledgement given) {
        std::lock_guard lock(shared->mutex);
        if (!answer->given)
            answer->given = given;
        shared->changed.notify_all();
    });
    std::unique_lock lock(shared->mutex);
    const bool woken =
        shared->changed.wait_for(lock, patience_, [&] { return answer->given.has_value() || shared->stopping; });
    if (answer->given)
        return *answer->given;
    return woken ? Acknowledgement::denied : Acknowledgement::timedOut;
}

void Acknowledger::stop() {
    std::lock_guard lock(shared_->mutex);
    shared_->stopping = true;
    shared_->changed.notify_all();
}

} // namespace ssprotect::app
