#include "ssprotect/app/method_table.h"

#include "ssprotect/app/workers.h"

#include <nlohmann/json.hpp>

namespace ssprotect::app {

MethodTable::MethodTable(Workers& workers, std::function<Status()> hasSession, Around around)
    : workers_(workers), hasSession_(std::move(hasSession)), around_(std::move(around)) {}

void MethodTable::add(std::string name, Needs needs, Handler handler) {
    addLong(std::move(name), needs,
            [handler = std::move(handler)](Invocation invocation, const Reply& reply) { reply(handler(invocation)); });
}

void MethodTable::addLong(std::string name, Needs needs, LongHandler handler) {
    Method method{name, needs, std::move(handler)};
    methods_.insert_or_assign(std::move(name), std::move(method));
}

bool MethodTable::knows(std::string_view name) const { return methods_.contains(name); }

void MethodTable::call(std::string_view name, Invocation invocation, Reply reply) {
    const auto found = methods_.find(name);
    if (found == methods_.end())
        return reply(makeError(ErrorCode::usage, "there is no method '" + std::string(name) + "'"));
    // A std::function wants a copyable task; the invocation owns secrets and is not.
    auto shared = std::make_shared<Invocation>(std::move(invocation));
    workers_.run([this, method = &found->second, shared, reply = std::move(reply)] {
        enter(*method, std::move(*shared), reply);
    });
}

void MethodTable::enter(const Method& method, Invocation invocation, const Reply& reply) {
    if (method.needs == Needs::nothing)
        return handle(method, std::move(invocation), reply);
    auto session = hasSession_();
    if (session)
        return handle(method, std::move(invocation), reply);
    // A session that must export its keys first is there; another login would not change that.
    if (session.error().code != ErrorCode::notLoggedIn)
        return reply(std::move(session).error());
    auto shared = std::make_shared<Invocation>(std::move(invocation));
    shared->client->offerLogin([this, method = &method, shared, reply, error = session.error()](bool loggedIn) {
        if (!loggedIn)
            return reply(error);
        workers_.run([this, method, shared, reply] { handle(*method, std::move(*shared), reply); });
    });
}

void MethodTable::handle(const Method& method, Invocation invocation, const Reply& reply) const {
    if (!around_)
        return method.handler(std::move(invocation), reply);
    const auto client = invocation.client;
    around_(method.name, client, [&] { method.handler(std::move(invocation), reply); });
}

} // namespace ssprotect::app
