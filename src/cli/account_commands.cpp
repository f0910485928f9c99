#include "account_commands.h"

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

/// Its name; an Individual's has none.
std::string organizationText(ipc::Fields& account) {
    const auto name = account.optionalText("organization_name").value_or("");
    return shown(name.empty() ? account.optionalText("organization").value_or("-") : name);
}

std::string tellAccount(ipc::Fields& account) {
    std::vector<std::pair<std::string, std::string>> lines{
        {"Account", shown(account.text("email"))},
        {"State", shown(account.optionalText("state").value_or("-"))},
        {"Privilege", shown(account.optionalText("privilege").value_or("-"))},
        {"Organization", organizationText(account)},
        {"Software ID", shown(account.optionalText("software_id").value_or("-"))},
        {"Keys exported", account.flag("keys_exported", false) ? "yes" : "no"},
    };
    return describedList(lines) + attributesText(account.any("attributes"));
}

WipedBytes bytesOf(std::string_view text) { return WipedBytes(text.begin(), text.end()); }

/// A registered account that waits, or one that is logged in.
std::string tellCreated(ipc::Fields& account) {
    if (account.optionalText("state").value_or("") != "registered")
        return tellAccount(account) + (account.flag("keys_exported", false)
                                           ? std::string("You are logged in.\n")
                                           : "You are logged in. Export your keys before anything else, to a place of "
                                             "its own:\n  ssprotect keys export FILE\n");
    return "Registered " + shown(account.text("email")) + " with " +
           shown(account.optionalText("organization_name").value_or("the Organization")) +
           ". A Privileged User validates it now: have this code ready and compare it with them, by voice or in "
           "person:\n  " +
           shown(account.text("comparison_code")) + "\nA mail says when you can log in: ssprotect login\n";
}

Json targetOf(const LoginOptions& options) {
    Json params = Json::object();
    if (!options.profile.empty())
        params["profile"] = options.profile;
    if (!options.email.empty())
        params["email"] = options.email;
    return params;
}

/// A login that may do nothing until the password is new (ACC-5). Not done: the session ends.
Outcome changeDuePassword(Context& context, Tray& tray, WipedBytes current, Json session) {
    auto fresh = context.secrets.fresh("new password");
    if (fresh) {
        ipc::Attachments secrets;
        secrets.push_back(std::move(current));
        secrets.push_back(std::move(*fresh));
        const auto changed = tray.call("account.change_password", Json::object(), std::move(secrets));
        if (changed) {
            session["password_due"] = false;
            return told(context, session, tellLogin);
        }
        static_cast<void>(tray.call("logout", Json::object()));
        return changed.error();
    }
    static_cast<void>(tray.call("logout", Json::object()));
    return fresh.error();
}

Outcome signUp(Context& context, const NewAccountOptions& options) {
    Json params = {{"email", options.email}, {"organization", options.signUp}};
    if (auto server = addServer(params, options.server); !server)
        return std::move(server).error();
    if (options.server.urls.empty() || !options.code.empty())
        return makeError(ErrorCode::usage, "--sign-up needs --server and --ca and takes no --code; the code is mailed");
    return callAndTell(context, "account.sign_up", params, [&](ipc::Fields&) {
        return "Asked. If the Organization takes sign-ups, a code is mailed to " + shown(options.email) +
               "; then:\n  ssprotect account create --email ... --server ... --ca ... --code CODE\n";
    });
}

