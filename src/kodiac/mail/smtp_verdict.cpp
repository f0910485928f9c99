#include "smtp_verdict.h"

#include "ssprotect/kodiac/mail_reason.h"

#include <array>
#include <utility>

namespace ssprotect::kodiac::mail {
namespace {

// RFC 4954: it wants a login, or a better one, before it goes on.
bool wantsLogin(long reply) { return reply == 530 || reply == 534 || reply == 535 || reply == 538; }

// RFC 1870: the mail is too big, said early.
bool isTooBig(long reply) { return reply == 552; }

std::string_view reasonOf(SmtpStage stage, long reply) {
    switch (stage) {
    case SmtpStage::connecting:
    case SmtpStage::hello:
        return mailreason::kNotServing;
    case SmtpStage::tls:
        return mailreason::kTls;
    case SmtpStage::login:
        return mailreason::kLogin;
    case SmtpStage::sender:
        return isTooBig(reply) ? mailreason::kMail : mailreason::kSender;
    case SmtpStage::recipient:
        return mailreason::kRecipient;
    case SmtpStage::content:
        break;
    }
    return mailreason::kMail;
}

} // namespace

SmtpStage stageOf(std::string_view command, SmtpStage now) {
    constexpr std::array<std::pair<std::string_view, SmtpStage>, 7> kCommands{{
        {"EHLO", SmtpStage::hello},
        {"HELO", SmtpStage::hello},
        {"STARTTLS", SmtpStage::tls},
        {"AUTH", SmtpStage::login},
        {"MAIL", SmtpStage::sender},
        {"RCPT", SmtpStage::recipient},
        {"DATA", SmtpStage::content},
    }};
    for (const auto& [word, stage] : kCommands)
        if (command.starts_with(word))
            return stage;
    return now;
}

SendingResult verdictOn(SmtpStage stage, long reply) {
    const std::string code = " " + std::to_string(reply);
    if (reply < 500)
        return {Sending::tryAgain, std::string(mailreason::kTryLater) + code};
    if (stage >= SmtpStage::sender && wantsLogin(reply))
        return {Sending::tryAgain, std::string(mailreason::kLogin) + code};
    const auto reason = reasonOf(stage, reply);
    const bool ofThisMail = reason == mailreason::kRecipient || reason == mailreason::kMail;
    return {ofThisMail ? Sending::refused : Sending::tryAgain, std::string(reason) + code};
}

} // namespace ssprotect::kodiac::mail
