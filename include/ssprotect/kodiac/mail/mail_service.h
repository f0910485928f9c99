#pragma once

#include "ssprotect/kodiac/mail/mail_worker.h"

#include <string>

namespace ssprotect::kodiac::mail {

/// What an operator says about mails. Either a folder or a mail server.
struct MailServiceSettings {
    MailSender sender;
    platform::Path folder;
    std::string smtpUrl;         ///< smtpSettingsFrom
    platform::Path passwordFile; ///< readSmtpPassword; empty: no password
    platform::Path caFile;       ///< PEM; empty: the system's CAs
    platform::Path texts;        ///< the operator's own texts; empty: those of the program
};

/// A worker that sends the mails of an outbox as the operator wants, started. `invalid-input`: settings that don't fit
/// together, or cannot be used as they are; else the errors of the files that they name. What it is given by reference,
/// and the outbox's database, outlive it.
Result<std::unique_ptr<MailWorker>> startMailService(const MailServiceSettings& settings, Outbox outbox,
                                                     platform::FileSystem& files, const Clock& clock,
                                                     const std::shared_ptr<Log>& log);

} // namespace ssprotect::kodiac::mail
