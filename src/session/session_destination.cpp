#include "session_inside.h"

#include <algorithm>

#include <spdlog/logger.h>

namespace ssprotect::session {
namespace {

/// As it was asked for, with the CAs that the profile has come to know.
ServerSet withKnownPins(ServerSet servers, const std::optional<Profile>& profile) {
    if (!profile)
        return servers;
    for (const auto& pin : profile->servers.pins)
        if (std::find(servers.pins.begin(), servers.pins.end(), pin) == servers.pins.end())
            servers.pins.push_back(pin);
    return servers;
}

} // namespace

Result<SessionManager::Inside::Destination> SessionManager::Inside::destination(std::string_view email,
                                                                                const ServerSet& servers) {
    auto checked = checkedServers(servers);
    if (!checked)
        return std::move(checked).error();
    auto profile = profiles.byEmail(email, *checked);
    if (!profile)
        return std::move(profile).error();
    ServerSet known = withKnownPins(std::move(*checked), *profile);
    auto kodiac = kodiacs.of(known);
    if (!kodiac)
        return std::move(kodiac).error();
    return Destination{std::string(email), std::move(known), std::move(*kodiac)};
}

Result<SessionManager::Inside::Destination> SessionManager::Inside::destination(const LoginTarget& target) {
    if (!target.email.empty() && !target.servers.embedded())
        return destination(target.email, target.servers);
    if (!target.email.empty()) {
        auto profile = profiles.byEmail(target.email);
        if (!profile)
            return std::move(profile).error();
        return destination(target.email, *profile ? (*profile)->servers : ServerSet{});
    }
    auto profile = target.profile.empty() ? profiles.current() : profiles.byName(target.profile);
    if (!profile)
        return std::move(profile).error();
    return destination(profile->email, profile->servers);
}

void SessionManager::Inside::keepNextPin(const std::string& profile, const ServerSet& servers) {
    auto next = kodiacs.nextPin(servers);
    if (!next) {
        environment.log.warn("the CA that is to follow could not be asked for: {}", next.error().word());
        return;
    }
    if (!*next)
        return;
    auto pins = pinsFromPem(**next);
    if (!pins || pins->size() != 1)
        return environment.log.warn("KODiAC announces a CA that is none");
    if (auto kept = profiles.addPin(profile, pins->front()); !kept)
        environment.log.warn("the CA that is to follow could not be kept: {}", kept.error().word());
}

} // namespace ssprotect::session
