#include "organization_commands.h"

#include "account_commands.h"
#include "simple_call.h"
#include "ssprotect/platform/shown_path.h"
#include "table.h"
#include "text.h"

#include <nlohmann/json.hpp>

namespace ssprotect::cli {
namespace {

std::string shown(const std::string& text) { return platform::shownText(text); }
std::string shown(const std::optional<std::string>& text) { return shown(text.value_or("-")); }

std::string valueText(const Json& value) {
    if (value.is_boolean())
        return value.get<bool>() ? "on" : "off";
    return value.is_string() ? shown(value.get<std::string>()) : shown(value.dump());
}

std::string policyText(ipc::Fields& result) {
    std::vector<std::pair<std::string, std::string>> lines;
    if (const auto* policy = result.any("policy"); policy != nullptr && policy->is_object())
        for (const auto& [name, value] : policy->items())
            lines.emplace_back(shown(name), valueText(value));
    return shown(result.optionalText("organization")) + "\n" + describedList(lines);
}

std::string onOrOff(ipc::Fields& result, const char* name) { return result.flag(name, false) ? "on" : "off"; }

std::string retainedText(ipc::Fields& result) {
    const auto versions = result.optionalNumber("retain_versions").value_or(0);
    return versions == 0 ? "all" : numberText(versions);
}

std::string licenseText(ipc::Fields& result) {
    return describedList({{"Organization", shown(result.optionalText("organization"))},
                          {"Users seated", numberText(result.optionalNumber("seats_used").value_or(0))},
                          {"Users permitted", numberText(result.optionalNumber("seats").value_or(0))},
                          {"OrgQuota (MB)", numberText(result.optionalNumber("quota_mb").value_or(0))},
                          {"OrgAvail (MB)", numberText(result.optionalNumber("quota_available_mb").value_or(0))},
                          {":Recover", onOrOff(result, "recover")},
                          {"Split vChains", onOrOff(result, "split_vchains")},
                          {"Move Splits", onOrOff(result, "move_splits")},
                          {"Retain Versions", retainedText(result)}});
}

std::string lockLine(ipc::Fields& lock) {
    const auto holder = lock.optionalText("holder");
    const bool exclusive = lock.optionalText("access").value_or("") == "exclusive";
    std::string text = shown(lock.text("name")) + ": ACCESS: " + (exclusive ? "EXCLUSIVE" : "READ ONLY");
    if (holder && !exclusive)
        text += ", held by " + shown(*holder);
    if (const auto position = lock.optionalNumber("position").value_or(0); position > 0)
        text += ", you are number " + std::to_string(position) + " in line";
    return text + "\n";
}

std::string locksText(ipc::Fields& result) {
    std::string text;
    for (const auto* row : result.objects("locks")) {
        ipc::Fields lock(*row);
        text += lockLine(lock);
    }
    return text;
}

Outcome onLock(Context& context, const char* method, const Json& params) {
    return callAndTell(context, method, params, lockLine);
}

std::string stateOf(ipc::Fields& host) {
    auto state = shown(host.optionalText("state"));
    if (host.flag("oath", false))
        state += " with a token";
    return host.flag("self", false) ? state + ", this one" : state;
}

std::string hostsText(ipc::Fields& result) {
    Table table({"HOST", "NAME", "STATE", "CODE TO COMPARE"});
    for (const auto* row : result.objects("hosts")) {
        ipc::Fields host(*row);
        table.add({shown(host.text("host")), shown(host.optionalText("name")), stateOf(host),
                   host.optionalText("comparison_code") ? shown(host.optionalText("comparison_code")) : ""});
    }
    return table.text();
}

} // namespace

Outcome showPolicy(Context& context) { return callAndTell(context, "policy.show", Json::object(), policyText); }

Outcome setPolicy(Context& context, const std::vector<std::string>& assignments) {
    Json changes = Json::object();
    for (const auto& assignment : assignments) {
        const auto equals = assignment.find('=');
        if (equals == std::string::npos || equals == 0)
            return makeError(ErrorCode::usage, "'" + assignment +
                                                   "' is not KEY=VALUE; 'ssprotect policy show' lists the "
                                                   "keys");
        changes[assignment.substr(0, equals)] = assignment.substr(equals + 1);
    }
    auto tray = Tray::connect(context);
    if (!tray)
        return std::move(tray).error();
    return callAndTell(context, *tray, "policy.set", {{"policy", std::move(changes)}}, {}, policyText);
}

Outcome showLicense(Context& context) { return callAndTell(context, "license.show", Json::object(), licenseText); }

Outcome showLocks(Context& context, const std::string& name) {
    if (name.empty())
        return callAndTell(context, "lock.status", Json::object(), locksText);
    return onLock(context, "lock.status", {{"name", name}});
}

Outcome requestLock(Context& context, const std::string& name, bool wait) {
    return onLock(context, "lock.request", {{"name", name}, {"wait", wait}});
}

Outcome forceLock(Context& context, const std::string& name) { return onLock(context, "lock.force", {{"name", name}}); }

Outcome releaseLock(Context& context, const std::string& name) {
    return callAndTell(context, "lock.release", {{"name", name}},
                       [&](ipc::Fields&) { return shown(name) + ": released.\n"; });
}

Outcome listHosts(Context& context) { return callAndTell(context, "host.list", Json::object(), hostsText); }

Outcome requestHost(Context& context, const LoginOptions& options) {
    Json params = Json::object();
    if (!options.profile.empty())
        params["profile"] = options.profile;
    if (!options.email.empty())
        params["email"] = options.email;
    if (auto server = addServer(params, options.server); !server)
        return std::move(server).error();
    auto tray = Tray::connect(context);
    if (!tray)
        return std::move(tray).error();
    auto password = context.secrets.existing("password");
    if (!password)
        return std::move(password).error();
    ipc::Attachments secrets;
    secrets.push_back(std::move(*password));
    const auto asked = tray->call("host.request", params, std::move(secrets));
    if (!asked)
        return asked.error();
    ipc::Fields fields(*asked);
    context.output.remark("On a host where you log in already:\n  ssprotect host list\n  ssprotect host approve HOST "
                          "--code CODE\nThe code to compare there:\n  " +
                          shown(fields.text("comparison_code")));
    return callAndTell(context, *tray, "host.await", Json::object(), {}, [](ipc::Fields& session) {
        return "This host is approved. Logged in as " + shown(session.text("account")) + ".\n";
    });
}

Outcome approveHost(Context& context, const std::string& host, const std::string& code) {
    return callAndTell(context, "host.approve", {{"host", host}, {"code", code}},
                       [](ipc::Fields&) { return std::string("Approved: that host can log in now.\n"); });
}

Outcome removeHost(Context& context, const std::string& host) {
    return callAndTell(context, "host.remove", {{"host", host}}, [](ipc::Fields&) {
        return std::string("Removed: its sessions have ended and its codes are void.\n");
    });
}

Outcome useOathToken(Context& context) {
    auto tray = Tray::connect(context);
    if (!tray)
        return std::move(tray).error();
    auto seed = context.secrets.existing("seed of the token (otpauth:// or base32)");
    if (!seed)
        return std::move(seed).error();
    auto code = context.secrets.factor("code that the token shows now");
    if (!code)
        return std::move(code).error();
    ipc::Attachments secrets;
    secrets.push_back(std::move(*seed));
    secrets.push_back(std::move(*code));
    return callAndTell(context, *tray, "token.use_oath", Json::object(), std::move(secrets),
                       [](ipc::Fields&) { return std::string("From now on this host asks for the token's codes.\n"); });
}

Outcome useSoftwareFactor(Context& context) {
    return callAndTell(context, "token.use_software", Json::object(), [](ipc::Fields&) {
        return std::string("From now on this host makes its one-time codes by itself.\n");
    });
}

} // namespace ssprotect::cli
