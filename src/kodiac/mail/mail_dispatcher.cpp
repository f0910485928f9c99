#include "ssprotect/kodiac/mail/mail_dispatcher.h"

#include "ssprotect/kodiac/mail_reason.h"

#include <spdlog/logger.h>

namespace ssprotect::kodiac::mail {
namespace {

// Between the end of a sending and its mark in the database.
constexpr Duration kMarking = std::chrono::seconds(60);

SendingResult notComposed(const Error& error) {
    if (error.code == ErrorCode::invalidInput)
        return {Sending::refused, std::string(mailreason::kInvalid)};
    return {Sending::tryAgain, std::string(mailreason::kTemplate)};
}

} // namespace

MailDispatcher::MailDispatcher(Outbox outbox, MailComposer composer, std::unique_ptr<MailTransport> transport,
                               const Clock& clock, std::shared_ptr<Log> log, DispatchSettings settings)
    : outbox_(outbox), composer_(std::move(composer)), transport_(std::move(transport)), clock_(clock),
      log_(std::move(log)), settings_(settings) {}

Result<std::size_t> MailDispatcher::sendDue(std::stop_token stop) {
    const Duration lease = settings_.longestSending * static_cast<Duration::rep>(settings_.batch) + kMarking;
    const Duration claimedAt = clock_.uptime();
    const auto mails = outbox_.claim(settings_.batch, lease);
    if (!mails)
        return mails.error();
    for (const ClaimedMail& mail : *mails) {
        // What would outlast the lease, somebody else may be sending by then.
        const bool late = clock_.uptime() - claimedAt + settings_.longestSending > lease;
        const Status done = stop.stop_requested() || late ? outbox_.release(mail) : sendOne(mail, stop);
        if (!done)
            return done.error();
    }
    return mails->size();
}

Status MailDispatcher::sendOne(const ClaimedMail& mail, const std::stop_token& stop) {
    const auto message = composer_.compose(mail);
    if (!message)
        return mark(mail, notComposed(message.error()));
    const MailEnvelope envelope{mail.id, mail.kind, mail.created, composer_.sender().address, mail.recipient};
    return mark(mail, transport_->send(envelope, {message->data(), message->size()}, stop));
}

Status MailDispatcher::mark(const ClaimedMail& mail, const SendingResult& sending) {
    const auto kind = mailKindWord(mail.kind);
    switch (sending.result) {
    case Sending::delivered:
        log_->info("mail {}: sent, attempt {}", kind, mail.attempts);
        return outbox_.delivered(mail);
    case Sending::stopped:
        return outbox_.release(mail);
    case Sending::tryAgain:
    case Sending::refused:
        break;
    }
    log_->warn("mail {}: not sent, attempt {}: {}", kind, mail.attempts, sending.reason);
    return outbox_.failed(mail, sending.reason, sending.result == Sending::refused);
}

Status MailDispatcher::tidy() {
    const auto forgotten = outbox_.forget(settings_.keepFor);
    if (!forgotten)
        return forgotten.error();
    return {};
}

} // namespace ssprotect::kodiac::mail
