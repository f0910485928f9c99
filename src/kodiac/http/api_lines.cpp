#include "api_lines.h"

#include "../wire/words.h"

namespace ssprotect::kodiac::http {
namespace {

using wire::Schema;

std::string bytesText(const Schema& schema) {
    if (schema.least != 0 && schema.least == schema.most)
        return "base64 of " + std::to_string(schema.most) + " bytes";
    if (schema.most != 0)
        return "base64 of at most " + std::to_string(schema.most) + " bytes";
    return "base64";
}

std::string wordsText(const Schema& schema) {
    std::string text;
    for (const auto& word : schema.words)
        text += (text.empty() ? "\"" : ", \"") + word + "\"";
    return "one of " + text;
}

std::string typeText(const Schema& schema) {
    switch (schema.kind) {
    case Schema::Kind::text:
        return schema.most == 0 ? "text" : "text of at most " + std::to_string(schema.most) + " bytes";
    case Schema::Kind::boolean:
        return "true or false";
    case Schema::Kind::integer:
        return schema.negative ? "whole number" : "whole number from 0 to " + std::to_string(schema.greatest);
    case Schema::Kind::time:
        return "Unix time in milliseconds";
    case Schema::Kind::base64:
        return bytesText(schema);
    case Schema::Kind::id:
        return "id, 32 hex digits";
    case Schema::Kind::word:
        return wordsText(schema);
    case Schema::Kind::object:
        return "object";
    case Schema::Kind::list:
        return "list of at most " + std::to_string(schema.most);
    }
    return {};
}

void addLines(std::vector<FieldLine>& lines, const Schema& object, const std::string& place) {
    for (const auto& field : object.fields) {
        const std::string name = place + field.name;
        lines.push_back({name, typeText(field.schema), field.optional});
        addLines(lines, field.schema, name + ".");
        if (field.schema.kind != Schema::Kind::list)
            continue;
        const Schema& item = field.schema.item.front();
        if (item.kind == Schema::Kind::object)
            addLines(lines, item, name + "[].");
        else
            lines.push_back({name + "[]", typeText(item), false});
    }
}

} // namespace

std::vector<FieldLine> fieldLines(const wire::MessageSchema& message) {
    std::vector<FieldLine> lines;
    addLines(lines, message.object, "");
    return lines;
}

std::vector<std::string> secretLines(const wire::MessageSchema& message) {
    std::vector<std::string> lines;
    for (const auto& secret : message.secrets) {
        std::string line = std::to_string(secret.bytes) + " bytes";
        if (secret.least != 0)
            line = std::to_string(secret.least) + " to " + line;
        if (!secret.belongsTo.empty())
            line += ", of " + secret.belongsTo;
        if (secret.mayBeEmpty)
            line += "; empty when there is none";
        lines.push_back(std::move(line));
    }
    return lines;
}

std::vector<std::string> ruleLines(const Operation& operation) {
    std::vector<std::string> lines;
    lines.emplace_back(operation.session ? "in a session" : "before a session");
    if (operation.code == CodeRule::always)
        lines.emplace_back("with counter and code");
    if (operation.code == CodeRule::whenEnrolled)
        lines.emplace_back("with counter and code from an enrolled host");
    if (operation.unattended)
        lines.emplace_back("beside a token, of the host's own secret too");
    if (operation.privileged)
        lines.emplace_back("for Privileged Users");
    if (operation.lock)
        lines.push_back("under the edit lock \"" + std::string(wire::Words<EditLock>::of(*operation.lock)) + "\"");
    if (operation.beforeEnrolment && operation.session)
        lines.emplace_back("without a code from a host that is not enrolled yet");
    if (operation.beforeKeyExport && operation.session)
        lines.emplace_back("also before the keys were exported");
    return lines;
}

std::vector<std::string> introduction() {
    return {
        "Every operation is a POST to /v1/ and its name, over TLS 1.3 and HTTP/1.1. The body is the request as a JSON "
        "object (application/json). Secrets never stand in it: where some belong to it, a line feed follows it and one "
        "line with a JSON array of them in base64, in the order given here (application/x-ndjson). Answers have the "
        "same form. Unknown, missing or repeated fields, wrong types or sizes are refused (invalid-input).",
        "Who calls stands in the head: SSProtect-Account, SSProtect-Host and SSProtect-Session (ids in hex), "
        "Authorization: Bearer and the session's token in base64. The second factor: SSProtect-Counter and "
        "SSProtect-Code. The same counter with the same request is answered again, and done once.",
        "A failure has the status of its class and the body {\"error\":{\"code\",\"message\"}}: 400 the request is "
        "wrong, "
        "401 not logged in or the second factor is missing or refused, 403 refused by a rule, 404 not found, 409 "
        "conflict, "
        "422 integrity, 429 too fast, 500 KODiAC failed, 503 KODiAC is busy or its database away. With Retry-After the "
        "request was not looked at and may be sent again.",
        "A login's proof covers the tls-exporter value (RFC 9266) of the connection that login.finish comes on: no "
        "proxy "
        "may end TLS in between. Ids are 32 hex digits, other bytes base64, times Unix milliseconds.",
        "Besides: GET / (this), /openapi.json, /healthz, and /ca/next, the announcement of the next certificate "
        "authority, signed by the present one.",
    };
}

} // namespace ssprotect::kodiac::http
