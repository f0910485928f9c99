#include "wire_text.h"

#include "ssprotect/kodiac/wire.h"

#include <algorithm>

#include <nlohmann/json.hpp>

namespace ssprotect::kodiac::wire {
namespace {

constexpr int kDeepest = 8; // deeper than any message: bounds what a hostile body makes us build

struct Shape {
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
        } else if (c == ':') {
            ++shape.members;
        } else if (c == '{' || c == '[') {
            shape.depth = std::max(shape.depth, ++depth);
        } else if (c == '}' || c == ']') {
            --depth;
        }
    }
    return shape;
}

} // namespace

Status parseBody(std::string_view body, Json& to, std::size_t& members) {
    if (body.size() > kLargestBody)
        return makeError(ErrorCode::invalidInput, "the message is too big");
    const Shape shape = shapeOf(body);
    if (shape.depth > kDeepest)
        return makeError(ErrorCode::invalidInput, "the message is nested too deep");
    to = Json::parse(body.begin(), body.end(), nullptr, false);
    if (to.is_discarded())
        return makeError(ErrorCode::invalidInput, "the message is not JSON");
    members = shape.members;
    return {};
}

std::string bodyText(const Json& object) { return object.dump(-1, ' ', false, Json::error_handler_t::replace); }

} // namespace ssprotect::kodiac::wire
