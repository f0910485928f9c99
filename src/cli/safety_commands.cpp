#include "safety_commands.h"

#include "account_commands.h"
#include "simple_call.h"
#include "ssprotect/platform/shown_path.h"
#include "text.h"

#include <nlohmann/json.hpp>

namespace ssprotect::cli {
namespace {

std::string shown(const std::string& text) { return platform::shownText(text); }

std::string findingsText(ipc::Fields& result) {
    std::string text;
    for (const auto* finding : result.objects("findings")) {
        ipc::Fields fields(*finding);
        text += shown(fields.optionalText("severity").value_or("note")) + ": " +
                shown(fields.optionalText("message").value_or("-")) +
                (fields.flag("repaired", false) ? " (mended)" : "") + '\n';
    }
    return text + (result.flag("ok") ? "All is well.\n" : "Something is left to do.\n");
}

} // namespace

Outcome exportKeys(Context& context, const std::string& file) {
    auto tray = Tray::connect(context);
    if (!tray)
        return std::move(tray).error();
    auto passphrase = context.secrets.fresh("passphrase of the exported keys");
    if (!passphrase)
        return std::move(passphrase).error();
    ipc::Attachments secrets;
    secrets.push_back(std::move(*passphrase));
    return callAndTell(context, *tray, "keys.export", {{"file", absoluteText(file)}}, std::move(secrets),
                       [](ipc::Fields& result) {
                           return "The keys are in " + shownPathText(result.text("file")) +
                                  ".\nKeep the file and its passphrase apart from this machine, and apart from each "
                                  "other.\n";
                       });
}

Outcome importKeys(Context& context, const std::string& file, const std::string& email, const ServerOptions& server) {
    Json params = {{"file", absoluteText(file)}, {"email", email}};
    if (auto added = addServer(params, server); !added)
        return std::move(added).error();
    auto tray = Tray::connect(context);
    if (!tray)
        return std::move(tray).error();
    auto passphrase = context.secrets.existing("passphrase of the exported keys");
    if (!passphrase)
        return std::move(passphrase).error();
    auto password = context.secrets.fresh("new password of " + shown(email));
    if (!password)
        return std::move(password).error();
    ipc::Attachments secrets;
    secrets.push_back(std::move(*passphrase));
    secrets.push_back(std::move(*password));
    return callAndTell(context, *tray, "keys.import", params, std::move(secrets), [](ipc::Fields& session) {
        const bool due = session.flag("password_due", false);
        return "The keys are imported and the password is set.\nLogged in as " + shown(session.text("account")) + ".\n" +
               (due ? "The Organization asks for another one under its rules: 'ssprotect account change-password'.\n" : "");
    });
}

Outcome backUp(Context& context, const std::string& file) {
    return callAndTell(context, "backup", {{"file", absoluteText(file)}}, [](ipc::Fields& result) {
        return "The backup is in " + shownPathText(result.text("file")) + "; only your exported keys open it.\n";
    });
}

Outcome setBackupFolder(Context& context, const std::optional<std::string>& folder) {
    const Json params = {{"folder", folder ? Json(absoluteText(*folder)) : Json(nullptr)}};
    return callAndTell(context, "backup.folder", params, [](ipc::Fields& result) {
        const auto now = result.optionalText("folder");
        return now ? "After every session a backup goes to " + shownPathText(*now) + ".\n"
                   : std::string("No automatic backup is made.\n");
    });
}

Outcome restoreBackup(Context& context, const std::string& file, const std::string& keys) {
    auto tray = Tray::connect(context);
    if (!tray)
        return std::move(tray).error();
    auto passphrase = context.secrets.existing("passphrase of the exported keys");
    if (!passphrase)
        return std::move(passphrase).error();
    ipc::Attachments secrets;
    secrets.push_back(std::move(*passphrase));
    return callAndTell(context, *tray, "restore_backup", {{"file", absoluteText(file)}, {"keys", absoluteText(keys)}},
                       std::move(secrets), [](ipc::Fields& result) {
                           std::string text = "The backup is restored";
                           if (const auto created = result.optionalText("created"))
                               text += ", as of " + timeText(*created);
                           text += ". Log in with: ssprotect login\n";
                           if (const auto aside = result.optionalText("kept_aside"))
                               text += "What was there before is kept in " + shownPathText(*aside) + ".\n";
                           return text;
                       });
}

Outcome examine(Context& context, bool repair) {
    bool ok = true;
    auto outcome = callAndTell(context, "doctor", {{"repair", repair}}, [&](ipc::Fields& result) {
        auto text = findingsText(result);
        ok = result.flag("ok");
        return text;
    });
    return outcome && !ok ? Outcome(kSomeFailed) : outcome;
}

Outcome quit(Context& context, bool protect) {
    return callAndTell(context, "quit", {{"open_files", protect ? "protect" : "wait"}}, [&](ipc::Fields& result) {
        const auto opened = result.optionalNumber("opened").value_or(0);
        if (opened == 0)
            return std::string("The tray process ends.\n");
        return "The tray process " + (protect ? "protects " + countText(opened, "document") + " and ends.\n"
                                              : "waits until " + countText(opened, "document") +
                                                    (opened == 1 ? " is" : " are") + " closed, and ends.\n");
    });
}

} // namespace ssprotect::cli
