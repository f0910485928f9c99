#include "organization_methods.h"

#include "lock_json.h"
#include "lock_wait.h"
#include "params.h"
#include "policy_keys.h"

#include <nlohmann/json.hpp>

namespace ssprotect::app {
namespace {

Json licenseJson(const kodiac::ShowPolicy::Response& policy) {
    return {{"organization", policy.organizationName},
            {"seats", policy.seats},
            {"seats_used", policy.seatsUsed},
            {"quota_mb", policy.quotaMegabytes},
            {"quota_available_mb", policy.quotaAvailable},
            {"recover", policy.recover},
            {"split_vchains", policy.splitVersionChains},
            {"move_splits", policy.moveSplits},
            {"retain_versions", policy.retainVersions}};
}

/// The lock that a request names.
Result<kodiac::EditLock> namedLock(ipc::Fields& fields) {
    const auto name = fields.text("name");
    if (auto complete = accepted(fields); !complete)
        return std::move(complete).error();
    return lockFrom(name);
}

Result<Json> answered(Result<kodiac::LockView> view) {
    if (!view)
        return std::move(view).error();
    return lockJson(*view);
}

} // namespace

void OrganizationMethods::addTo(MethodTable& methods) {
    using Needs = MethodTable::Needs;
    const auto add = [&](const char* name, Result<Json> (OrganizationMethods::*method)(Invocation&)) {
        methods.add(name, Needs::session, [this, method](Invocation& call) { return (this->*method)(call); });
    };
    add("policy.show", &OrganizationMethods::showPolicy);
    add("policy.set", &OrganizationMethods::setPolicy);
    add("license.show", &OrganizationMethods::showLicense);
    add("lock.status", &OrganizationMethods::lockStatus);
    add("lock.request", &OrganizationMethods::requestLock);
    add("lock.force", &OrganizationMethods::forceLock);
    add("lock.release", &OrganizationMethods::releaseLock);
}

Result<Json> OrganizationMethods::showPolicy(Invocation& invocation) {
    ipc::Fields fields(*invocation.params);
    if (auto complete = accepted(fields); !complete)
        return std::move(complete).error();
    auto session = rooms_.sessions.require();
    if (!session)
        return std::move(session).error();
    auto policy = (*session)->policy();
    if (!policy)
        return std::move(policy).error();
    return Json{{"organization", policy->organizationName}, {"policy", policyJson(*policy)}};
}

Result<Json> OrganizationMethods::setPolicy(Invocation& invocation) {
    ipc::Fields fields(*invocation.params);
    const auto* wanted = fields.any("policy");
    if (auto complete = accepted(fields); !complete)
        return std::move(complete).error();
    auto administration = rooms_.administration();
    if (!administration)
        return std::move(administration).error();
    auto present = administration->policy();
    if (!present)
        return std::move(present).error();
    auto changes = policyChanges(wanted, *present);
    if (!changes)
        return std::move(changes).error();
    std::vector<std::string> asked;
    for (const auto& [name, value] : wanted->items())
        asked.push_back(name + ": " + value.get<std::string>());
    if (auto agreed = rooms_.requireAdministration(*invocation.client, asked); !agreed)
        return std::move(agreed).error();
    if (auto set = administration->setPolicy(std::move(*changes)); !set)
        return std::move(set).error();
    auto now = administration->policy();
    if (!now)
        return std::move(now).error();
    return Json{{"organization", now->organizationName}, {"policy", policyJson(*now)}};
}

Result<Json> OrganizationMethods::showLicense(Invocation& invocation) {
    ipc::Fields fields(*invocation.params);
    if (auto complete = accepted(fields); !complete)
        return std::move(complete).error();
    auto session = rooms_.sessions.require();
    if (!session)
        return std::move(session).error();
    auto policy = (*session)->policy();
    if (!policy)
        return std::move(policy).error();
    return licenseJson(*policy);
}

Result<Json> OrganizationMethods::lockStatus(Invocation& invocation) {
    ipc::Fields fields(*invocation.params);
    const auto name = fields.optionalText("name");
    if (auto complete = accepted(fields); !complete)
        return std::move(complete).error();
    if (name) {
        auto lock = lockFrom(*name);
        return lock ? answered(rooms_.lockNow(*lock)) : std::move(lock).error();
    }
    auto views = rooms_.locks.status();
    if (!views)
        return std::move(views).error();
    Json locks = Json::array();
    for (const auto& view : *views)
        locks.push_back(lockJson(view));
    return Json{{"locks", std::move(locks)}};
}

Result<Json> OrganizationMethods::requestLock(Invocation& invocation) {
    ipc::Fields fields(*invocation.params);
    const bool wait = fields.flag("wait", false);
    auto lock = namedLock(fields);
    if (!lock)
        return std::move(lock).error();
    if (wait)
        return answered(waitForLock(rooms_.locks, *lock, *invocation.client));
    return answered(rooms_.locks.request(*lock, false));
}

Result<Json> OrganizationMethods::forceLock(Invocation& invocation) {
    ipc::Fields fields(*invocation.params);
    auto lock = namedLock(fields);
    if (!lock)
        return std::move(lock).error();
    return answered(rooms_.locks.force(*lock));
}

Result<Json> OrganizationMethods::releaseLock(Invocation& invocation) {
    ipc::Fields fields(*invocation.params);
    auto lock = namedLock(fields);
    if (!lock)
        return std::move(lock).error();
    if (auto released = rooms_.locks.release(*lock); !released)
        return std::move(released).error();
    return answered(rooms_.lockNow(*lock));
}

} // namespace ssprotect::app
