#pragma once

#include "kodiac_access.h"
#include "ssprotect/kodiac/mail/mail_service.h"

#include <optional>

namespace ssprotect::kodiacd {

/// What the configuration says of mails; none where it names neither a mail server nor a folder.
std::optional<kodiac::mail::MailServiceSettings> mailSettings(const Place& place);

} // namespace ssprotect::kodiacd
