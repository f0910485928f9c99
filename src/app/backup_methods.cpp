#include "backup_methods.h"

#include "params.h"
#include "ssprotect/ipc/path_text.h"

#include <nlohmann/json.hpp>

namespace ssprotect::app {

void BackupMethods::addTo(MethodTable& methods) {
    using Needs = MethodTable::Needs;
    methods.add("backup", Needs::session, [this](Invocation& call) { return backup(call); });
    methods.add("backup.folder", Needs::nothing, [this](Invocation& call) { return folder(call); });
    methods.add("restore_backup", Needs::nothing, [this](Invocation& call) { return restore(call); });
}

Result<Json> BackupMethods::backup(Invocation& invocation) {
    ipc::Fields fields(*invocation.params);
    const auto text = fields.text("file");
    if (auto complete = accepted(fields); !complete)
        return std::move(complete).error();
    auto file = pathFrom(text);
    if (!file)
        return std::move(file).error();
    auto work = rooms_.desk.require();
    if (!work)
        return std::move(work).error();
    auto created = rooms_.backups.write((*work)->session(), *file);
    if (!created)
        return std::move(created).error();
    return Json{{"file", ipc::pathToText(*file)}, {"created", toIso8601(*created)}};
}

/// Without `folder` it tells the present one; null turns the automatic backup off.
Result<Json> BackupMethods::folder(Invocation& invocation) {
    const bool sets = invocation.params->contains("folder");
    ipc::Fields fields(*invocation.params);
    const auto text = fields.optionalText("folder");
    if (auto complete = accepted(fields); !complete)
        return std::move(complete).error();
    if (sets) {
        std::optional<platform::Path> chosen;
        if (text) {
            auto path = pathFrom(*text);
            if (!path)
                return std::move(path).error();
            chosen = std::move(*path);
        }
        if (auto set = rooms_.backups.setFolder(chosen); !set)
            return std::move(set).error();
    }
    auto folder = rooms_.backups.folder();
    if (!folder)
        return std::move(folder).error();
    return Json{{"folder", *folder ? Json(ipc::pathToText(**folder)) : Json(nullptr)}};
}

Result<Json> BackupMethods::restore(Invocation& invocation) {
    ipc::Fields fields(*invocation.params);
    const auto fileText = fields.text("file");
    const auto keysText = fields.text("keys");
    if (auto complete = accepted(fields, invocation.attachments, 1); !complete)
        return std::move(complete).error();
    auto file = pathFrom(fileText);
    auto keys = pathFrom(keysText);
    if (!file || !keys)
        return !file ? std::move(file).error() : std::move(keys).error();
    // A document that is open holds a right of the KODiAC that is about to be replaced.
    if (const auto opened = rooms_.managed.opened(); !opened.empty())
        return makeError(ErrorCode::refused, std::to_string(opened.size()) +
                                                 " documents are open or not stored yet; close them before restoring");
    if (auto out = rooms_.sessions.logout(); !out)
        return std::move(out).error();
    std::optional<session::RestoredBackup> restored;
    auto done = rooms_.kodiac.whileClosed([&]() -> Status {
        auto result = session::restoreBackup(rooms_.host, rooms_.environment(), *file, *keys, invocation.attachments[0],
                                             rooms_.settings.passwordLimits);
        if (!result)
            return std::move(result).error();
        restored = std::move(*result);
        return {};
    });
    if (!done)
        return std::move(done).error();
    return Json{{"restored", true},
                {"email", restored->email},
                {"created", toIso8601(restored->created)},
                {"kept_aside", restored->keptAside ? Json(ipc::pathToText(*restored->keptAside)) : Json(nullptr)}};
}

} // namespace ssprotect::app
