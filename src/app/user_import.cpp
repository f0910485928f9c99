#include "user_import.h"

#include "attribute_names.h"

#include <algorithm>

#include <nlohmann/json.hpp>

namespace ssprotect::app {
namespace {

constexpr std::uint64_t kLargestSheet = 32 << 20;

std::string changeOf(const EditState& state) {
    std::string text = state.isNew() ? "new" : "";
    for (const auto& change : changeTexts(state.changes))
        text += (text.empty() ? "" : ", ") + change;
    return text.empty() ? "unchanged" : text;
}

/// The Edit Lock for the while; one that was held before stays held.
class LockedUsers {
public:
    explicit LockedUsers(session::LockKeeper& locks)
        : locks_(locks), before_(locks.epochOf(kodiac::EditLock::users).has_value()) {}
    ~LockedUsers() {
        if (taken_)
            static_cast<void>(locks_.release(kodiac::EditLock::users));
    }
    LockedUsers(const LockedUsers&) = delete;
    LockedUsers& operator=(const LockedUsers&) = delete;

    Status take() {
        if (before_)
            return {};
        auto held = locks_.request(kodiac::EditLock::users, false);
        taken_ = held.ok();
        return held ? Status{} : Status{std::move(held).error()};
    }

private:
    session::LockKeeper& locks_;
    const bool before_; ///< also one that was lost: then the import is refused as any other change
    bool taken_ = false;
};

} // namespace

Status UserImport::read(const platform::Path& file) {
    auto text = platform::readWhole(files_, file, kLargestSheet);
    if (!text)
        return std::move(text).error();
    auto users = administration_.users();
    if (!users)
        return std::move(users).error();
    auto states = readUserSheet(textOf(*text), users->rows);
    if (!states)
        return std::move(states).error();
    states_ = std::move(*states);
    return {};
}

std::size_t UserImport::errors() const {
    return static_cast<std::size_t>(
        std::count_if(states_.begin(), states_.end(), [](const EditState& state) { return state.error.has_value(); }));
}

std::size_t UserImport::changed() const {
    return static_cast<std::size_t>(std::count_if(states_.begin(), states_.end(), [](const EditState& state) {
        return !state.error && state.changesAnything();
    }));
}

std::vector<std::string> UserImport::texts() const {
    std::vector<std::string> texts;
    for (const auto& state : states_)
        if (!state.error && state.changesAnything())
            texts.push_back(state.email + ": " + changeOf(state));
    return texts;
}

Status UserImport::save() {
    LockedUsers locked(locks_);
    if (auto taken = locked.take(); !taken)
        return taken;
    if (auto saved = saveEdits(); !saved)
        return saved;
    addNew();
    return {};
}

Status UserImport::saveEdits() {
    std::vector<session::Administration::Edit> edits;
    for (const auto& state : states_)
        if (!state.isNew() && state.changesAnything())
            edits.push_back({state.email, state.changes});
    return edits.empty() ? Status{} : administration_.edit(edits);
}

void UserImport::addNew() {
    for (auto& state : states_) {
        if (!state.isNew())
            continue;
        if (auto made = administration_.add(state.email, state.changes); !made)
            state.error = std::move(made).error();
    }
}

Json UserImport::json(bool saved) const {
    Json rows = Json::array();
    for (const auto& state : states_) {
        Json row{{"row", state.row}, {"email", state.email}, {"change", changeOf(state)}};
        if (state.error)
            row["error"] = state.error->message;
        rows.push_back(std::move(row));
    }
    return {{"rows", std::move(rows)}, {"changed", changed()}, {"errors", errors()}, {"saved", saved}};
}

} // namespace ssprotect::app
