#include "ssprotect/kodiac/mail/mail_template.h"

#include <algorithm>

namespace ssprotect::kodiac::mail {
namespace {

constexpr std::string_view kOpening = "{{";
constexpr std::string_view kClosing = "}}";

bool isName(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

void append(WipedBytes& to, std::string_view text) { to.insert(to.end(), text.begin(), text.end()); }

void appendEscaped(WipedBytes& to, std::string_view text) {
    for (const char& c : text) {
        if (c == '&')
            append(to, "&amp;");
        else if (c == '<')
            append(to, "&lt;");
        else if (c == '>')
            append(to, "&gt;");
        else if (c == '"')
            append(to, "&quot;");
        else if (c == '\'')
            append(to, "&#39;");
        else
            append(to, {&c, 1});
    }
}

} // namespace

Result<MailTemplate> MailTemplate::parse(std::string_view text) {
    MailTemplate made;
    while (!text.empty()) {
        const auto opening = text.find(kOpening);
        if (opening != 0)
            made.parts_.push_back({std::string(text.substr(0, opening)), false});
        if (opening == std::string_view::npos)
            break;
        text.remove_prefix(opening + kOpening.size());
        const auto closing = text.find(kClosing);
        if (closing == std::string_view::npos)
            return makeError(ErrorCode::invalidInput, "a placeholder isn't closed: {{ without }}");
        const auto name = text.substr(0, closing);
        if (!isName(name))
            return makeError(ErrorCode::invalidInput, "between {{ and }} stands something else than a name");
        made.parts_.push_back({std::string(name), true});
        text.remove_prefix(closing + kClosing.size());
    }
    return made;
}

Result<WipedBytes> MailTemplate::render(const ValueOf& valueOf, Escaping escaping) const {
    WipedBytes text;
    for (const Part& part : parts_) {
        if (!part.placeholder) {
            append(text, part.text);
            continue;
        }
        const auto value = valueOf(part.text);
        if (!value)
            return makeError(ErrorCode::notFound, "nothing is known to put in the place of {{" + part.text + "}}");
        if (escaping == Escaping::html)
            appendEscaped(text, *value);
        else
            append(text, *value);
    }
    return text;
}

std::vector<std::string> MailTemplate::placeholders() const {
    std::vector<std::string> names;
    for (const Part& part : parts_)
        if (part.placeholder)
            names.push_back(part.text);
    return names;
}

} // namespace ssprotect::kodiac::mail
