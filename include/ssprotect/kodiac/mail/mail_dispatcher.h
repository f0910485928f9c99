#pragma once

#include "ssprotect/base/log.h"
#include "ssprotect/kodiac/mail/mail_composer.h"
#include "ssprotect/kodiac/mail/mail_transport.h"

#include <memory>

namespace ssprotect::kodiac::mail {

/// A mail is claimed for `batch` × `longestSending` and a minute: that long it rests when a daemon dies with it.
struct DispatchSettings {
    std::size_t batch = 2;                               ///< mails claimed at once
    Duration longestSending = std::chrono::seconds(130); ///< the transport's time-out, and a bit
    Duration keepFor = std::chrono::days(30);            ///< what was sent or failed is forgotten afterwards
};

/// Takes due mails out of the outbox and hands them to a transport, one after another. One thread; what it is made
/// with outlives it.
class MailDispatcher {
public:
    MailDispatcher(Outbox outbox, MailComposer composer, std::unique_ptr<MailTransport> transport, const Clock& clock,
                   std::shared_ptr<Log> log, DispatchSettings settings = {});

    /// Claims one batch, sends and marks it; returns how many were claimed. A mail that could not be sent is no Error,
    /// it is marked so; Errors are the database's: what was claimed comes up again when its lease ends. When `stop` is
    /// asked for, the rest of the batch is given back at once.
    Result<std::size_t> sendDue(std::stop_token stop);

    /// Forgets old mails.
    Status tidy();

private:
    Status sendOne(const ClaimedMail& mail, const std::stop_token& stop);
    Status mark(const ClaimedMail& mail, const SendingResult& sending);

    Outbox outbox_;
    MailComposer composer_;
    std::unique_ptr<MailTransport> transport_;
    const Clock& clock_;
    std::shared_ptr<Log> log_;
    DispatchSettings settings_;
};

} // namespace ssprotect::kodiac::mail
