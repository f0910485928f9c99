#include "session_inside.h"
#include "ssprotect/kodiac/host_operations.h"

/// ACC-6, *Remote Profile Deployment*.
namespace ssprotect::session {
namespace {

Profile profileFrom(kodiac::DeployedProfile deployed) {
    Profile profile;
    profile.name = std::move(deployed.name);
    profile.email = std::move(deployed.email);
    profile.servers = {std::move(deployed.servers), std::move(deployed.pins)};
    return profile;
}

} // namespace

Result<std::vector<Profile>> SessionManager::deployedProfiles() {
    auto session = inside_->liveSession();
    if (!session)
        return std::move(session).error();
    auto listed = (*session)->state().call<kodiac::ListProfiles>({});
    if (!listed)
        return std::move(listed).error();
    std::vector<Profile> profiles;
    for (auto& deployed : listed->profiles)
        profiles.push_back(profileFrom(std::move(deployed)));
    return profiles;
}

Status SessionManager::deployProfile(std::string_view name) {
    auto session = inside_->liveSession();
    if (!session)
        return std::move(session).error();
    auto profile = inside_->profiles.byName(name);
    if (!profile)
        return std::move(profile).error();
    auto deployed = (*session)->state().call<kodiac::DeployProfile>(
        {{profile->name, profile->email, profile->servers.urls, profile->servers.pins}});
    return deployed ? Status{} : Status{std::move(deployed).error()};
}

Status SessionManager::withdrawProfile(std::string_view name) {
    auto session = inside_->liveSession();
    if (!session)
        return std::move(session).error();
    auto withdrawn = (*session)->state().call<kodiac::WithdrawProfile>({std::string(name)});
    return withdrawn ? Status{} : Status{std::move(withdrawn).error()};
}

Result<std::vector<std::string>> SessionManager::fetchProfiles() {
    auto deployed = deployedProfiles();
    if (!deployed)
        return std::move(deployed).error();
    std::vector<std::string> names;
    for (auto& profile : *deployed) {
        auto added = inside_->profiles.addMissing(std::move(profile));
        if (!added)
            return std::move(added).error();
        if (*added)
            names.push_back(std::move(**added));
    }
    return names;
}

} // namespace ssprotect::session
