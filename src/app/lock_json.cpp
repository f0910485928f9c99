#include "lock_json.h"

#include <nlohmann/json.hpp>

namespace ssprotect::app {

std::string lockName(kodiac::EditLock lock) { return lock == kodiac::EditLock::users ? "users" : "trusts"; }

Result<kodiac::EditLock> lockFrom(std::string_view name) {
    for (const auto lock : {kodiac::EditLock::users, kodiac::EditLock::trusts})
        if (name == lockName(lock))
            return lock;
    return makeError(ErrorCode::usage, "there is no lock '" + std::string(name) + "'; there are users and trusts");
}

Json lockJson(const kodiac::LockView& view) {
    Json json{{"name", lockName(view.name)},
              {"access", view.held ? "exclusive" : "read-only"},
              {"holder", view.holder.empty() ? Json(nullptr) : Json(view.holder)},
              {"epoch", view.epoch},
              {"waiting", view.waiting},
              {"position", view.position}};
    if (view.expires)
        json["expires"] = toIso8601(*view.expires);
    return json;
}

} // namespace ssprotect::app
