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
    if (states->size() > kodiac::kMostSavedAtOnce)
        return makeError(ErrorCode::invalidInput, "the file has " + std::to_string(states->size()) +
                                                      " accounts; at most " + std::to_string(kodiac::kMostSavedAtOnce) +
                                                      " are saved at once: divide it");
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
    std::vector<session::Administration::Edit> edits;
    std::vector<kodiac::EditUsers::Added> added;
    for (const auto& state : states_) {
        if (state.isNew())
            added.push_back({state.email, state.changes});
        else if (state.changesAnything())
            edits.push_back({state.email, state.changes});
    }
    auto saved = administration_.saveAll(edits, added);
    return saved ? saved : withItsLine(saved.error());
}

Error UserImport::withItsLine(const Error& error) const {
    for (const auto& state : states_)
        if (error.message.starts_with(state.email + ':'))
            return makeError(error.code, "line " + std::to_string(state.row) + ": " + error.message);
    return error;
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
