#include "ssprotect/kodiac/mail/smtp_settings.h"

#include "ssprotect/platform/secret_file.h"

#include <algorithm>
#include <charconv>

namespace ssprotect::kodiac::mail {
namespace {

constexpr std::uint16_t kSubmission = 587;
constexpr std::uint16_t kSubmissions = 465;
constexpr std::string_view kPlain = "?tls=off";
constexpr std::size_t kLongestPassword = 1024;

Error bad(std::string message) {
    return makeError(ErrorCode::invalidInput,
                     "the mail server's address: " + std::move(message) + "; use the form smtp://user@host:port");
}

bool isLetterOrDigit(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }

bool isHostName(std::string_view text) {
    return !text.empty() && text.front() != '-' &&
           std::all_of(text.begin(), text.end(), [](char c) { return isLetterOrDigit(c) || c == '-' || c == '.'; });
}

bool isIpv6(std::string_view text) {
    return text.find(':') != std::string_view::npos &&
           std::all_of(text.begin(), text.end(), [](char c) { return isLetterOrDigit(c) || c == ':' || c == '.'; });
}

bool isLoopback(std::string_view host) {
    return host == "localhost" || host == "::1" ||
           (host.starts_with("127.") &&
            std::all_of(host.begin(), host.end(), [](char c) { return c == '.' || (c >= '0' && c <= '9'); }));
}

bool takePrefix(std::string_view& text, std::string_view prefix) {
    if (!text.starts_with(prefix))
        return false;
    text.remove_prefix(prefix.size());
    return true;
}

bool takeSuffix(std::string_view& text, std::string_view suffix) {
    if (!text.ends_with(suffix))
        return false;
    text.remove_suffix(suffix.size());
    return true;
}

std::optional<std::string> unescaped(std::string_view text) {
    std::string plain;
    for (std::size_t i = 0; i < text.size(); ++i) {
        char c = text[i];
        if (c == '%') {
            unsigned value = 0;
            const char* const digits = text.data() + i + 1;
            if (i + 2 >= text.size() || std::from_chars(digits, digits + 2, value, 16).ptr != digits + 2)
                return std::nullopt;
            c = static_cast<char>(value);
            i += 2;
        }
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F)
            return std::nullopt;
        plain += c;
    }
    return plain;
}

Status takeUser(std::string_view& rest, SmtpSettings& to) {
    const auto at = rest.rfind('@');
    if (at == std::string_view::npos)
        return {};
    const auto written = rest.substr(0, at);
    if (written.find(':') != std::string_view::npos)
        return bad("a password doesn't belong into it, everybody on this machine could see it; put it into a file");
    const auto user = unescaped(written);
    if (!user || user->empty())
        return bad("its user can't be read");
    to.user = *user;
    rest.remove_prefix(at + 1);
    return {};
}

Status takeHost(std::string_view& rest, SmtpSettings& to) {
    if (takePrefix(rest, "[")) {
        const auto end = rest.find(']');
        if (end == std::string_view::npos || !isIpv6(rest.substr(0, end)))
            return bad("between [ and ] belongs an IPv6 address");
        to.host = rest.substr(0, end);
        rest.remove_prefix(end + 1);
        return {};
    }
    const auto host = rest.substr(0, rest.find(':'));
    if (!isHostName(host))
        return bad("its host can't be read");
    to.host = host;
    rest.remove_prefix(host.size());
    return {};
}

Status takePort(std::string_view rest, SmtpSettings& to) {
    if (rest.empty())
        return {};
    const char* const end = rest.data() + rest.size();
    const bool colon = takePrefix(rest, ":");
    const auto read = std::from_chars(rest.data(), end, to.port);
    if (!colon || read.ec != std::errc{} || read.ptr != end || to.port == 0)
        return bad("its port can't be read");
    return {};
}

} // namespace

Result<SmtpSettings> smtpSettingsFrom(std::string_view url) {
    SmtpSettings settings;
    std::string_view rest = url;
    if (takePrefix(rest, "smtps://")) {
        settings.safety = SmtpSafety::tlsAtOnce;
        settings.port = kSubmissions;
    } else if (takePrefix(rest, "smtp://")) {
        settings.port = kSubmission;
    } else {
        return bad("it begins with neither smtp:// nor smtps://");
    }
    const bool plain = takeSuffix(rest, kPlain);
    takeSuffix(rest, "/");
    if (auto user = takeUser(rest, settings); !user)
        return std::move(user).error();
    if (auto host = takeHost(rest, settings); !host)
        return std::move(host).error();
    if (auto port = takePort(rest, settings); !port)
        return std::move(port).error();
    if (plain) {
        if (settings.safety == SmtpSafety::tlsAtOnce || !isLoopback(settings.host))
            return bad("without TLS only a mail server on this machine is taken (smtp://127.0.0.1:25?tls=off)");
        settings.safety = SmtpSafety::unencrypted;
    }
    return settings;
}

Result<crypto::SecretBytes> readSmtpPassword(platform::FileSystem& files, const platform::Path& file) {
    const auto content = platform::readSecretFile(files, file, kLongestPassword);
    if (!content)
        return content.error();
    const auto text = textOf({content->data(), content->size()});
    const auto line = text.substr(0, text.find_first_of("\r\n"));
    if (line.empty() || line.find('\0') != std::string_view::npos)
        return makeError(ErrorCode::invalidInput, "the file for the mail server's password has none in its first line");
    return crypto::SecretBytes::copyOf(viewOf(line));
}

} // namespace ssprotect::kodiac::mail