Result<std::string> currentEmail(Context& context) {
    auto tray = Tray::connect(context);
    if (!tray)
        return std::move(tray).error();
    const auto list = tray->call("profile.list", Json::object());
    if (!list)
        return list.error();
    ipc::Fields fields(*list);
    for (const auto* row : fields.objects("profiles")) {
        ipc::Fields profile(*row);
        if (profile.flag("current", false))
            return profile.text("email");
    }
    return makeError(ErrorCode::usage, "name the invited address with --email: there is no profile to take it from");
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

Outcome createAccount(Context& context, const NewAccountOptions& options) {
    if (!options.signUp.empty())
        return signUp(context, options);
    Json params = {{"email", options.email}};
    if (auto server = addServer(params, options.server); !server)
        return std::move(server).error();
    if (!options.code.empty() && options.server.urls.empty())
        return makeError(ErrorCode::usage, "a --code belongs to a --server with its --ca; the mail names them");
    auto tray = Tray::connect(context);
    if (!tray)
        return std::move(tray).error();
    auto password = context.secrets.fresh("new password of " + shown(options.email));
    if (!password)
        return std::move(password).error();
    ipc::Attachments secrets;
    secrets.push_back(std::move(*password));
    if (!options.code.empty())
        secrets.push_back(bytesOf(options.code));
    return callAndTell(context, *tray, "account.create", params, std::move(secrets), tellCreated);
}

Outcome joinOrganization(Context& context, NewAccountOptions options) {
    if (options.server.urls.empty())
        return makeError(ErrorCode::usage,
                         "name the Organization's --server and its --ca; the mail with the code does");
    if (options.email.empty()) {
        auto email = currentEmail(context);
        if (!email)
            return std::move(email).error();
        options.email = std::move(*email);
    }
    return createAccount(context, options);
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
    auto tray = Tray::connect(context);
    if (!tray)
        return std::move(tray).error();
    return callAndTell(context, *tray, "account.set", params, {}, tellAccount);
}

Outcome changePassword(Context& context) {
    auto tray = Tray::connect(context);
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

Outcome login(Context& context, const LoginOptions& options) {
    Json params = targetOf(options);
    if (auto server = addServer(params, options.server); !server)
        return std::move(server).error();
    auto tray = Tray::connect(context);
    if (!tray)
        return std::move(tray).error();
    const auto who = !options.email.empty() ? options.email : options.profile;
    auto password = context.secrets.existing(who.empty() ? "password" : "password of " + shown(who));
    if (!password)
        return std::move(password).error();
    ipc::Attachments secrets;
    secrets.push_back(WipedBytes(*password));
    const auto session = tray->call("login", params, std::move(secrets));
    if (!session)
        return session.error();
    ipc::Fields fields(*session);
    if (!fields.flag("password_due", false))
        return told(context, *session, tellLogin);
    context.output.remark("The Organization asks for a new password.");
    return changeDuePassword(context, *tray, std::move(*password), *session);
}

Outcome syncSecondFactor(Context& context, const LoginOptions& options) {
    return callAndTell(context, "second_factor.sync", targetOf(options), [](ipc::Fields&) {
        return std::string("This host's one-time codes are in step again. Log in now.\n");
    });
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

Outcome addProfile(Context& context, const std::string& name, const std::string& email, const ServerOptions& server) {
    Json params = {{"name", name}, {"email", email}};
    if (auto added = addServer(params, server); !added)
        return std::move(added).error();
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

Outcome deployProfile(Context& context, const std::string& name) {
    return callAndTell(context, "profile.deploy", {{"name", name}}, [&](ipc::Fields&) {
        return "KODiAC keeps the definition of profile " + shown(name) +
               "; 'ssprotect profile fetch' adds it on another "
               "host.\n";
    });
}

Outcome withdrawProfile(Context& context, const std::string& name) {
    return callAndTell(context, "profile.withdraw", {{"name", name}}, [&](ipc::Fields&) {
        return "KODiAC no longer keeps the definition of profile " + shown(name) + ".\n";
    });
}

Outcome fetchProfiles(Context& context) {
    return callAndTell(context, "profile.fetch", Json::object(), [](ipc::Fields& result) {
        std::string text;
        for (const auto& name : result.texts("added"))
            text += "Profile " + shown(name) + " is added.\n";
        return text.empty() ? std::string("This host has every profile that KODiAC keeps.\n") : text;
    });
}

} // namespace ssprotect::cli
