#pragma once

#include "ssprotect/kodiac/mail/mail_transport.h"

#include <string_view>

namespace ssprotect::kodiac::mail {

/// How far the conversation with a mail server came: what we said last.
enum class SmtpStage { connecting, hello, tls, login, sender, recipient, content };

/// The stage that a command begins; `now` for one that begins none (the lines of a login).
SmtpStage stageOf(std::string_view command, SmtpStage now);

/// What a refusal means (RFC 5321 section 4.2.1): `reply` is 400 to 599.
SendingResult verdictOn(SmtpStage stage, long reply);

} // namespace ssprotect::kodiac::mail
