#include "head_text.h"

#include <string>

namespace ssprotect::kodiac::http {
namespace {

constexpr std::string_view kEnd = "\r\n";
constexpr std::string_view kAlways = "Cache-Control: no-store\r\n"
                                     "X-Content-Type-Options: nosniff\r\n"
                                     "X-Frame-Options: DENY\r\n"
                                     "Referrer-Policy: no-referrer\r\n"
                                     "Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'; "
                                     "frame-ancestors 'none'; base-uri 'none'; form-action 'none'\r\n"
                                     "Strict-Transport-Security: max-age=31536000\r\n";

std::string_view phraseOf(int status) {
    switch (status) {
    case 200:
        return "OK";
    case 400:
        return "Bad Request";
    case 401:
        return "Unauthorized";
    case 403:
        return "Forbidden";
    case 404:
        return "Not Found";
    case 405:
        return "Method Not Allowed";
    case 409:
        return "Conflict";
    case 411:
        return "Length Required";
    case 413:
        return "Content Too Large";
    case 417:
        return "Expectation Failed";
    case 422:
        return "Unprocessable Content";
    case 429:
        return "Too Many Requests";
    case 431:
        return "Request Header Fields Too Large";
    case 503:
        return "Service Unavailable";
    case 505:
        return "HTTP Version Not Supported";
    default:
        return "Internal Server Error";
    }
}

void appendTexts(WipedBytes& to, std::initializer_list<std::string_view> parts) {
    for (const std::string_view part : parts)
        to.insert(to.end(), part.begin(), part.end());
}

} // namespace

WipedBytes wholeReply(const ReplyHead& head, ByteView body) {
    WipedBytes text;
    text.reserve(1024 + body.size());
    appendTexts(text, {"HTTP/1.1 ", std::to_string(head.status), " ", phraseOf(head.status), kEnd});
    appendTexts(text, {"Content-Type: ", head.type, kEnd});
    appendTexts(text, {"Content-Length: ", std::to_string(body.size()), kEnd, kAlways});
    if (head.status == 401)
        appendTexts(text, {"WWW-Authenticate: Bearer", kEnd});
    if (!head.allow.empty())
        appendTexts(text, {"Allow: ", head.allow, kEnd});
    if (head.retryLater)
        appendTexts(text, {"Retry-After: 1", kEnd});
    if (head.close)
        appendTexts(text, {"Connection: close", kEnd});
    appendTexts(text, {kEnd, ssprotect::textOf(body)});
    return text;
}

WipedBytes wholeRequest(std::string_view host, std::string_view operation, const CallText& call) {
    WipedBytes text;
    text.reserve(1024 + call.body.size());
    appendTexts(text, {"POST ", kOperationPrefix, operation, " HTTP/1.1", kEnd, "Host: ", host, kEnd});
    appendTexts(text, {ssprotect::textOf(call.fields)});
    appendTexts(text, {"Content-Type: ", call.type, kEnd});
    appendTexts(text, {"Content-Length: ", std::to_string(call.body.size()), kEnd, kEnd});
    appendTexts(text, {ssprotect::textOf(call.body)});
    return text;
}

WipedBytes wholeGet(std::string_view host, std::string_view target) {
    WipedBytes text;
    appendTexts(text, {"GET ", target, " HTTP/1.1", kEnd, "Host: ", host, kEnd, kEnd});
    return text;
}

} // namespace ssprotect::kodiac::http
