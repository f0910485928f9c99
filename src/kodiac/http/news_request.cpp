#include "news_request.h"

#include "../wire/text.h"

#include <algorithm>

#include <nlohmann/json.hpp>

namespace ssprotect::kodiac::http {
namespace {

constexpr std::string_view kOperation = "events.list";
constexpr std::int64_t kMostSeconds = 25;

std::int64_t wholeNumber(const Json& object, const char* name) {
    const auto found = object.find(name);
    return found != object.end() && found->is_number_integer() ? found->get<std::int64_t>() : 0;
}

} // namespace

Duration patienceOf(const Call& call) {
    Json request;
    std::size_t members = 0;
    if (call.operation != kOperation || !wire::parseBody(call.body, request, members) || !request.is_object())
        return {};
    // Who asks from "before the first" wants only to know the newest number.
    if (wholeNumber(request, "after") < 0)
        return {};
    return std::chrono::seconds(std::clamp<std::int64_t>(wholeNumber(request, "waitSeconds"), 0, kMostSeconds));
}

bool hasNoNews(const Reply& reply) {
    Json response;
    std::size_t members = 0;
    if (!wire::parseBody(reply.body, response, members) || !response.is_object())
        return false;
    const auto rows = response.find("rows");
    const auto missed = response.find("missed");
    return rows != response.end() && rows->is_array() && rows->empty() &&
           (missed == response.end() || !missed->is_boolean() || !missed->get<bool>());
}

} // namespace ssprotect::kodiac::http
