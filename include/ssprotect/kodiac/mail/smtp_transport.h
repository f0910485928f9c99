#pragma once

#include "ssprotect/kodiac/mail/mail_transport.h"
#include "ssprotect/kodiac/mail/smtp_settings.h"

#include <memory>

namespace ssprotect::kodiac::mail {

/// Submits mails to a mail server (RFC 5321, 6409, 8314), by libcurl. TLS 1.2 or later, its certificate and name
/// verified; nothing but the greeting is said before it. Each mail has a connection of its own.
///
/// What the server says decides: 4xx is tried again; 5xx to the recipient or to the mail itself is for good. What it
/// refuses of ours (TLS, login, sender) is tried again, since it is the operator's to mend. A server that vanishes
/// after the last byte, before its answer, may have taken the mail: it is sent again, with the same Message-ID.
class SmtpTransport final : public MailTransport {
public:
    /// `invalid-input` for a CA file or name that libcurl doesn't take; `internal` without memory.
    static Result<std::unique_ptr<SmtpTransport>> make(SmtpSettings settings, const Clock& clock);
    ~SmtpTransport() override;

    SendingResult send(const MailEnvelope& envelope, ByteView message, std::stop_token stop) override;

private:
    struct Inside;
    explicit SmtpTransport(std::unique_ptr<Inside> inside);
    std::unique_ptr<Inside> inside_;
};

} // namespace ssprotect::kodiac::mail
