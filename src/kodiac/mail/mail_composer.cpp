#include "ssprotect/kodiac/mail/mail_composer.h"

#include "mime_encoding.h"
#include "ssprotect/kodiac/email.h"

#include <charconv>

namespace ssprotect::kodiac::mail {
namespace {

std::string_view textIn(const WipedBytes& bytes) { return textOf({bytes.data(), bytes.size()}); }

void append(WipedBytes& to, std::string_view text) { to.insert(to.end(), text.begin(), text.end()); }

void appendHeader(WipedBytes& to, std::string_view name, std::string_view content) {
    append(to, name);
    append(to, ": ");
    append(to, content);
    append(to, "\r\n");
}

// "=_" never comes out of quoted-printable, so that no part can hold a boundary.
std::string boundaryOf(const MailId& id) { return "=_" + id.hex(); }

void appendPart(WipedBytes& to, std::string_view boundary, std::string_view type, const WipedBytes& text) {
    append(to, "--");
    append(to, boundary);
    append(to, "\r\n");
    appendHeader(to, "Content-Type", std::string(type) + "; charset=utf-8");
    appendHeader(to, "Content-Transfer-Encoding", "quoted-printable");
    append(to, "\r\n");
    appendQuotedPrintable(to, textIn(text));
    append(to, "\r\n");
}

// To the minute, in a form that reads the same in every language.
std::string shownTime(std::string_view millis) {
    std::int64_t number = 0;
    std::from_chars(millis.data(), millis.data() + millis.size(), number);
    const std::string time = toIso8601(fromUnixMillis(number));
    return time.substr(0, 10) + " " + time.substr(11, 5) + " UTC";
}

MailTexts::Values valuesFor(const ClaimedMail& mail, const MailSender& sender) {
    MailTexts::Values values = mail.facts;
    values[std::string(value::kRecipient)] = mail.recipient;
    values[std::string(value::kServer)] = sender.serverUrl;
    if (const auto expires = values.find(fact::kExpires); expires != values.end())
        expires->second = shownTime(expires->second);
    // Whoever signs up gives an address that need not be theirs: "you did it" could be wrong.
    if (const auto actor = values.find(fact::kActor); actor != values.end() && actor->second == mail.recipient)
        actor->second = "self";
    return values;
}

Error unfit(std::string message) { return makeError(ErrorCode::invalidInput, std::move(message)); }

} // namespace

Result<MailComposer> MailComposer::make(MailTexts texts, MailSender sender) {
    if (!checkEmail(sender.address))
        return unfit("the sender of mails needs an address in the form name@example.org");
    if (!checkEmail("kodiac@" + sender.serverName))
        return unfit("the server's name in mails is a host name like kodiac.example.org");
    if (hasControlCharacter(sender.name) || hasControlCharacter(sender.serverUrl))
        return unfit("the sender's name and the server's address in mails are single lines");
    return MailComposer(std::move(texts), std::move(sender));
}

Result<WipedBytes> MailComposer::compose(const ClaimedMail& mail) const {
    if (auto good = checkEmail(mail.recipient); !good)
        return good.error();
    for (const auto& [name, content] : mail.facts)
        if (hasControlCharacter(content))
            return unfit("a fact of the mail isn't a single line");
    const auto rendered =
        texts_.render(mail.kind, valuesFor(mail, sender_), textOf(mail.code.view()), sender_.language);
    if (!rendered)
        return rendered.error();
    if (hasControlCharacter(textIn(rendered->subject)))
        return unfit("the subject of the mail isn't a single line");

    const std::string boundary = boundaryOf(mail.id);
    WipedBytes message;
    message.reserve(4 * (rendered->text.size() + rendered->html.size()));
    appendHeader(message, "From", encodedHeaderText(sender_.name) + " <" + sender_.address + ">");
    appendHeader(message, "To", "<" + mail.recipient + ">");
    appendHeader(message, "Subject", encodedHeaderText(textIn(rendered->subject)));
    appendHeader(message, "Date", mailDate(mail.created));
    appendHeader(message, "Message-ID", "<" + mail.id.hex() + "@" + sender_.serverName + ">");
    appendHeader(message, "Auto-Submitted", "auto-generated");
    appendHeader(message, "X-Auto-Response-Suppress", "All");
    appendHeader(message, "Content-Language", rendered->language);
    appendHeader(message, "MIME-Version", "1.0");
    appendHeader(message, "Content-Type", "multipart/alternative;\r\n boundary=\"" + boundary + "\"");
    append(message, "\r\n");
    appendPart(message, boundary, "text/plain", rendered->text);
    appendPart(message, boundary, "text/html", rendered->html);
    append(message, "--" + boundary + "--\r\n");
    return message;
}

} // namespace ssprotect::kodiac::mail
