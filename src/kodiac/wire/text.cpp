#include "text.h"

#include "ssprotect/kodiac/wire.h"

#include <algorithm>

#include <nlohmann/json.hpp>

namespace ssprotect::kodiac::wire {
namespace {

// Both are more than any message has, and bound what a hostile body makes us build: a value of two bytes (`0,`) takes
// fifty in memory.
constexpr int kDeepest = 8;
constexpr std::size_t kMostValues = 2'000'000;

struct Shape {
    std::size_t values = 1;
    std::size_t members = 0;
    int depth = 0;
};

Shape shapeOf(std::string_view body) {
    Shape shape;
    int depth = 0;
    bool inText = false;
    for (std::size_t i = 0; i < body.size(); ++i) {
        const char c = body[i];
        if (inText) {
            if (c == '\\')
                ++i;
            else if (c == '"')
                inText = false;
        } else if (c == '"') {
            inText = true;
        } else if (c == ',') {
            ++shape.values;
        } else if (c == ':') {
            ++shape.members;
        } else if (c == '{' || c == '[') {
            ++shape.values;
            shape.depth = std::max(shape.depth, ++depth);
        } else if (c == '}' || c == ']') {
            --depth;
        }
    }
    return shape;
}

} // namespace

Status parseBody(std::string_view body, Json& to, std::size_t& members) {
    if (body.size() > kLargestReply)
        return makeError(ErrorCode::invalidInput, "the message is too big");
    const Shape shape = shapeOf(body);
    if (shape.depth > kDeepest)
        return makeError(ErrorCode::invalidInput, "the message is nested too deep");
    if (shape.values > kMostValues)
        return makeError(ErrorCode::invalidInput, "the message holds too many values");
    to = Json::parse(body.begin(), body.end(), nullptr, false);
    if (to.is_discarded())
        return makeError(ErrorCode::invalidInput, "the message is not JSON");
    members = shape.members;
    return {};
}

std::string bodyText(const Json& object) { return object.dump(-1, ' ', false, Json::error_handler_t::replace); }

std::string quoted(const std::string& text) { return bodyText(text); }

} // namespace ssprotect::kodiac::wire
