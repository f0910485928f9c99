#include "open_command.h"

#include "acknowledgement.h"
#include "interrupts.h"
#include "ssprotect/ipc/fields.h"
#include "ssprotect/platform/shown_path.h"
#include "ssprotect/platform/terminal.h"
#include "table.h"
#include "text.h"

#include <algorithm>

#include <nlohmann/json.hpp>

namespace ssprotect::cli {
namespace {

class Waiting final : public Acknowledging {
public:
    Waiting(Context& context, Tray& tray) : Acknowledging(context), context_(context), interrupts_(tray.pipe()) {}

    void onNotification(std::string_view method, const Json& params) override {
        Acknowledging::onNotification(method, params);
        if (method == "open.launched" && platform::isTerminal(platform::StandardStream::error))
            context_.output.remark("Open. Waiting until it is closed; Ctrl-C stops the waiting only.");
    }
    bool onWake() override { return false; }
    bool interrupted() const { return interrupts_.count() > 0; }

private:
    Context& context_;
    Interrupts interrupts_;
};

/// What `open` and `finish` end with.
struct Closed {
    std::string path;
    std::uint64_t version = 0;
    bool changed = false;
    std::string conflict; ///< where the other content lies; empty: none
    std::string state;
};

Result<Closed> closedFrom(const Json& result) {
    ipc::Fields fields(result);
    Closed closed;
    closed.path = fields.text("path");
    closed.version = fields.optionalNumber("version").value_or(0);
    closed.changed = fields.flag("changed", false);
    closed.conflict = fields.optionalText("conflict").value_or("");
    closed.state = fields.optionalText("state").value_or("protected");
    if (const auto status = fields.usable(); !status)
        return makeError(ErrorCode::internal,
                         "the tray process answered in a way that cannot be read: " + status.error().message);
    return closed;
}

void describe(const Output& output, const Closed& closed) {
    const auto path = shownPathText(closed.path);
    const auto version = "v" + std::to_string(closed.version);
    if (closed.state == "pending")
        output.line(path + ": KODiAC is out of reach; the content is sealed on disk and stored as soon as it answers");
    else if (closed.state == "opened")
        output.line(path + ": open, " + version);
    else if (closed.state == "unchanged")
        output.line(path + ": unchanged, still " + version);
    else
        output.line(path + ": protected as " + version + (closed.changed ? "" : ", content unchanged"));
    if (!closed.conflict.empty())
        output.line("The protected file changed while it was open. Both are kept; the second is " +
                    shownPathText(closed.conflict));
}

Outcome report(const Output& output, const Json& result) {
    const auto closed = closedFrom(result);
    if (!closed)
        return closed.error();
    output.object(result);
    describe(output, *closed);
    if (closed->state == "pending")
        return exitCodeOf(ErrorCode::pending);
    return closed->conflict.empty() ? kDone : exitCodeOf(ErrorCode::conflict);
}

/// A program named with a folder is meant from the current one, not from the tray process's.
std::vector<std::string> programFrom(std::vector<std::string> program) {
    if (!program.empty() && pathOf(program.front()).has_parent_path())
        program.front() = absoluteText(program.front());
    return program;
}

} // namespace

Outcome openDocument(Context& context, const OpenOptions& options) {
    auto tray = Tray::connect(context);
    if (!tray)
        return std::move(tray).error();
    Json params = {{"path", absoluteText(options.path)}, {"wait", options.wait}};
    if (!options.program.empty())
        params["program"] = programFrom(options.program);
    Waiting waiting(context, *tray);
    const auto result = tray->call("open", params, {}, &waiting);
    if (!result && waiting.interrupted())
        return makeError(ErrorCode::cancelled, "not waiting any more; the document stays open and is protected when it "
                                               "is closed, or now with 'ssprotect finish'");
    if (!result)
        return result.error();
    return report(context.output, *result);
}

Outcome finishDocument(Context& context, const std::string& path) {
    auto tray = Tray::connect(context);
    if (!tray)
        return std::move(tray).error();
    const auto result = tray->call("finish", {{"path", absoluteText(path)}});
    if (!result)
        return result.error();
    return report(context.output, *result);
}

Outcome listOpened(Context& context) {
    auto tray = Tray::connect(context);
    if (!tray)
        return std::move(tray).error();
    const auto result = tray->call("opened", Json::object());
    if (!result)
        return result.error();
    ipc::Fields list(*result);
    Table table({"SINCE", "STATE", "VERSION", "PROGRAM", "FILE"});
    for (const auto* row : list.objects("opened")) {
        ipc::Fields fields(*row);
        const auto path = fields.text("path");
        const auto version = fields.optionalNumber("version");
        table.add({timeText(fields.optionalText("since").value_or("-")),
                   platform::shownText(fields.optionalText("state").value_or("-")),
                   version ? "v" + std::to_string(*version) : "-",
                   platform::shownText(fields.optionalText("program").value_or("-")), shownPathText(path)});
        if (const auto status = fields.usable(); !status)
            return makeError(ErrorCode::internal, "an open document cannot be read: " + status.error().message);
    }
    if (const auto status = list.usable(); !status)
        return makeError(ErrorCode::internal, "the list cannot be read: " + status.error().message);
    context.output.object(*result);
    context.output.text(table.empty() ? "No document is open.\n" : table.text());
    return kDone;
}

} // namespace ssprotect::cli
