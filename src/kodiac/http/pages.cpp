#include "pages.h"

#include "server_core.h"
#include "ssprotect/base/encoding.h"
#include "ssprotect/base/json.h"
#include "ssprotect/kodiac/http/api.h"

#include <nlohmann/json.hpp>

namespace ssprotect::kodiac::http {
namespace {

constexpr std::string_view kHtmlType = "text/html; charset=utf-8";

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

StandingPages makeStandingPages() { return {apiPage(), openApiDocument().dump()}; }

Answer pageFor(const ServerCore& core, std::string_view target) {
    if (target == "/healthz")
        return health(core);
    if (target == "/ca/next")
        return nextAuthority(core);
    if (target == "/")
        return page(200, kHtmlType, core.pages.html);
    if (target == "/openapi.json")
        return page(200, kJsonType, core.pages.openApi);
    return answerOf(makeError(ErrorCode::notFound, "there is no such page"));
}

} // namespace ssprotect::kodiac::http
