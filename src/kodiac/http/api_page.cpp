#include "api_lines.h"
#include "ssprotect/kodiac/http/api.h"

namespace ssprotect::kodiac::http {
namespace {

constexpr std::string_view kTitle = "KODiAC's HTTPS interface";
constexpr std::string_view kStyle =
    "body{font:16px/1.5 sans-serif;max-width:56em;margin:2em auto;padding:0 1em;color:#222}"
    "table{border-collapse:collapse;width:100%}td{border-top:1px solid #ddd;padding:.2em .6em;vertical-align:top}"
    "h2{margin-top:2.5em;border-bottom:2px solid #888}code{font-size:.95em}.rule{color:#555}";

std::string escaped(std::string_view text) {
    std::string safe;
    for (const char c : text) {
        if (c == '<')
            safe += "&lt;";
        else if (c == '>')
            safe += "&gt;";
        else if (c == '&')
            safe += "&amp;";
        else if (c == '"')
            safe += "&quot;";
        else
            safe += c;
    }
    return safe;
}

std::string joined(const std::vector<std::string>& parts) {
    std::string text;
    for (const auto& part : parts)
        text += (text.empty() ? "" : "; ") + part;
    return text;
}

std::string htmlMessage(std::string_view what, const wire::MessageSchema& message) {
    std::string html = "<h3>" + std::string(what) + "</h3>\n";
    const auto fields = fieldLines(message);
    if (fields.empty())
        html += "<p>An empty object.</p>\n";
    else
        html += "<table>\n";
    for (const auto& field : fields)
        html += "<tr><td><code>" + escaped(field.name) + "</code></td><td>" + escaped(field.type) +
                (field.optional ? ", may be left out" : "") + "</td></tr>\n";
    if (!fields.empty())
        html += "</table>\n";
    for (const auto& secret : secretLines(message))
        html += "<p>Secret: " + escaped(secret) + ".</p>\n";
    return html;
}

std::string markdownMessage(std::string_view what, const wire::MessageSchema& message) {
    std::string text = std::string(what) + ":";
    const auto fields = fieldLines(message);
    if (fields.empty())
        text += " an empty object.";
    text += "\n\n";
    if (!fields.empty())
        text += "| field | |\n|---|---|\n";
    for (const auto& field : fields)
        text += "| `" + field.name + "` | " + field.type + (field.optional ? ", may be left out" : "") + " |\n";
    if (!fields.empty())
        text += "\n";
    for (const auto& secret : secretLines(message))
        text += "- secret: " + secret + "\n";
    if (!message.secrets.empty())
        text += "\n";
    return text;
}

} // namespace

std::string apiPage() {
    std::string html = "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>" + escaped(kTitle) +
                       "</title><style>" + std::string(kStyle) + "</style></head><body>\n<h1>" + escaped(kTitle) +
                       "</h1>\n";
    for (const auto& paragraph : introduction())
        html += "<p>" + escaped(paragraph) + "</p>\n";
    html += "<ul>\n";
    for (const auto& operation : operationTable())
        html += "<li><a href=\"#" + std::string(operation.name) + "\"><code>" + std::string(operation.name) +
                "</code></a> " + escaped(operation.summary) + "</li>\n";
    html += "</ul>\n";
    for (const auto& operation : operationTable()) {
        html += "<h2 id=\"" + std::string(operation.name) + "\"><code>" + std::string(operation.name) +
                "</code></h2>\n<p>" + escaped(operation.summary) + "</p>\n<p class=\"rule\">" +
                escaped(joined(ruleLines(operation))) + "</p>\n";
        html += htmlMessage("Request", operation.request()) + htmlMessage("Response", operation.response());
    }
    return html + "</body></html>\n";
}

std::string apiMarkdown() {
    std::string text = "# " + std::string(kTitle) + "\n\n";
    for (const auto& paragraph : introduction())
        text += paragraph + "\n\n";
    for (const auto& operation : operationTable()) {
        text += "## " + std::string(operation.name) + "\n\n" + std::string(operation.summary) + " (" +
                joined(ruleLines(operation)) + ")\n\n";
        text += markdownMessage("Request", operation.request()) + markdownMessage("Response", operation.response());
    }
    text.pop_back();
    return text;
}

} // namespace ssprotect::kodiac::http
