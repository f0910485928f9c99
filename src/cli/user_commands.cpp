#include "user_commands.h"

#include "simple_call.h"
#include "ssprotect/platform/shown_path.h"
#include "ssprotect/platform/terminal.h"
#include "table.h"
#include "text.h"

#include <nlohmann/json.hpp>

namespace ssprotect::cli {
namespace {

constexpr auto kCompareTime = std::chrono::minutes(10); ///< to reach the other person

std::string shown(const std::string& text) { return platform::shownText(text); }
std::string shown(const std::optional<std::string>& text) { return shown(text.value_or("-")); }

Json attributesJson(const AttributeOptions& options) {
    Json attributes = Json::object();
    for (const auto& [name, on] : options.switches)
        attributes[name] = on;
    if (options.quotaMegabytes)
        attributes["quota_mb"] = *options.quotaMegabytes;
    return attributes;
}

Outcome administer(Context& context, std::string_view method, const Json& params, const Telling& tell) {
    auto tray = Tray::connect(context);
    if (!tray)
        return std::move(tray).error();
    return callAndTell(context, *tray, method, params, {}, tell);
}

/// "A", "D", "I" or nothing, and "*" for the caller's own (USR-1).
std::string privilegeMark(ipc::Fields& user) {
    const auto privilege = user.optionalText("privilege").value_or("");
    std::string mark = privilege == "administrator" ? "A" : privilege == "delegate" ? "D" : "";
    return user.flag("self", false) ? mark + "*" : mark;
}

std::string stateText(ipc::Fields& user) {
    auto state = shown(user.optionalText("state"));
    if (user.flag("disabled", false))
        state += ", disabled";
    if (const auto mail = user.optionalText("mail"); mail && *mail != "sent")
        state += ", mail " + shown(*mail);
    return state;
}

std::string attributesText(const Json* attributes) {
    std::string text;
    if (attributes == nullptr || !attributes->is_object())
        return "-";
    for (const auto& [name, value] : attributes->items())
        if (value.is_boolean() && value.get<bool>() && name != "disabled" && name != "delegate")
            text += (text.empty() ? "" : " ") + shown(name);
    return text.empty() ? "-" : text;
}

std::string usersText(ipc::Fields& list) {
    Table table({" ", "ACCOUNT", "STATE", "QUOTA MB", "ATTRIBUTES"});
    for (const auto* row : list.objects("users")) {
        ipc::Fields user(*row);
        const auto mark = privilegeMark(user);
        const auto quota = user.optionalNumber("quota_mb").value_or(0);
        table.add({mark.empty() ? " " : mark, shown(user.text("email")), stateText(user), numberText(quota),
                   attributesText(user.any("attributes"))});
    }
    const auto number = [&](const char* name) { return list.optionalNumber(name).value_or(0); };
    const bool exclusive = list.optionalText("access").value_or("") == "exclusive";
    auto text = table.text() + "\n" + shown(list.optionalText("organization")) + ": " +
                numberText(number("seats_used")) + " of " + countText(number("seats"), "seat") + " used, " +
                numberText(number("quota_available_mb")) + " of " + numberText(number("quota_mb")) +
                " MB of quota left\nACCESS: " + (exclusive ? "EXCLUSIVE" : "READ ONLY") + "\n";
    if (list.flag("rotation_pending", false))
        text += "Rotation pending: the next session of a Privileged User makes a new Organization key.\n";
    return text;
}

std::string changesText(ipc::Fields& result) {
    Table table({"ROW", "ACCOUNT", "CHANGE"});
    for (const auto* row : result.objects("rows")) {
        ipc::Fields fields(*row);
        const auto error = fields.optionalText("error");
        const auto number = fields.number("row");
        table.add({std::to_string(number), shown(fields.optionalText("email")),
                   error ? "! " + shown(*error) : shown(fields.optionalText("change"))});
    }
    const auto changed = result.optionalNumber("changed").value_or(0);
    return (table.empty() ? std::string() : table.text() + "\n") + countText(changed, "account") +
           (result.flag("saved", false) ? " changed.\n" : " would be changed; nothing was.\n");
}

/// The code that both people should have; none: nobody compared it.
Result<std::optional<std::string>> comparedCode(Context& context, Tray& tray, const std::string& email) {
    const auto checked = tray.call("users.check", {{"email", email}});
    if (!checked)
        return checked.error();
    ipc::Fields fields(*checked);
    const auto code = fields.text("comparison_code");
    if (const auto status = fields.usable(); !status)
        return makeError(ErrorCode::internal, "the tray process answered in a way that cannot be read");
    if (!context.interactive) {
        context.output.remark("Nobody compared the codes: the account is validated as unverified.");
        return std::optional<std::string>();
    }
    context.output.remark("Speak to " + shown(email) + " and compare this code with the one they were shown:\n  " +
                          shown(code));
    const auto answer = platform::readShownLine("Is it the same? [y/N] ", kCompareTime);
    if (!answer || !*answer || (**answer != "y" && **answer != "Y" && **answer != "yes"))
        return makeError(ErrorCode::cancelled, "the account was not validated; if the codes differ, somebody else may "
                                               "have registered it: dismiss it and make it anew");
    return std::optional(code);
}

} // namespace

Outcome listUsers(Context& context) { return callAndTell(context, "users.list", Json::object(), usersText); }

Outcome newUser(Context& context, const std::string& email, const AttributeOptions& attributes) {
    return administer(context, "users.new", {{"email", email}, {"attributes", attributesJson(attributes)}},
                      [&](ipc::Fields&) {
                          return "Provisioned " + shown(email) +
                                 ". The registration code is on its way by mail; 'ssprotect "
                                 "users list' shows whether it was sent.\n";
                      });
}

Outcome editUser(Context& context, const std::string& email, const AttributeOptions& attributes) {
    const auto changes = attributesJson(attributes);
    if (changes.empty())
        return makeError(ErrorCode::usage, "name what to change, such as --quota 500 or --rel-protections off");
    Json edits = Json::array({{{"email", email}, {"attributes", changes}}});
    return administer(context, "users.edit", {{"edits", std::move(edits)}},
                      [&](ipc::Fields&) { return "Saved " + shown(email) + ".\n"; });
}

Outcome validateUser(Context& context, const std::string& email, const std::string& code) {
    auto tray = Tray::connect(context);
    if (!tray)
        return std::move(tray).error();
    std::optional<std::string> compared = code;
    if (code.empty()) {
        auto asked = comparedCode(context, *tray, email);
        if (!asked)
            return std::move(asked).error();
        compared = std::move(*asked);
    }
    Json params = {{"email", email}};
    if (compared)
        params["code"] = *compared;
    return callAndTell(context, *tray, "users.validate", params, {}, [&](ipc::Fields&) {
        return "Validated " + shown(email) + "; the next login receives the keys.\n";
    });
}

Outcome actOnUser(Context& context, const std::string& act, const std::string& email, const std::string& done) {
    std::string method = "users." + act;
    for (char& c : method)
        if (c == '-')
            c = '_';
    return administer(context, method, {{"email", email}},
                      [&](ipc::Fields&) { return shown(email) + ' ' + done + ".\n"; });
}

Outcome importUsers(Context& context, const std::string& file, bool dryRun) {
    const Json params = {{"file", absoluteText(file)}, {"dry_run", dryRun}};
    auto tray = Tray::connect(context);
    if (!tray)
        return std::move(tray).error();
    const auto result = tray->call("users.import", params, {});
    if (!result)
        return result.error();
    auto outcome = told(context, *result, changesText);
    ipc::Fields fields(*result);
    if (outcome && fields.optionalNumber("errors").value_or(0) > 0)
        return kSomeFailed;
    return outcome;
}

Outcome exportUsers(Context& context, const std::string& file) {
    return callAndTell(context, "users.export", {{"file", absoluteText(file)}}, [&](ipc::Fields& result) {
        return countText(result.number("users"), "account") + " written to " + shown(file) + ".\n";
    });
}

} // namespace ssprotect::cli
