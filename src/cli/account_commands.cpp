#include "account_commands.h"

#include "acknowledgement.h"
#include "simple_call.h"
#include "ssprotect/platform/shown_path.h"
#include "table.h"
#include "text.h"

#include <nlohmann/json.hpp>

namespace ssprotect::cli {
namespace {

std::string shown(const std::string& text) { return platform::shownText(text); }

std::string tellLogin(ipc::Fields& session) {
    const auto account = session.text("account");
    const auto profile = session.optionalText("profile");
    const auto expires = session.optionalText("expires");
    const bool exported = session.flag("keys_exported", true);
    auto text = "Logged in as " + shown(account);
    if (profile)
        text += ", profile " + shown(*profile);
    if (expires)
        text += ", until " + timeText(*expires);
    text += ".\n";
    if (!exported)
        text += "Export your keys before anything else: ssprotect keys export FILE\n";
    return text;
}

std::string attributesText(const Json* attributes) {
    if (attributes == nullptr || !attributes->is_object())
        return {};
    std::vector<std::pair<std::string, std::string>> lines;
    for (const auto& [name, value] : attributes->items())
        lines.emplace_back("  " + shown(name), value.is_boolean()  ? (value.get<bool>() ? "on" : "off")
                                               : value.is_string() ? shown(value.get<std::string>())
                                                                   : shown(value.dump()));
    return "Attributes\n" + describedList(lines);
}

std::string tellAccount(ipc::Fields& account) {
    std::vector<std::pair<std::string, std::string>> lines{
        {"Account", shown(account.text("email"))},
        {"State", shown(account.optionalText("state").value_or("-"))},
        {"Organization", shown(account.optionalText("organization").value_or("-"))},
        {"Software ID", shown(account.optionalText("software_id").value_or("-"))},
        {"Keys exported", account.flag("keys_exported", false) ? "yes" : "no"},
    };
    return describedList(lines) + attributesText(account.any("attributes"));
}

std::string profileList(ipc::Fields& list) {
    Table table({" ", "PROFILE", "ACCOUNT", "SERVER"});
    for (const auto* row : list.objects("profiles")) {
        ipc::Fields fields(*row);
        const bool current = fields.flag("current", false);
        table.add({current ? "*" : " ", shown(fields.optionalText("name").value_or("-")),
                   shown(fields.optionalText("email").value_or("-")),
                   shown(fields.optionalText("server").value_or("embedded"))});
    }
    return table.empty() ? "There is no profile; 'ssprotect account create' makes the first.\n" : table.text();
}

} // namespace

Outcome createAccount(Context& context, const std::string& email) {
    auto tray = Tray::connect(context.endpoint);
    if (!tray)
        return std::move(tray).error();
    auto password = context.secrets.fresh("new password of " + shown(email));
    if (!password)
        return std::move(password).error();
    ipc::Attachments secrets;
    secrets.push_back(std::move(*password));
    return callAndTell(context, *tray, "account.create", {{"email", email}}, std::move(secrets),
                       [](ipc::Fields& account) {
                           return tellAccount(account) + "You are logged in. Export your keys before anything else, to "
                                                         "a place of its own:\n  ssprotect keys export FILE\n";
                       });
}

Outcome showAccount(Context& context) { return callAndTell(context, "account.show", Json::object(), tellAccount); }

Outcome setAccount(Context& context, std::optional<bool> unsignedApps, std::optional<bool> keepUnchanged) {
    Json params = Json::object();
    if (unsignedApps)
        params["unsigned_apps"] = *unsignedApps;
    if (keepUnchanged)
        params["keep_unchanged"] = *keepUnchanged;
    if (params.empty())
        return makeError(ErrorCode::usage, "name what to set: --unsigned-apps or --keep-unchanged, each on or off");
    auto tray = Tray::connect(context.endpoint);
    if (!tray)
        return std::move(tray).error();
    Acknowledging acknowledging(context);
    return callAndTell(context, *tray, "account.set", params, {}, tellAccount, &acknowledging);
}

Outcome changePassword(Context& context) {
    auto tray = Tray::connect(context.endpoint);
    if (!tray)
        return std::move(tray).error();
    auto current = context.secrets.existing("current password");
    if (!current)
        return std::move(current).error();
    auto fresh = context.secrets.fresh("new password");
    if (!fresh)
        return std::move(fresh).error();
    ipc::Attachments secrets;
    secrets.push_back(std::move(*current));
    secrets.push_back(std::move(*fresh));
    return callAndTell(context, *tray, "account.change_password", Json::object(), std::move(secrets),
                       [](ipc::Fields&) { return "The password is changed.\n"; });
}

Outcome login(Context& context, const std::string& profile, const std::string& email) {
    auto tray = Tray::connect(context.endpoint);
    if (!tray)
        return std::move(tray).error();
    Json params = Json::object();
    if (!profile.empty())
        params["profile"] = profile;
    if (!email.empty())
        params["email"] = email;
    const auto who = !email.empty() ? email : profile;
    auto password = context.secrets.existing(who.empty() ? "password" : "password of " + shown(who));
    if (!password)
        return std::move(password).error();
    ipc::Attachments secrets;
    secrets.push_back(std::move(*password));
    return callAndTell(context, *tray, "login", params, std::move(secrets), tellLogin);
}

Outcome refresh(Context& context) { return callAndTell(context, "refresh", Json::object(), tellLogin); }

Outcome logout(Context& context) {
    return callAndTell(context, "logout", Json::object(), [](ipc::Fields& result) {
        const auto opened = result.optionalNumber("opened").value_or(0);
        if (opened == 0)
            return std::string("Logged out.\n");
        return "Logged out. " + countText(opened, "document") + " still open: protected when closed.\n";
    });
}

Outcome listProfiles(Context& context) { return callAndTell(context, "profile.list", Json::object(), profileList); }

Outcome addProfile(Context& context, const std::string& name, const std::string& email, const std::string& server) {
    Json params = {{"name", name}, {"email", email}};
    if (!server.empty())
        params["server"] = server;
    return callAndTell(context, "profile.add", params,
                       [&](ipc::Fields&) { return "Profile " + shown(name) + " is added.\n"; });
}

Outcome renameProfile(Context& context, const std::string& name, const std::string& to) {
    return callAndTell(context, "profile.rename", {{"name", name}, {"to", to}},
                       [&](ipc::Fields&) { return "Profile " + shown(name) + " is " + shown(to) + " now.\n"; });
}

Outcome deleteProfile(Context& context, const std::string& name) {
    return callAndTell(context, "profile.delete", {{"name", name}}, [&](ipc::Fields&) {
        return "Profile " + shown(name) + " and its lists on this host are deleted.\n";
    });
}

} // namespace ssprotect::cli
