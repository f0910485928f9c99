#include "host_methods.h"

#include "login_params.h"
#include "params.h"

#include <thread>

#include <nlohmann/json.hpp>

namespace ssprotect::app {
namespace {

constexpr auto kBetweenTwoLooks = std::chrono::seconds(1);

Json hostJson(const session::HostShown& host) {
    Json json{{"host", host.host.hex()},
              {"name", host.name},
              {"self", host.here},
              {"oath", host.oath},
              {"state", host.enrolled                 ? "enrolled"
                        : host.comparisonCode.empty() ? "unknown"
                                                      : "asks"}};
    if (!host.comparisonCode.empty())
        json["comparison_code"] = host.comparisonCode;
    return json;
}

} // namespace

void HostMethods::addTo(MethodTable& methods) {
    using Needs = MethodTable::Needs;
    const auto add = [&](const char* name, Needs needs, Result<Json> (HostMethods::*method)(Invocation&)) {
        methods.add(name, needs, [this, method](Invocation& call) { return (this->*method)(call); });
    };
    add("host.list", Needs::session, &HostMethods::list);
    add("host.request", Needs::nothing, &HostMethods::request);
    add("host.await", Needs::nothing, &HostMethods::await);
    add("host.approve", Needs::session, &HostMethods::approve);
    add("host.remove", Needs::session, &HostMethods::remove);
    add("token.use_oath", Needs::session, &HostMethods::useOathToken);
    add("token.use_software", Needs::session, &HostMethods::useSoftwareSecret);
}

Result<Json> HostMethods::list(Invocation& invocation) {
    ipc::Fields fields(*invocation.params);
    if (auto complete = accepted(fields); !complete)
        return std::move(complete).error();
    auto hosts = rooms_.sessions.hosts();
    if (!hosts)
        return std::move(hosts).error();
    Json rows = Json::array();
    for (const auto& host : *hosts)
        rows.push_back(hostJson(host));
    return Json{{"hosts", std::move(rows)}};
}

Result<Json> HostMethods::request(Invocation& invocation) {
    ipc::Fields fields(*invocation.params);
    const auto target = targetFrom(fields);
    if (auto complete = accepted(fields, invocation.attachments, 1); !complete)
        return std::move(complete).error();
    if (!target)
        return target.error();
    auto asked = rooms_.sessions.requestHost(*target, invocation.attachments[0]);
    if (!asked)
        return std::move(asked).error();
    return Json{{"comparison_code", asked->comparisonCode}, {"expires", toIso8601(asked->expires)}};
}

// The person walks to another host meanwhile; a client that goes gives up for them.
Result<Json> HostMethods::await(Invocation& invocation) {
    ipc::Fields fields(*invocation.params);
    if (auto complete = accepted(fields); !complete)
        return std::move(complete).error();
    while (!invocation.client->gone()) {
        auto session = rooms_.sessions.continueHostRequest();
        if (!session)
            return std::move(session).error();
        if (*session)
            return accounts_.loggedIn(std::move(**session));
        std::this_thread::sleep_for(kBetweenTwoLooks);
    }
    rooms_.sessions.cancelHostRequest();
    return makeError(ErrorCode::cancelled, "nobody waits for the approval any more");
}

Result<Json> HostMethods::approve(Invocation& invocation) {
    ipc::Fields fields(*invocation.params);
    const auto text = fields.text("host");
    const auto code = fields.text("code");
    if (auto complete = accepted(fields); !complete)
        return std::move(complete).error();
    auto host = HostId::fromHexText(text);
    if (!host)
        return makeError(ErrorCode::usage, "'" + text + "' is no host; 'host list' shows them");
    if (auto agreed = rooms_.requireAdministration(*invocation.client, {"approve another host of your account"});
        !agreed)
        return std::move(agreed).error();
    if (auto approved = rooms_.sessions.approveHost(*host, code); !approved)
        return std::move(approved).error();
    return Json{{"host", host->hex()}};
}

Result<Json> HostMethods::remove(Invocation& invocation) {
    ipc::Fields fields(*invocation.params);
    const auto text = fields.text("host");
    if (auto complete = accepted(fields); !complete)
        return std::move(complete).error();
    auto host = HostId::fromHexText(text);
    if (!host)
        return makeError(ErrorCode::usage, "'" + text + "' is no host; 'host list' shows them");
    if (auto removed = rooms_.sessions.removeHost(*host); !removed)
        return std::move(removed).error();
    return Json{{"host", host->hex()}};
}

Result<Json> HostMethods::useOathToken(Invocation& invocation) {
    ipc::Fields fields(*invocation.params);
    if (auto complete = accepted(fields, invocation.attachments, 2); !complete)
        return std::move(complete).error();
    if (auto done = rooms_.sessions.useOathToken(textOf(invocation.attachments[0]), textOf(invocation.attachments[1]));
        !done)
        return std::move(done).error();
    return Json::object();
}

Result<Json> HostMethods::useSoftwareSecret(Invocation& invocation) {
    ipc::Fields fields(*invocation.params);
    if (auto complete = accepted(fields); !complete)
        return std::move(complete).error();
    if (auto done = rooms_.sessions.useSoftwareSecret(); !done)
        return std::move(done).error();
    return Json::object();
}

} // namespace ssprotect::app
