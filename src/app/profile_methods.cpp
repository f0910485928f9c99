#include "profile_methods.h"

#include "login_params.h"
#include "params.h"

#include <nlohmann/json.hpp>

namespace ssprotect::app {

void ProfileMethods::addTo(MethodTable& methods) {
    using Needs = MethodTable::Needs;
    methods.add("profile.list", Needs::nothing, [this](Invocation& call) { return list(call); });
    methods.add("profile.add", Needs::nothing, [this](Invocation& call) { return add(call); });
    methods.add("profile.rename", Needs::nothing, [this](Invocation& call) { return rename(call); });
    methods.add("profile.delete", Needs::nothing, [this](Invocation& call) { return remove(call); });
    methods.add("profile.deploy", Needs::session, [this](Invocation& call) { return deploy(call, true); });
    methods.add("profile.withdraw", Needs::session, [this](Invocation& call) { return deploy(call, false); });
    methods.add("profile.fetch", Needs::session, [this](Invocation& call) { return fetch(call); });
}

Result<Json> ProfileMethods::list(Invocation& invocation) {
    ipc::Fields fields(*invocation.params);
    if (auto complete = accepted(fields); !complete)
        return std::move(complete).error();
    auto profiles = rooms_.profiles.list();
    if (!profiles)
        return std::move(profiles).error();
    Json rows = Json::array();
    for (const auto& profile : *profiles)
        rows.push_back({{"name", profile.name},
                        {"email", profile.email},
                        {"organization", profile.organization ? Json(profile.organization->hex()) : Json(nullptr)},
                        {"server", profile.servers.embedded() ? Json(nullptr) : Json(profile.servers.urls.front())},
                        {"servers", profile.servers.urls},
                        {"current", profile.current}});
    return Json{{"profiles", std::move(rows)}};
}

Result<Json> ProfileMethods::add(Invocation& invocation) {
    ipc::Fields fields(*invocation.params);
    session::Profile profile;
    profile.name = fields.text("name");
    profile.email = fields.text("email");
    auto servers = serversFrom(fields);
    if (auto complete = accepted(fields); !complete)
        return std::move(complete).error();
    if (!servers)
        return std::move(servers).error();
    profile.servers = std::move(*servers);
    if (auto added = rooms_.profiles.add(profile); !added)
        return std::move(added).error();
    return Json::object();
}

Result<Json> ProfileMethods::rename(Invocation& invocation) {
    ipc::Fields fields(*invocation.params);
    const auto name = fields.text("name");
    const auto to = fields.text("to");
    if (auto complete = accepted(fields); !complete)
        return std::move(complete).error();
    if (auto renamed = rooms_.profiles.rename(name, to); !renamed)
        return std::move(renamed).error();
    return Json::object();
}

Result<Json> ProfileMethods::remove(Invocation& invocation) {
    ipc::Fields fields(*invocation.params);
    const auto name = fields.text("name");
    if (auto complete = accepted(fields); !complete)
        return std::move(complete).error();
    auto profile = rooms_.profiles.byName(name);
    if (!profile)
        return std::move(profile).error();
    // Its lists would be written to again by the session that goes on.
    if (auto session = rooms_.sessions.current(); session != nullptr && session->account() == profile->account)
        return makeError(ErrorCode::refused, "profile '" + profile->name + "' is logged in; log out first");
    if (auto removed = rooms_.profiles.remove(name); !removed)
        return std::move(removed).error();
    return Json::object();
}

Result<Json> ProfileMethods::deploy(Invocation& invocation, bool keep) {
    ipc::Fields fields(*invocation.params);
    const auto name = fields.text("name");
    if (auto complete = accepted(fields); !complete)
        return std::move(complete).error();
    auto done = keep ? rooms_.sessions.deployProfile(name) : rooms_.sessions.withdrawProfile(name);
    if (!done)
        return std::move(done).error();
    return Json::object();
}

Result<Json> ProfileMethods::fetch(Invocation& invocation) {
    ipc::Fields fields(*invocation.params);
    if (auto complete = accepted(fields); !complete)
        return std::move(complete).error();
    auto added = rooms_.sessions.fetchProfiles();
    if (!added)
        return std::move(added).error();
    return Json{{"added", *added}};
}

} // namespace ssprotect::app
