#include "shell_methods.h"

#include "params.h"
#include "shell_errand.h"

#include <nlohmann/json.hpp>

namespace ssprotect::app {
namespace {

/// PROT-9: more go to Bulk Conversion.
constexpr std::size_t kMostAtOnce = 15;
constexpr std::size_t kMostPaths = 100'000;

bool isVerb(std::string_view verb) {
    return verb == "open" || verb == "activate" || verb == "release" || verb == "versions";
}

} // namespace

void ShellMethods::addTo(MethodTable& methods) {
    methods.add("shell.run", MethodTable::Needs::nothing, [this](Invocation& call) { return run(call); });
}

void ShellMethods::clientGone(const Client& client) {
    std::lock_guard lock(mutex_);
    gathered_.erase(&client);
}

Result<Json> ShellMethods::run(Invocation& invocation) {
    ipc::Fields fields(*invocation.params);
    const auto verb = fields.text("verb");
    auto texts = fields.texts("paths");
    const bool more = fields.flag("more", false);
    if (auto complete = accepted(fields); !complete)
        return std::move(complete).error();
    if (!isVerb(verb))
        return makeError(ErrorCode::usage, "the file manager can't ask for '" + verb + "'");
    for (const auto& text : texts)
        if (auto path = givenPath(text); !path)
            return std::move(path).error();
    auto selection = gather(*invocation.client, std::move(texts), more);
    if (!selection)
        return std::move(selection).error();
    const auto count = selection->size();
    if (!more)
        if (auto begun = begin(verb, std::move(*selection)); !begun)
            return std::move(begun).error();
    return Json{{"accepted", count}};
}

/// A selection may not fit into one frame: `more` announces that another part follows.
Result<std::vector<std::string>> ShellMethods::gather(const Client& client, std::vector<std::string> texts, bool more) {
    std::lock_guard lock(mutex_);
    auto& selection = gathered_[&client];
    selection.insert(selection.end(), std::make_move_iterator(texts.begin()), std::make_move_iterator(texts.end()));
    if (selection.size() > kMostPaths) {
        gathered_.erase(&client);
        return makeError(ErrorCode::refused, "too many files are selected; choose their folder instead");
    }
    if (more)
        return selection;
    auto whole = std::move(selection);
    gathered_.erase(&client);
    return whole;
}

Status ShellMethods::servable() const {
    if (rooms_.events.windows() != nullptr)
        return {};
    auto work = rooms_.desk.require();
    return work ? Status{} : Status{std::move(work).error()};
}

Status ShellMethods::begin(const std::string& verb, std::vector<std::string> texts) {
    if (texts.empty())
        return makeError(ErrorCode::usage, "no file is selected");
    if (verb == "versions")
        return showVersions(texts);
    if (auto may = servable(); !may)
        return may;
    return verb == "open" ? open(std::move(texts)) : convert(verb, std::move(texts));
}

Status ShellMethods::open(std::vector<std::string> texts) {
    if (texts.size() > kMostAtOnce)
        return makeError(ErrorCode::refused, "more than 15 files are selected; open fewer at a time");
    openInTurn(rooms_, methods_, std::move(texts));
    return {};
}

Status ShellMethods::convert(const std::string& operation, std::vector<std::string> texts) {
    const auto windows = rooms_.events.windows();
    const auto isFolder = [&](const std::string& text) {
        const auto path = givenPath(text);
        const auto info = path ? rooms_.outside.files.info(*path) : Result<platform::FileInfo>(path.error());
        return info && info->kind == platform::FileKind::directory;
    };
    if (windows != nullptr && (texts.size() > kMostAtOnce || std::ranges::any_of(texts, isFolder))) {
        windows->notify("shell.window", {{"window", "conversion"}, {"operation", operation}, {"paths", texts}});
        return {};
    }
    convertTogether(rooms_, methods_, operation, std::move(texts));
    return {};
}

Status ShellMethods::showVersions(const std::vector<std::string>& texts) {
    const auto windows = rooms_.events.windows();
    if (windows == nullptr)
        return makeError(ErrorCode::refused,
                         "the tray process runs without windows; use 'ssprotect versions' on the command line");
    windows->notify("shell.window", {{"window", "versions"}, {"path", texts.front()}});
    return {};
}

} // namespace ssprotect::app
