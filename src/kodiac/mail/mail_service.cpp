#include "ssprotect/kodiac/mail/mail_service.h"

#include "ssprotect/kodiac/mail/folder_transport.h"
#include "ssprotect/kodiac/mail/smtp_transport.h"

namespace ssprotect::kodiac::mail {
namespace {

Result<std::unique_ptr<MailTransport>> smtpTransport(const MailServiceSettings& settings, platform::FileSystem& files,
                                                     const Clock& clock) {
    auto smtp = smtpSettingsFrom(settings.smtpUrl);
    if (!smtp)
        return std::move(smtp).error();
    if (!settings.passwordFile.empty()) {
        auto password = readSmtpPassword(files, settings.passwordFile);
        if (!password)
            return std::move(password).error();
        smtp->password = std::move(*password);
    }
    if (smtp->user.empty() != smtp->password.empty())
        return makeError(ErrorCode::invalidInput, "a mail server that wants a login needs both: a user in its address "
                                                  "and a file with the password");
    if (!settings.caFile.empty())
        if (auto found = files.info(settings.caFile); !found)
            return std::move(found).error();
    smtp->caFile = settings.caFile;
    smtp->ownName = settings.sender.serverName;
    auto made = SmtpTransport::make(std::move(*smtp), clock);
    if (!made)
        return std::move(made).error();
    return std::unique_ptr<MailTransport>(std::move(*made));
}

Result<std::unique_ptr<MailTransport>> transportFor(const MailServiceSettings& settings, platform::FileSystem& files,
                                                    const Clock& clock) {
    if (settings.folder.empty() == settings.smtpUrl.empty())
        return makeError(ErrorCode::invalidInput,
                         "mails go either into a folder or to a mail server; name one of them");
    if (settings.folder.empty())
        return smtpTransport(settings, files, clock);
    if (auto made = files.createDirectories(settings.folder); !made)
        return std::move(made).error();
    return std::unique_ptr<MailTransport>(std::make_unique<FolderTransport>(files, settings.folder));
}

} // namespace

Result<std::unique_ptr<MailWorker>> startMailService(const MailServiceSettings& settings, Outbox outbox,
                                                     platform::FileSystem& files, const Clock& clock,
                                                     const std::shared_ptr<Log>& log) {
    auto texts = settings.texts.empty() ? MailTexts::builtIn() : MailTexts::withOverrides(files, settings.texts);
    if (!texts)
        return std::move(texts).error();
    auto composer = MailComposer::make(std::move(*texts), settings.sender);
    if (!composer)
        return std::move(composer).error();
    auto transport = transportFor(settings, files, clock);
    if (!transport)
        return std::move(transport).error();
    return std::make_unique<MailWorker>(MailDispatcher(outbox, std::move(*composer), std::move(*transport), clock, log),
                                        log);
}

} // namespace ssprotect::kodiac::mail
