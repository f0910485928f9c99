#include "ending.h"

#include "params.h"

#include <nlohmann/json.hpp>
#include <spdlog/logger.h>

namespace ssprotect::app {
namespace {

constexpr Duration kProtectTime{30'000};

} // namespace

void Ending::addTo(MethodTable& methods) {
    using Needs = MethodTable::Needs;
    methods.add("quit", Needs::nothing, [this](Invocation& call) { return quit(call); });
    methods.add("quit.cancel", Needs::nothing, [this](Invocation& call) { return cancelQuit(call); });
    methods.add("activity", Needs::nothing, [this](Invocation& call) { return activity(call); });
}

void Ending::whenEnded(std::function<void()> ended) {
    std::lock_guard lock(mutex_);
    ended_ = std::move(ended);
}

/// `open_files`: "wait" until their applications closed them (the default), or "protect" what is there now.
Result<Json> Ending::quit(Invocation& invocation) {
    ipc::Fields fields(*invocation.params);
    const auto openFiles = fields.optionalText("open_files").value_or("wait");
    if (auto complete = accepted(fields); !complete)
        return std::move(complete).error();
    if (openFiles != "wait" && openFiles != "protect")
        return makeError(ErrorCode::usage, "open_files is 'wait' or 'protect', not '" + openFiles + "'");
    const auto open = openCount();
    // The answer goes out first: the process may be gone a moment later.
    rooms_.workers.run([this, protect = openFiles == "protect"] {
        if (protect) {
            close(managed::ClosePolicy::protectNow, kProtectTime);
            return end();
        }
        {
            std::lock_guard lock(mutex_);
            waiting_ = true;
        }
        endIfAllClosed();
    });
    return Json{{"opened", open}};
}

Result<Json> Ending::cancelQuit(Invocation& invocation) {
    ipc::Fields fields(*invocation.params);
    if (auto complete = accepted(fields); !complete)
        return std::move(complete).error();
    std::lock_guard lock(mutex_);
    waiting_ = false;
    return Json::object();
}

Result<Json> Ending::activity(Invocation& invocation) {
    ipc::Fields fields(*invocation.params);
    if (auto complete = accepted(fields); !complete)
        return std::move(complete).error();
    return Json{{"busy", conversions_.running() > 0}, {"opened", openCount()}};
}

/// What is pending lies sealed on disk and does not keep the process.
std::size_t Ending::openCount() const {
    const auto opened = rooms_.managed.opened();
    return static_cast<std::size_t>(std::count_if(opened.begin(), opened.end(), [](const auto& document) {
        return document.state != managed::DocumentState::pending;
    }));
}

void Ending::documentClosed() {
    std::lock_guard lock(mutex_);
    if (waiting_)
        rooms_.workers.run([this] { endIfAllClosed(); });
}

void Ending::endIfAllClosed() {
    if (openCount() > 0)
        return;
    {
        std::lock_guard lock(mutex_);
        if (!waiting_)
            return;
    }
    close(managed::ClosePolicy::wait, Duration{0});
    end();
}

void Ending::close(managed::ClosePolicy policy, Duration deadline) {
    conversions_.cancelAll();
    // Whoever waits for a code would keep the logout waiting; what closes needs none.
    rooms_.codes.stop();
    const auto left = rooms_.managed.closeAll(policy, deadline);
    if (!left.empty())
        rooms_.outside.log.warn("{} documents are left for the next start", left.size());
    if (auto out = rooms_.sessions.logout(); !out)
        rooms_.outside.log.warn("logout: {}", out.error().word());
}

void Ending::end() {
    std::function<void()> ended;
    {
        std::lock_guard lock(mutex_);
        if (std::exchange(ending_, true))
            return;
        ended = ended_;
    }
    if (ended)
        ended();
}

} // namespace ssprotect::app
