#include "user_methods.h"

#include "attribute_names.h"
#include "params.h"
#include "ssprotect/ipc/path_text.h"
#include "user_import.h"

#include <algorithm>

#include <nlohmann/json.hpp>

namespace ssprotect::app {
namespace {

std::string joined(const std::vector<std::string>& texts) {
    std::string all;
    for (const auto& text : texts)
        all += (all.empty() ? "" : ", ") + text;
    return all;
}

Json userJson(const kodiac::ListUsers::Row& user, const AccountId& self) {
    Json json{{"email", user.email},
              {"account_id", user.account.hex()},
              {"state", std::string(kodiac::wordOf(user.state))},
              {"privilege", std::string(kodiac::wordOf(user.privilege))},
              {"self", user.account == self},
              {"disabled", user.attributes.disabled},
              {"attributes", attributesJson(user.attributes)},
              {"quota_mb", user.attributes.quotaMegabytes},
              {"used_mb", user.usedMegabytes},
              {"software_id", user.softwareId},
              {"signed_up", user.signedUp},
              {"compared", user.compared},
              {"hosts", user.hosts},
              {"created", toIso8601(user.created)}};
    if (user.validated) {
        json["validated"] = toIso8601(*user.validated);
        json["validated_by"] = user.validatedBy;
    }
    if (user.codeExpires)
        json["code_expires"] = toIso8601(*user.codeExpires);
    if (!user.mail.state.empty()) {
        json["mail"] = user.mail.state;
        json["mail_error"] = user.mail.error;
    }
    return json;
}

/// USR-6: what is so for all accounts.
Json organizationJson(const kodiac::ListUsers::Response& users, const kodiac::ShowPolicy::Response& policy) {
    return {{"organization", users.organizationName},
            {"seats_used", users.seatsUsed},
            {"seats", users.seats},
            {"quota_mb", users.quotaMegabytes},
            {"quota_available_mb", users.quotaAvailable},
            {"retain_versions", policy.retainVersions},
            {"password_policy", policy.password != kodiac::PasswordRules{}},
            {"enhanced_login", policy.enhancedLogin},
            {"rotation_pending", users.rotationPending},
            {"hash", "SHA-256"},
            {"cipher", "AES-256"},
            {"integrity_protection", true}};
}

/// The edits of a request, each {email, attributes}.
Result<std::vector<session::Administration::Edit>> editsFrom(ipc::Fields& fields) {
    std::vector<session::Administration::Edit> edits;
    for (const auto* each : fields.objects("edits")) {
        ipc::Fields edit(*each);
        const auto email = edit.text("email");
        auto changes = attributeChanges(edit.any("attributes"));
        if (auto complete = accepted(edit); !complete)
            return std::move(complete).error();
        if (!changes)
            return std::move(changes).error();
        edits.push_back({email, *changes});
    }
    if (edits.empty() && fields.usable())
        return makeError(ErrorCode::usage, "name at least one account to edit");
    return edits;
}

} // namespace

void UserMethods::addTo(MethodTable& methods) {
    using Needs = MethodTable::Needs;
    const auto addOne = [&](const char* name, Result<Json> (UserMethods::*method)(Invocation&)) {
        methods.add(name, Needs::session, [this, method](Invocation& call) { return (this->*method)(call); });
    };
    addOne("users.list", &UserMethods::list);
    addOne("users.new", &UserMethods::add);
    addOne("users.edit", &UserMethods::edit);
    addOne("users.check", &UserMethods::check);
    addOne("users.validate", &UserMethods::validate);
    addOne("users.import", &UserMethods::importFile);
    addOne("users.export", &UserMethods::exportFile);
    using session::Administration;
    const auto addAct = [&](const char* name, const char* verb, Act done) {
        methods.add(name, Needs::session, [this, verb, done](Invocation& call) { return act(call, verb, done); });
    };
    addAct("users.dismiss", "dismiss ", &Administration::dismiss);
    addAct("users.remove", "remove ", &Administration::remove);
    addAct("users.resend", "mail a new code to ", &Administration::resend);
    addAct("users.sync_2factor", "let the codes be synchronised of ", &Administration::permitSync);
    addAct("users.reset_password", "reset the password of ", &Administration::resetPassword);
    addAct("users.reset_enh2fa", "reset the enhanced logins of ", &Administration::resetEnhancedLogin);
    addAct("users.transfer_admin", "make Administrator: ", &Administration::transferAdministrator);
}

Result<Json> UserMethods::list(Invocation& invocation) {
    ipc::Fields fields(*invocation.params);
    if (auto complete = accepted(fields); !complete)
        return std::move(complete).error();
    auto administration = rooms_.administration();
    if (!administration)
        return std::move(administration).error();
    auto users = administration->users();
    if (!users)
        return std::move(users).error();
    const auto session = rooms_.sessions.current();
    const AccountId self = session != nullptr ? session->account() : AccountId{};
    Json rows = Json::array();
    for (const auto& user : users->rows)
        rows.push_back(userJson(user, self));
    auto policy = administration->policy();
    if (!policy)
        return std::move(policy).error();
    auto lock = rooms_.lockNow(kodiac::EditLock::users);
    if (!lock)
        return std::move(lock).error();
    Json list = organizationJson(*users, *policy);
    list["users"] = std::move(rows);
    list["access"] = lock->held ? "exclusive" : "read-only";
    return list;
}

Result<Json> UserMethods::add(Invocation& invocation) {
    ipc::Fields fields(*invocation.params);
    const auto email = fields.text("email");
    auto changes = attributeChanges(fields.any("attributes"));
    if (auto complete = accepted(fields); !complete)
        return std::move(complete).error();
    if (!changes)
        return std::move(changes).error();
    auto administration = rooms_.administrationFor(*invocation.client, {"provision " + email});
    if (!administration)
        return std::move(administration).error();
    auto made = administration->add(email, *changes);
    if (!made)
        return std::move(made).error();
    return Json{{"email", email},
                {"account_id", made->account.hex()},
                {"state", "provisioned"},
                {"attributes", attributesJson(made->attributes)}};
}

Result<Json> UserMethods::edit(Invocation& invocation) {
    ipc::Fields fields(*invocation.params);
    auto edits = editsFrom(fields);
    if (auto complete = accepted(fields); !complete)
        return std::move(complete).error();
    if (!edits)
        return std::move(edits).error();
    std::vector<std::string> asked;
    for (const auto& each : *edits)
        asked.push_back(each.email + ": " + joined(changeTexts(each.changes)));
    auto administration = rooms_.administrationFor(*invocation.client, asked);
    if (!administration)
        return std::move(administration).error();
    if (auto saved = administration->saveAll(*edits); !saved)
        return std::move(saved).error();
    return Json{{"saved", edits->size()}};
}

Result<Json> UserMethods::check(Invocation& invocation) {
    ipc::Fields fields(*invocation.params);
    const auto email = fields.text("email");
    if (auto complete = accepted(fields); !complete)
        return std::move(complete).error();
    auto administration = rooms_.administration();
    if (!administration)
        return std::move(administration).error();
    auto code = administration->comparisonCode(email);
    if (!code)
        return std::move(code).error();
    return Json{{"email", email}, {"comparison_code", *code}};
}

Result<Json> UserMethods::validate(Invocation& invocation) {
    ipc::Fields fields(*invocation.params);
    const auto email = fields.text("email");
    const auto code = fields.optionalText("code").value_or("");
    if (auto complete = accepted(fields); !complete)
        return std::move(complete).error();
    auto administration = rooms_.administrationFor(*invocation.client, {"validate " + email});
    if (!administration)
        return std::move(administration).error();
    if (auto done = administration->validate(email, code); !done)
        return std::move(done).error();
    return Json{{"email", email}, {"state", "validated"}, {"compared", !code.empty()}};
}

Result<Json> UserMethods::act(Invocation& invocation, const char* verb, Act method) {
    ipc::Fields fields(*invocation.params);
    const auto email = fields.text("email");
    if (auto complete = accepted(fields); !complete)
        return std::move(complete).error();
    auto administration = rooms_.administrationFor(*invocation.client, {verb + email});
    if (!administration)
        return std::move(administration).error();
    if (auto done = ((*administration).*method)(email); !done)
        return std::move(done).error();
    return Json{{"email", email}};
}

Result<Json> UserMethods::importFile(Invocation& invocation) {
    ipc::Fields fields(*invocation.params);
    const auto text = fields.text("file");
    const bool dryRun = fields.flag("dry_run", false);
    if (auto complete = accepted(fields); !complete)
        return std::move(complete).error();
    auto file = pathFrom(text);
    if (!file)
        return std::move(file).error();
    auto administration = rooms_.administration();
    if (!administration)
        return std::move(administration).error();
    UserImport import(rooms_.outside.files, *administration);
    if (auto read = import.read(*file); !read)
        return std::move(read).error();
    if (dryRun || import.errors() > 0 || import.changed() == 0)
        return import.json(false);
    if (auto agreed = rooms_.requireAdministration(*invocation.client, import.texts()); !agreed)
        return std::move(agreed).error();
    if (auto saved = import.save(); !saved)
        return std::move(saved).error();
    return import.json(true);
}

Result<Json> UserMethods::exportFile(Invocation& invocation) {
    ipc::Fields fields(*invocation.params);
    const auto text = fields.text("file");
    if (auto complete = accepted(fields); !complete)
        return std::move(complete).error();
    auto file = pathFrom(text);
    if (!file)
        return std::move(file).error();
    auto administration = rooms_.administration();
    if (!administration)
        return std::move(administration).error();
    auto users = administration->users();
    if (!users)
        return std::move(users).error();
    const std::string csv = writeUserSheet(users->rows);
    if (auto written = platform::writeNew(rooms_.outside.files, *file, viewOf(csv), rooms_.outside.random); !written)
        return std::move(written).error();
    const auto rows = static_cast<std::size_t>(std::count(csv.begin(), csv.end(), '\n')) - 1;
    return Json{{"file", ipc::pathToText(*file)}, {"users", rows}};
}

} // namespace ssprotect::app
