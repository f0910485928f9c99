#include "account_methods.h"

#include "beholder.h"
#include "describe.h"
#include "login_params.h"
#include "params.h"
#include "ssprotect/ipc/path_text.h"

#include <nlohmann/json.hpp>
#include <spdlog/logger.h>

namespace ssprotect::app {
namespace {

/// As the person is asked for them.
std::vector<std::string> settingsOf(const kodiac::SetAccount::Request& wanted) {
    std::vector<std::string> settings;
    const auto add = [&](std::string_view name, std::optional<bool> on) {
        if (on)
            settings.push_back(std::string(name) + (*on ? ": on" : ": off"));
    };
    add("Unsigned Apps", wanted.unsignedApps);
    add("Keep version when unchanged", wanted.keepVersionWhenUnchanged);
    return settings;
}

} // namespace

void AccountMethods::addTo(MethodTable& methods) {
    using Needs = MethodTable::Needs;
    const auto add = [&](const char* name, Result<Json> (AccountMethods::*method)(Invocation&)) {
        methods.add(name, Needs::nothing, [this, method](Invocation& call) { return (this->*method)(call); });
    };
    add("account.create", &AccountMethods::create);
    add("account.sign_up", &AccountMethods::signUp);
    add("account.show", &AccountMethods::show);
    add("account.set", &AccountMethods::set);
    add("account.change_password", &AccountMethods::changePassword);
    add("login", &AccountMethods::login);
    add("second_factor.sync", &AccountMethods::syncSecondFactor);
    add("refresh", &AccountMethods::refresh);
    add("logout", &AccountMethods::logout);
    add("keys.export", &AccountMethods::exportKeys);
    add("keys.import", &AccountMethods::importKeys);
}

Result<std::shared_ptr<SessionWork>> AccountMethods::anySession() {
    if (auto work = rooms_.desk.current())
        return work;
    return makeError(ErrorCode::notLoggedIn, "nobody is logged in; log in first");
}

Result<Json> AccountMethods::loggedIn(Result<session::SessionInfo> info) {
    if (!info)
        return std::move(info).error();
    if (auto remembered = rememberBeholder(rooms_.host, *info); !remembered)
        rooms_.outside.log.warn("colours will not stay after logout: {}", remembered.error().word());
    publishViewer(rooms_);
    if (info->keysExported)
        recovery_.afterLogin();
    return loginJson(*info);
}

Result<Json> AccountMethods::create(Invocation& invocation) {
    ipc::Fields fields(*invocation.params);
    const auto email = fields.text("email");
    const auto servers = serversFrom(fields);
    const bool withCode = invocation.attachments.size() == 2;
    if (auto complete = accepted(fields, invocation.attachments, withCode ? 2 : 1); !complete)
        return std::move(complete).error();
    if (!servers)
        return servers.error();
    if (withCode)
        return registered(email, *servers, textOf(invocation.attachments[1]), invocation.attachments[0]);
    return accountNow(loggedIn(rooms_.sessions.createIndividual(email, invocation.attachments[0], *servers)));
}

Result<Json> AccountMethods::registered(std::string_view email, const session::ServerSet& servers,
                                        std::string_view code, ByteView password) {
    auto done = rooms_.sessions.registerAccount(email, servers, code, password);
    if (!done)
        return std::move(done).error();
    if (done->session)
        return accountNow(loggedIn(std::move(*done->session)));
    return Json{{"email", email},
                {"state", "registered"},
                {"organization_name", done->organizationName},
                {"software_id", done->softwareId},
                {"comparison_code", done->comparisonCode}};
}

Result<Json> AccountMethods::accountNow(Result<Json> login) {
    if (!login)
        return login;
    auto work = anySession();
    if (!work)
        return std::move(work).error();
    auto account = (*work)->account();
    if (!account)
        return std::move(account).error();
    return accountJson(*account);
}

Result<Json> AccountMethods::signUp(Invocation& invocation) {
    ipc::Fields fields(*invocation.params);
    const auto email = fields.text("email");
    const auto organization = fields.text("organization");
    const auto servers = serversFrom(fields);
    if (auto complete = accepted(fields); !complete)
        return std::move(complete).error();
    if (!servers)
        return servers.error();
    if (auto asked = rooms_.sessions.signUp(email, *servers, organization); !asked)
        return std::move(asked).error();
    return Json::object();
}

Result<Json> AccountMethods::syncSecondFactor(Invocation& invocation) {
    ipc::Fields fields(*invocation.params);
    const auto target = targetFrom(fields);
    if (auto complete = accepted(fields); !complete)
        return std::move(complete).error();
    if (!target)
        return target.error();
    if (auto done = rooms_.sessions.syncSecondFactor(*target); !done)
        return std::move(done).error();
    return Json::object();
}

Result<Json> AccountMethods::show(Invocation& invocation) {
    ipc::Fields fields(*invocation.params);
    if (auto complete = accepted(fields); !complete)
        return std::move(complete).error();
    auto work = anySession();
    if (!work)
        return std::move(work).error();
    auto account = (*work)->session().showAccount();
    if (!account)
        return std::move(account).error();
    return accountJson(*account);
}

Result<Json> AccountMethods::set(Invocation& invocation) {
    ipc::Fields fields(*invocation.params);
    const kodiac::SetAccount::Request wanted{fields.optionalFlag("unsigned_apps"),
                                             fields.optionalFlag("keep_unchanged")};
    if (auto complete = accepted(fields); !complete)
        return std::move(complete).error();
    const auto settings = settingsOf(wanted);
    if (settings.empty())
        return makeError(ErrorCode::usage, "name a setting of the account: unsigned_apps, keep_unchanged");
    if (auto agreed = rooms_.requireAcknowledgement(*invocation.client, {"set", settings, settings.size()}); !agreed)
        return std::move(agreed).error();
    auto work = rooms_.desk.require();
    if (!work)
        return std::move(work).error();
    if (auto done = (*work)->setAccount(wanted); !done)
        return std::move(done).error();
    auto account = (*work)->account();
    if (!account)
        return std::move(account).error();
    return accountJson(*account);
}

Result<Json> AccountMethods::changePassword(Invocation& invocation) {
    ipc::Fields fields(*invocation.params);
    if (auto complete = accepted(fields, invocation.attachments, 2); !complete)
        return std::move(complete).error();
    if (auto changed = rooms_.sessions.changePassword(invocation.attachments[0], invocation.attachments[1]); !changed)
        return std::move(changed).error();
    return Json::object();
}

Result<Json> AccountMethods::login(Invocation& invocation) {
    ipc::Fields fields(*invocation.params);
    const auto target = targetFrom(fields);
    if (auto complete = accepted(fields, invocation.attachments, 1); !complete)
        return std::move(complete).error();
    if (!target)
        return target.error();
    return loggedIn(rooms_.sessions.login(*target, invocation.attachments[0]));
}

Result<Json> AccountMethods::refresh(Invocation& invocation) {
    ipc::Fields fields(*invocation.params);
    if (auto complete = accepted(fields); !complete)
        return std::move(complete).error();
    return loggedIn(rooms_.sessions.refresh());
}

Result<Json> AccountMethods::logout(Invocation& invocation) {
    ipc::Fields fields(*invocation.params);
    if (auto complete = accepted(fields); !complete)
        return std::move(complete).error();
    if (auto out = rooms_.sessions.logout(); !out)
        return std::move(out).error();
    // They stay open and are protected when they close, by the right that their open gave (PROT-14).
    return Json{{"opened", rooms_.managed.opened().size()}};
}

Result<Json> AccountMethods::exportKeys(Invocation& invocation) {
    ipc::Fields fields(*invocation.params);
    const auto text = fields.text("file");
    if (auto complete = accepted(fields, invocation.attachments, 1); !complete)
        return std::move(complete).error();
    auto file = pathFrom(text);
    if (!file)
        return std::move(file).error();
    if (auto written = rooms_.sessions.exportKeys(*file, invocation.attachments[0]); !written)
        return std::move(written).error();
    recovery_.afterLogin();
    return Json{{"file", ipc::pathToText(*file)}};
}

Result<Json> AccountMethods::importKeys(Invocation& invocation) {
    ipc::Fields fields(*invocation.params);
    const auto text = fields.text("file");
    const auto target = targetFrom(fields);
    if (auto complete = accepted(fields, invocation.attachments, 2); !complete)
        return std::move(complete).error();
    if (!target)
        return target.error();
    auto file = pathFrom(text);
    if (!file)
        return std::move(file).error();
    return loggedIn(rooms_.sessions.importKeys(*file, *target, invocation.attachments[0], invocation.attachments[1]));
}

} // namespace ssprotect::app
