#include "../operation_table.h"
#include "../wire/limits.h"
#include "api_lines.h"
#include "call_form.h"
#include "caller_fields.h"
#include "ssprotect/kodiac/http/api.h"

#include <nlohmann/json.hpp>

namespace ssprotect::kodiac::http {
namespace {

using wire::Schema;

/// Characters of base64 for so many bytes.
std::size_t base64Size(std::size_t bytes) { return (bytes + 2) / 3 * 4; }

Json schemaJson(const Schema& schema);

Json base64Json(const Schema& schema) {
    Json json{{"type", "string"}, {"contentEncoding", "base64"}};
    if (schema.least != 0)
        json["minLength"] = base64Size(schema.least);
    if (schema.most != 0)
        json["maxLength"] = base64Size(schema.most);
    return json;
}

Json integerJson(const Schema& schema) {
    Json json{{"type", "integer"}, {"maximum", schema.greatest}};
    if (!schema.negative)
        json["minimum"] = 0;
    return json;
}

Json objectJson(const Schema& schema) {
    Json json{{"type", "object"}, {"additionalProperties", false}, {"properties", Json::object()}};
    Json required = Json::array();
    for (const auto& field : schema.fields) {
        json["properties"][field.name] = schemaJson(field.schema);
        if (!field.optional)
            required.push_back(field.name);
    }
    if (!required.empty())
        json["required"] = std::move(required);
    return json;
}

Json schemaJson(const Schema& schema) {
    switch (schema.kind) {
    case Schema::Kind::text:
        return schema.most == 0 ? Json{{"type", "string"}} : Json{{"type", "string"}, {"maxLength", schema.most}};
    case Schema::Kind::boolean:
        return {{"type", "boolean"}};
    case Schema::Kind::integer:
        return integerJson(schema);
    case Schema::Kind::time:
        return {{"type", "integer"}, {"description", "Unix time in milliseconds"}};
    case Schema::Kind::base64:
        return base64Json(schema);
    case Schema::Kind::id:
        return {{"type", "string"}, {"pattern", "^[0-9a-fA-F]{32}$"}};
    case Schema::Kind::word:
        return {{"type", "string"}, {"enum", schema.words}};
    case Schema::Kind::object:
        return objectJson(schema);
    case Schema::Kind::list:
        return {{"type", "array"}, {"maxItems", schema.most}, {"items", schemaJson(schema.item.front())}};
    }
    return {};
}

Json messageJson(const wire::MessageSchema& message) {
    const auto type = std::string(message.secrets.empty() ? kJsonType : kJsonLinesType);
    Json content{{"schema", schemaJson(message.object)}};
    if (!message.secrets.empty())
        content["x-secrets"] = secretLines(message);
    return {{type, std::move(content)}};
}

Json headField(std::string_view name, std::string_view description, bool required, std::string_view pattern) {
    return {{"name", name},
            {"in", "header"},
            {"description", description},
            {"required", required},
            {"schema", {{"type", "string"}, {"pattern", pattern}}}};
}

Json parametersOf(const Operation& operation) {
    constexpr std::string_view kIdPattern = "^[0-9a-fA-F]{32}$";
    Json parameters = Json::array();
    if (operation.session || operation.code != CodeRule::never) {
        parameters.push_back(headField(kAccountField, "id of the account", operation.session, kIdPattern));
        parameters.push_back(headField(kHostField, "id of the host", operation.session, kIdPattern));
    }
    if (operation.session)
        parameters.push_back(headField(kSessionField, "id of the session", true, kIdPattern));
    if (operation.code != CodeRule::never) {
        const bool always = operation.code == CodeRule::always && !operation.beforeEnrolment;
        parameters.push_back(headField(kCounterField, "HOTP counter", always, "^[0-9]{1,20}$"));
        parameters.push_back(headField(kCodeField, "its code; of a token 6 to 8 digits", always, "^[0-9]{6,8}$"));
    }
    return parameters;
}

std::string rulesText(const Operation& operation) {
    std::string text;
    for (const auto& rule : ruleLines(operation))
        text += (text.empty() ? "" : "; ") + rule;
    return text;
}

Json operationJson(const Operation& operation) {
    Json json{{"operationId", operation.name},
              {"summary", operation.summary},
              {"description", rulesText(operation)},
              {"requestBody", {{"required", true}, {"content", messageJson(operation.request())}}},
              {"responses",
               {{"200", {{"description", "done"}, {"content", messageJson(operation.response())}}},
                {"default", {{"$ref", "#/components/responses/error"}}}}}};
    if (Json parameters = parametersOf(operation); !parameters.empty())
        json["parameters"] = std::move(parameters);
    json["security"] = operation.session ? Json::array({{{"token", Json::array()}}}) : Json::array();
    return json;
}

Json errorJson() {
    return {{"description", "refused or failed; nothing of the inside is told"},
            {"content",
             {{std::string(kJsonType),
               {{"schema",
                 {{"type", "object"},
                  {"required", {"error"}},
                  {"properties",
                   {{"error",
                     {{"type", "object"},
                      {"required", {"code", "message"}},
                      {"properties",
                       {{"code", {{"type", "string"}, {"maxLength", wire::kLongestWord}}},
                        {"message", {{"type", "string"}, {"maxLength", wire::kLongestMessage}}}}}}}}}}}}}}}};
}

Json pageJson(std::string_view summary, std::string_view type) {
    return {{"get",
             {{"summary", summary},
              {"security", Json::array()},
              {"responses", {{"200", {{"description", "it"}, {"content", {{std::string(type), Json::object()}}}}}}}}}};
}

} // namespace

Json openApiDocument() {
    std::string description;
    for (const auto& paragraph : introduction())
        description += (description.empty() ? "" : "\n\n") + paragraph;
    Json paths = Json::object();
    for (const auto& operation : operationTable())
        paths[std::string(kOperationPrefix) + std::string(operation.name)] = {{"post", operationJson(operation)}};
    paths["/"] = pageJson("This interface, for people.", "text/html");
    paths["/openapi.json"] = pageJson("This document.", kJsonType);
    paths["/healthz"] = pageJson("Whether KODiAC and its database answer; 503 if not.", kJsonType);
    paths["/ca/next"] = pageJson(
        "The next certificate authority and its signature by the present one's key; 404 without one.", kJsonType);
    return {{"openapi", "3.1.0"},
            {"info", {{"title", "KODiAC"}, {"version", "1"}, {"description", description}}},
            {"paths", std::move(paths)},
            {"components",
             {{"securitySchemes", {{"token", {{"type", "http"}, {"scheme", "bearer"}}}}},
              {"responses", {{"error", errorJson()}}}}}};
}

} // namespace ssprotect::kodiac::http
