#include "request_check.h"

#include <algorithm>

#include <boost/beast/http/error.hpp>

namespace ssprotect::kodiac::http {
namespace {

namespace beast_http = boost::beast::http;

constexpr unsigned kVersion = 11;

std::string_view view(boost::beast::string_view text) { return {text.data(), text.size()}; }

bool isNumber(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::optional<Refusal> checkLength(const RequestParser& parser) {
    const auto& head = parser.get();
    if (head.count(beast_http::field::transfer_encoding) != 0)
        return Refusal{411, "the request must say its length; transfer codings are not taken"};
    const auto lengths = head.count(beast_http::field::content_length);
    if (lengths > 1 || (lengths == 1 && !isNumber(view(head[beast_http::field::content_length]))))
        return Refusal{400, "the request says its length twice or not in digits"};
    if (head.method() == beast_http::verb::post && lengths == 0)
        return Refusal{411, "the request must say its length"};
    if (head.method() == beast_http::verb::get && lengths == 1 && parser.content_length().value_or(0) != 0)
        return Refusal{400, "a GET has no body"};
    return std::nullopt;
}

} // namespace

std::string_view operationOf(std::string_view target) {
    return target.starts_with(kOperationPrefix) ? target.substr(kOperationPrefix.size()) : std::string_view();
}

std::optional<Refusal> checkHead(const RequestParser& parser) {
    const auto& head = parser.get();
    if (head.version() != kVersion)
        return Refusal{505, "HTTP/1.1 is spoken here"};
    if (head.count(beast_http::field::host) != 1)
        return Refusal{400, "the request must name the host once"};
    if (head.count(beast_http::field::expect) != 0)
        return Refusal{417, "send the body without waiting"};
    if (auto refusal = checkLength(parser))
        return refusal;
    if (!view(head.target()).starts_with('/'))
        return Refusal{400, "the target must be a path"};
    const bool isOperation = !operationOf(view(head.target())).empty();
    const auto wanted = isOperation ? beast_http::verb::post : beast_http::verb::get;
    if (head.method() != wanted)
        return Refusal{405, "this is not the method for this path", isOperation ? "POST" : "GET"};
    return std::nullopt;
}

std::optional<Refusal> refusalOf(const boost::system::error_code& fault) {
    using Fault = beast_http::error;
    const boost::system::error_code example = Fault::bad_target;
    if (fault.category() != example.category() || fault == Fault::end_of_stream || fault == Fault::partial_message)
        return std::nullopt;
    if (fault == Fault::header_limit || fault == Fault::buffer_overflow)
        return Refusal{431, "the head of the request is too long"};
    if (fault == Fault::body_limit)
        return Refusal{413, "the request is too long"};
    return Refusal{400, "this is no HTTP request"};
}

std::vector<Field> fieldsOf(const RequestParser& parser) {
    std::vector<Field> fields;
    for (const auto& field : parser.get())
        fields.push_back({view(field.name_string()), view(field.value())});
    return fields;
}

} // namespace ssprotect::kodiac::http
