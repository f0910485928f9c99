#include "pages.h"

#include "server_core.h"
#include "ssprotect/base/encoding.h"
#include "ssprotect/base/json.h"

#include <nlohmann/json.hpp>

namespace ssprotect::kodiac::http {
namespace {

Answer page(int status, std::string_view type, std::string_view text) {
    return {{status, type, WipedBytes(text.begin(), text.end())}, status == 200 ? "ok" : "not-found"};
}

Answer health(const ServerCore& core) {
    const auto healthy = core.environment.healthy ? core.environment.healthy() : Status();
    if (healthy)
        return page(200, kJsonType, R"({"status":"ok"})");
    Answer ill = page(503, kJsonType, R"({"status":"the database does not answer"})");
    ill.result = healthy.error().word();
    return ill;
}

Answer nextAuthority(const ServerCore& core) {
    const auto next = core.nextAuthority();
    if (!next)
        return answerOf(makeError(ErrorCode::notFound, "no other certificate authority is planned"));
    const Json body{{"certificate", next->certificate}, {"signature", toBase64(next->signature)}};
    return page(200, kJsonType, body.dump());
}

} // namespace

Answer pageFor(const ServerCore& core, std::string_view target) {
    if (target == "/healthz")
        return health(core);
    if (target == "/ca/next")
        return nextAuthority(core);
    return answerOf(makeError(ErrorCode::notFound, "there is no such page"));
}

} // namespace ssprotect::kodiac::http
