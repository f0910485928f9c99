#pragma once

#include "call_form.h"

#include <optional>

#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/vector_body.hpp>

namespace ssprotect::kodiac::http {

using WipedBody = boost::beast::http::vector_body<Byte, WipingAllocator<Byte>>;
using RequestParser = boost::beast::http::request_parser<WipedBody, WipingAllocator<char>>;

struct Refusal {
    int status = 400;
    std::string_view message;
    std::string_view allow = {}; ///< the method that the path takes, for 405
};

/// What a head must be before its body is read: HTTP/1.1 with one Host and a length, no transfer coding, a target that
/// is a path here. Anything by which two readers could see two different requests is refused.
std::optional<Refusal> checkHead(const RequestParser& parser);

/// What to say of a head or body that could not be read; none when there is nobody to say it to.
std::optional<Refusal> refusalOf(const boost::system::error_code& fault);

/// The fields, as long as the parser lives.
std::vector<Field> fieldsOf(const RequestParser& parser);

/// "/v1/file.open" → "file.open"; empty for another path.
std::string_view operationOf(std::string_view target);

} // namespace ssprotect::kodiac::http
