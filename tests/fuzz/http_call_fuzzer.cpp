#include "kodiac/http/call_form.h"

#include <cstdlib>

/// Requests and replies of the HTTPS interface as a hostile peer writes them. The first byte says which it is. Of a
/// request the first line is the operation, the next ones are fields, and after an empty line comes the body; of a
/// reply the first line is the type.
namespace ssprotect::kodiac::http {
namespace {

void require(bool ok) {
    if (!ok)
        std::abort();
}

std::string_view takeLine(std::string_view& text) {
    const auto end = text.find('\n');
    const auto line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    return line;
}

// What was read must be what is sent on.
void requireSameAgain(const Call& call) {
    const auto sent = textOf(call);
    require(sent.ok());
    std::vector<Field> fields{{"Content-Type", sent->type}};
    std::string_view lines = ssprotect::textOf(sent->fields);
    while (!lines.empty()) {
        std::string_view line = takeLine(lines);
        require(line.ends_with('\r'));
        line.remove_suffix(1);
        const auto colon = line.find(": ");
        require(colon != std::string_view::npos);
        fields.push_back({line.substr(0, colon), line.substr(colon + 2)});
    }
    const auto again = callOf(call.operation, fields, sent->body);
    require(again.ok() && requestHash(*again) == requestHash(call) && again->code == call.code);
}

void readRequest(std::string_view text) {
    const auto operation = takeLine(text);
    std::vector<Field> fields;
    while (!text.empty()) {
        const auto line = takeLine(text);
        if (line.empty())
            break;
        const auto colon = line.find(':');
        fields.push_back({line.substr(0, colon), colon == std::string_view::npos ? "" : line.substr(colon + 1)});
    }
    const auto call = callOf(operation, fields, viewOf(text));
    if (call)
        requireSameAgain(*call);
    else
        require(call.error().code == ErrorCode::invalidInput);
}

void readReply(int status, std::string_view text) {
    const auto type = takeLine(text);
    const auto reply = replyOf(status, type, viewOf(text));
    if (!reply)
        return;
    const ReplyText sent = textOf(*reply);
    const auto again = replyOf(sent.status, sent.type, sent.body);
    require(again.ok() && again->body == reply->body && again->secrets.size() == reply->secrets.size());
}

} // namespace
} // namespace ssprotect::kodiac::http

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace ssprotect::kodiac::http;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    if (text.empty())
        return 0;
    if (text[0] == 'q')
        readRequest(text.substr(1));
    else
        readReply(text[0] == 'e' ? 403 : 200, text.substr(1));
    return 0;
}
