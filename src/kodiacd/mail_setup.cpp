#include "mail_setup.h"

namespace ssprotect::kodiacd {
namespace {

/// Nothing stays nothing.
platform::Path named(const DataFolder& folder, const std::string& name) {
    return name.empty() ? platform::Path() : pathIn(folder, name);
}

} // namespace

std::optional<kodiac::mail::MailServiceSettings> mailSettings(const Place& place) {
    const auto& mail = place.configuration.mail;
    if (mail.smtp.empty() && mail.folder.empty())
        return std::nullopt;
    kodiac::mail::MailServiceSettings settings;
    settings.sender.address = mail.from;
    settings.sender.name = mail.fromName;
    settings.sender.serverName = mail.serverName;
    if (!place.configuration.serverUrls.empty())
        settings.sender.serverUrl = place.configuration.serverUrls.front();
    settings.sender.language = mail.language;
    settings.folder = named(place.folder, mail.folder);
    settings.smtpUrl = mail.smtp;
    settings.passwordFile = named(place.folder, mail.passwordFile);
    settings.caFile = named(place.folder, mail.caFile);
    settings.texts = named(place.folder, mail.templates);
    return settings;
}

} // namespace ssprotect::kodiacd
