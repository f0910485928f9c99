#include "open_methods.h"

#include "describe.h"
#include "params.h"
#include "ssprotect/ipc/path_text.h"
#include "ssprotect/platform/shown_path.h"

#include <nlohmann/json.hpp>

namespace ssprotect::app {
namespace {

struct OpenOrder {
    managed::OpenOptions options;
    bool wait = true;
};

Result<OpenOrder> orderFrom(const Json& params) {
    ipc::Fields fields(params);
    const auto path = fields.text("path");
    OpenOrder order;
    order.options.program = fields.optionalTexts("program");
    order.wait = fields.flag("wait", true);
    if (auto complete = accepted(fields); !complete)
        return std::move(complete).error();
    auto resolved = pathFrom(path);
    if (!resolved)
        return std::move(resolved).error();
    order.options.path = std::move(*resolved);
    return order;
}

managed::WhenClosed replyWhenClosed(Reply reply) {
    return [reply = std::move(reply)](const managed::Closed& closed) { reply(closedJson(closed)); };
}

} // namespace

void OpenMethods::addTo(MethodTable& methods) {
    using Needs = MethodTable::Needs;
    methods.addLong("open", Needs::session,
                    [this](Invocation call, const Reply& reply) { open(std::move(call), reply); });
    // Closing needs no session (PROT-14).
    methods.addLong("finish", Needs::nothing,
                    [this](Invocation call, const Reply& reply) { finish(std::move(call), reply); });
    methods.add("opened", Needs::nothing, [this](Invocation& call) { return opened(call); });
}

void OpenMethods::open(Invocation invocation, const Reply& reply) {
    auto order = orderFrom(*invocation.params);
    if (!order)
        return reply(std::move(order).error());
    const auto path = order->options.path;
    // Told before anybody is asked for an acknowledgement.
    if (auto may = rooms_.managed.mayOpen(order->options); !may)
        return reply(std::move(may).error());
    if (auto agreed =
            rooms_.requireAcknowledgement(*invocation.client, {"open", {platform::shownPath(path.filename())}, 1});
        !agreed)
        return reply(std::move(agreed).error());
    auto opened = rooms_.managed.open(
        order->options, order->wait ? replyWhenClosed(reply) : [](const managed::Closed&) {});
    if (!opened)
        return reply(std::move(opened).error());
    invocation.client->notify("open.launched", {{"path", ipc::pathToText(path)}, {"workspace", nullptr}});
    if (!order->wait)
        reply(Json{{"path", ipc::pathToText(path)},
                   {"file_id", opened->file.hex()},
                   {"version", opened->version},
                   {"changed", false},
                   {"conflict", nullptr},
                   {"state", "opened"}});
}

void OpenMethods::finish(Invocation invocation, const Reply& reply) {
    ipc::Fields fields(*invocation.params);
    const auto text = fields.text("path");
    if (auto complete = accepted(fields); !complete)
        return reply(std::move(complete).error());
    auto path = pathFrom(text);
    if (!path)
        return reply(std::move(path).error());
    if (auto begun = rooms_.managed.finish(*path, replyWhenClosed(reply)); !begun)
        reply(std::move(begun).error());
}

Result<Json> OpenMethods::opened(Invocation& invocation) {
    ipc::Fields fields(*invocation.params);
    if (auto complete = accepted(fields); !complete)
        return std::move(complete).error();
    return openedJson(rooms_.managed.opened());
}

} // namespace ssprotect::app
